//! Chat with a language model over the OpenAI protocol, held to a budget of time and tokens. Optional: the desk works
//! without. It knows no shoppers: whoever calls it masks what is personal.

mod breaker;
mod client;
mod error;
#[cfg(any(test, feature = "faulty"))]
pub mod faulty;
mod request;
mod schema;
mod scripted;
mod stream;
#[cfg(test)]
mod tests;
mod wire;

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

pub use breaker::{Breaker, BreakerSettings, BreakerState};
pub use client::{ChatSettings, OpenAiChat};
pub use error::ChatError;
pub use request::{
    Budget, CallFault, JsonSchema, Message, Reply, Request, Role, Tool, ToolCall, Usage, estimated_tokens,
};
pub use schema::conforms;
pub use scripted::Script;

/// What answers a chat request. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub enum ChatModel {
    /// No model is set up.
    #[default]
    None,
    /// A server that speaks the OpenAI protocol, behind its circuit breaker.
    OpenAiCompatible(Arc<Guarded>),
    /// A function in its place, for tests and simulations only.
    Scripted(Script),
}

/// A server and its circuit breaker.
#[derive(Debug)]
pub struct Guarded {
    chat: OpenAiChat,
    breaker: Mutex<Breaker>,
}

impl Guarded {
    fn breaker(&self) -> MutexGuard<'_, Breaker> {
        // The state is three numbers, whole whenever the lock is free.
        self.breaker.lock().unwrap_or_else(|broken| broken.into_inner())
    }
}

impl ChatModel {
    /// A server behind a breaker of its own.
    pub fn over(chat: OpenAiChat, breaker: BreakerSettings) -> Self {
        Self::OpenAiCompatible(Arc::new(Guarded { chat, breaker: Mutex::new(Breaker::new(breaker)) }))
    }

    pub const fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// The model's name, as the server knows it.
    pub fn name(&self) -> &str {
        match self {
            Self::None => "",
            Self::OpenAiCompatible(guarded) => guarded.chat.name(),
            Self::Scripted(_) => "scripted",
        }
    }

    /// How the breaker stands at a moment, in milliseconds; always closed without a server.
    pub fn breaker_state(&self, now_ms: i64) -> BreakerState {
        match self {
            Self::OpenAiCompatible(guarded) => guarded.breaker().state(now_ms),
            Self::None | Self::Scripted(_) => BreakerState::Closed,
        }
    }

    /// The whole reply at once. `now_ms` is what the breaker counts by; the budget is held by the runtime's clock.
    ///
    /// # Errors
    /// See [`ChatError`]; nothing is tried twice.
    pub async fn complete(&self, request: &Request, budget: Budget, now_ms: i64) -> Result<Reply, ChatError> {
        self.run(request, budget, now_ms, None).await
    }

    /// As [`ChatModel::complete`]; `said` hears each piece of text as it comes. Nothing it heard counts until the end.
    ///
    /// # Errors
    /// See [`ChatError`]; nothing is tried twice.
    pub async fn stream(
        &self,
        request: &Request,
        budget: Budget,
        now_ms: i64,
        said: &mut (dyn FnMut(&str) + Send),
    ) -> Result<Reply, ChatError> {
        self.run(request, budget, now_ms, Some(said)).await
    }

    async fn run(
        &self,
        request: &Request,
        budget: Budget,
        now_ms: i64,
        mut said: Option<&mut (dyn FnMut(&str) + Send)>,
    ) -> Result<Reply, ChatError> {
        let max_tokens = budget.left_for_reply(request)?;
        match self {
            Self::None => Err(ChatError::NotSetUp),
            Self::Scripted(script) => {
                let mut reply = script.answer(request)?;
                reply.calls.iter_mut().for_each(|call| call.fault = stream::fault_of(call, request));
                if let Some(said) = &mut said {
                    said(&reply.text);
                }
                Ok(reply)
            }
            Self::OpenAiCompatible(guarded) => {
                guarded.breaker().admit(now_ms)?;
                let begun = std::time::Instant::now();
                let answer = guarded.chat.complete(request, max_tokens, said);
                let answer = tokio::time::timeout(budget.time, answer).await.unwrap_or(Err(ChatError::TimedOut));
                let ended_ms = now_ms.saturating_add(millis(begun.elapsed()));
                match &answer {
                    Err(error) if error.is_fault() => guarded.breaker().failed(ended_ms, error.retry_after()),
                    _ => guarded.breaker().answered(),
                }
                answer
            }
        }
    }
}

fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}
