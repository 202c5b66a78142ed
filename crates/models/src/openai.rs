//! Vectors from a server that speaks the OpenAI embeddings protocol. The key never appears in logs or errors.

use crate::TextKind;
use crate::vectors::normalise;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::time::Duration;

/// Texts per request; common servers accept no more.
pub const MAX_TEXTS_PER_REQUEST: usize = 64;
/// A reply of 64 vectors of 4096 numbers in JSON is about 6 MB; more is refused.
const MAX_REPLY_BYTES: usize = 16 * 1024 * 1024;
/// How long connecting may take; the whole request has its own limit.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Where to get vectors and what they must look like.
#[derive(Clone)]
pub struct OpenAiSettings {
    /// Up to but not including `/embeddings`, for example `https://api.example.com/v1`.
    pub base: String,
    /// Sent as `model` and recorded with every vector.
    pub model: String,
    /// Sent as a bearer token, if there is one.
    pub key: Option<String>,
    /// Length every vector must have.
    pub dims: usize,
    /// Put before every query; e5 models need `"query: "`, most others nothing.
    pub query_prefix: String,
    /// Put before every passage.
    pub passage_prefix: String,
    /// For each request, from connecting to the last byte.
    pub timeout: Duration,
}

impl fmt::Debug for OpenAiSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenAiSettings")
            .field("model", &self.model)
            .field("key", &self.key.as_ref().map(|_| "hidden"))
            .field("dims", &self.dims)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// Why a server gave no usable vectors.
#[derive(Debug, thiserror::Error)]
pub enum RemoteError {
    /// The HTTP client could not be built from these settings.
    #[error("the embedding client could not be set up")]
    SetUp(#[source] reqwest::Error),
    /// The server took longer than the timeout.
    #[error("the embedding server took too long")]
    TimedOut,
    /// The server could not be reached, or the connection broke.
    #[error("the embedding server could not be reached")]
    Unreachable(#[source] reqwest::Error),
    /// The server answered with an error status.
    #[error("the embedding server answered with status {0}")]
    Status(u16),
    /// The reply is larger than any sensible one.
    #[error("the embedding server's reply is too large")]
    TooLarge,
    /// The reply is not what the protocol says.
    #[error("the embedding server's reply could not be understood")]
    Malformed(#[source] Option<serde_json::Error>),
    /// The server's vectors have another length than configured.
    #[error("the embedding server's vectors have {found} numbers, not {expected}")]
    Dimension {
        /// Length of the server's vector.
        found: usize,
        /// Length configured.
        expected: usize,
    },
}

impl RemoteError {
    /// True when trying again later may help.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::TimedOut | Self::Unreachable(_) => true,
            Self::Status(status) => *status == 429 || *status >= 500,
            Self::SetUp(_) | Self::TooLarge | Self::Malformed(_) | Self::Dimension { .. } => false,
        }
    }
}

/// A client of one embedding server.
#[derive(Clone, Debug)]
pub struct OpenAiEmbedder {
    settings: OpenAiSettings,
    client: reqwest::Client,
}

#[derive(Serialize)]
struct Request<'a> {
    model: &'a str,
    input: Vec<String>,
    encoding_format: &'static str,
}

#[derive(Deserialize)]
struct Reply {
    data: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    index: usize,
    embedding: Vec<f32>,
}

impl OpenAiEmbedder {
    /// Prepares a client; makes no request. The process must have installed a rustls provider.
    ///
    /// # Errors
    /// When the client cannot be built.
    pub fn new(settings: OpenAiSettings) -> Result<Self, RemoteError> {
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(settings.timeout)
            .build()
            .map_err(RemoteError::SetUp)?;
        Ok(Self { settings, client })
    }

    /// The model's name.
    pub fn name(&self) -> &str {
        &self.settings.model
    }

    /// Length of the vectors.
    pub fn dims(&self) -> usize {
        self.settings.dims
    }

    /// Embeds `texts` in order, [`MAX_TEXTS_PER_REQUEST`] at a time. `progress` is told how many are done.
    ///
    /// # Errors
    /// When any request fails; nothing is tried twice.
    pub async fn embed(
        &self,
        kind: TextKind,
        texts: &[String],
        progress: &mut (dyn FnMut(usize) + Send),
    ) -> Result<Vec<Vec<f32>>, RemoteError> {
        let prefix = match kind {
            TextKind::Query => &self.settings.query_prefix,
            TextKind::Passage => &self.settings.passage_prefix,
        };
        let mut vectors = Vec::with_capacity(texts.len());
        for texts in texts.chunks(MAX_TEXTS_PER_REQUEST) {
            let input = texts.iter().map(|text| format!("{prefix}{text}")).collect();
            vectors.extend(self.request(input).await?);
            progress(vectors.len());
        }
        Ok(vectors)
    }

    async fn request(&self, input: Vec<String>) -> Result<Vec<Vec<f32>>, RemoteError> {
        let count = input.len();
        let url = format!("{}/embeddings", self.settings.base.trim_end_matches('/'));
        let body = Request { model: &self.settings.model, input, encoding_format: "float" };
        let mut request = self.client.post(url).json(&body);
        if let Some(key) = &self.settings.key {
            request = request.bearer_auth(key);
        }
        let mut response = request.send().await.map_err(unreachable_or_late)?;
        if !response.status().is_success() {
            return Err(RemoteError::Status(response.status().as_u16()));
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(unreachable_or_late)? {
            if bytes.len() + chunk.len() > MAX_REPLY_BYTES {
                return Err(RemoteError::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        let reply: Reply = serde_json::from_slice(&bytes).map_err(|error| RemoteError::Malformed(Some(error)))?;
        self.in_order(reply, count)
    }

    /// The reply's vectors by index, each checked and scaled to length one.
    fn in_order(&self, mut reply: Reply, count: usize) -> Result<Vec<Vec<f32>>, RemoteError> {
        reply.data.sort_unstable_by_key(|item| item.index);
        if !reply.data.iter().map(|item| item.index).eq(0..count) {
            return Err(RemoteError::Malformed(None));
        }
        let check = |item: Item| {
            let (mut vector, expected) = (item.embedding, self.settings.dims);
            if vector.len() != expected {
                return Err(RemoteError::Dimension { found: vector.len(), expected });
            }
            normalise(&mut vector);
            match vector.iter().all(|x| x.is_finite()) {
                true => Ok(vector),
                false => Err(RemoteError::Malformed(None)),
            }
        };
        reply.data.into_iter().map(check).collect()
    }
}

fn unreachable_or_late(error: reqwest::Error) -> RemoteError {
    match error.is_timeout() {
        true => RemoteError::TimedOut,
        // The address may hold credentials.
        false => RemoteError::Unreachable(error.without_url()),
    }
}
