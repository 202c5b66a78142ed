//! The client of one chat server. The key never appears in logs or errors, and it is never followed elsewhere.

use std::fmt;
use std::time::Duration;

use reqwest::{ClientBuilder, Response, StatusCode, header, redirect};

use super::{
    ChatError, Reply, Request,
    stream::{Events, Gathered},
    wire,
};

/// How long connecting may take; the whole request has its budget.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// A reply of 4,000 tokens in a stream, each in its own event of 250 bytes, fits four times.
const REPLY_BYTES_MAX: usize = 4 * 1024 * 1024;
/// An error's body is only looked at for its code.
const ERROR_BYTES_MAX: usize = 64 * 1024;

#[derive(Clone)]
pub struct ChatSettings {
    /// Up to but not including `/chat/completions`, for example `https://api.example.com/v1`.
    pub base: String,
    /// Sent as `model` and recorded with the cost.
    pub model: String,
    /// Sent as a bearer token, if there is one.
    pub key: Option<String>,
}

impl fmt::Debug for ChatSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChatSettings")
            .field("model", &self.model)
            .field("key", &self.key.as_ref().map(|_| "hidden"))
            .finish_non_exhaustive()
    }
}

#[derive(Clone, Debug)]
pub struct OpenAiChat {
    settings: ChatSettings,
    client: reqwest::Client,
}

impl OpenAiChat {
    /// Prepares a client; makes no request. The builder brings the caller's check of addresses. The process must have
    /// installed a rustls provider.
    ///
    /// # Errors
    /// When the client cannot be built.
    pub fn new(settings: ChatSettings, builder: ClientBuilder) -> Result<Self, ChatError> {
        let client = builder
            .connect_timeout(CONNECT_TIMEOUT)
            .redirect(redirect::Policy::none())
            // A proxy would resolve the name itself, past the check.
            .no_proxy()
            .build()
            .map_err(ChatError::SetUp)?;
        Ok(Self { settings, client })
    }

    pub fn name(&self) -> &str {
        &self.settings.model
    }

    pub(super) async fn complete(
        &self,
        request: &Request,
        max_tokens: u32,
        said: Option<&mut (dyn FnMut(&str) + Send)>,
    ) -> Result<Reply, ChatError> {
        let url = format!("{}/chat/completions", self.settings.base.trim_end_matches('/'));
        let body = wire::body(&self.settings.model, request, max_tokens, said.is_some());
        let mut post = self.client.post(url).json(&body);
        if let Some(key) = &self.settings.key {
            post = post.bearer_auth(key);
        }
        let response = post.send().await.map_err(unreachable_or_late)?;
        if !response.status().is_success() {
            return Err(refusal(response).await);
        }
        let gathered = match said {
            Some(said) if !is_whole(&response) => streamed(response, said).await?,
            _ => {
                let mut gathered = Gathered::default();
                gathered.take(&whole(response, REPLY_BYTES_MAX).await?)?;
                gathered
            }
        };
        gathered.reply(request)
    }
}

/// Some servers don't stream, and answer with one body.
fn is_whole(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("application/json"))
}

async fn streamed(mut response: Response, said: &mut (dyn FnMut(&str) + Send)) -> Result<Gathered, ChatError> {
    let (mut gathered, mut events, mut bytes) = (Gathered::default(), Events::default(), 0);
    while let Some(chunk) = response.chunk().await.map_err(cut_or_late)? {
        bytes += chunk.len();
        if bytes > REPLY_BYTES_MAX {
            return Err(ChatError::ReplyTooLong);
        }
        events.push(&chunk);
        while let Some(data) = events.next() {
            if data == b"[DONE]" {
                return Ok(gathered);
            }
            let added = gathered.take(&data)?;
            if !added.is_empty() {
                said(&added);
            }
        }
    }
    // Some servers close without the mark; what matters is whether the model had come to an end.
    if gathered.is_finished() { Ok(gathered) } else { Err(ChatError::CutOff) }
}

async fn whole(mut response: Response, bytes_max: usize) -> Result<Vec<u8>, ChatError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(cut_or_late)? {
        if bytes.len() + chunk.len() > bytes_max {
            return Err(ChatError::ReplyTooLong);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

async fn refusal(response: Response) -> ChatError {
    let status = response.status();
    match status {
        StatusCode::TOO_MANY_REQUESTS => {
            // The form with a date would need a clock; without a number the breaker's own rest holds.
            let seconds = response.headers().get(header::RETRY_AFTER).and_then(|it| it.to_str().ok()?.parse().ok());
            ChatError::RateLimited { retry_after: seconds.map(Duration::from_secs) }
        }
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => ChatError::Denied,
        StatusCode::PAYLOAD_TOO_LARGE => ChatError::RequestTooLong,
        StatusCode::BAD_REQUEST => match whole(response, ERROR_BYTES_MAX).await {
            Ok(body) if wire::says_too_long(&body) => ChatError::RequestTooLong,
            _ => ChatError::Status(status.as_u16()),
        },
        _ => ChatError::Status(status.as_u16()),
    }
}

fn unreachable_or_late(error: reqwest::Error) -> ChatError {
    match error.is_timeout() {
        true => ChatError::TimedOut,
        // The address may hold credentials.
        false => ChatError::Unreachable(error.without_url()),
    }
}

fn cut_or_late(error: reqwest::Error) -> ChatError {
    if error.is_timeout() { ChatError::TimedOut } else { ChatError::CutOff }
}
