//! The external chat model, if the operator set one up: what it is asked, what it costs, and what it may never see.
//! Whatever it fails at, the desk answers without it.

mod ask;
mod compose;
mod converse;
mod hiding;
mod ledger;
mod mask;
mod prompts;
mod proposal;
mod settings;
mod spent;
mod split;
mod tools;
mod try_out;

use std::{sync::OnceLock, time::Duration};

use models::chat::ChatModel;

pub(crate) use compose::compose;
pub(crate) use converse::converse;
pub use ledger::{Day, ledger};
pub use mask::Mask;
pub use prompts::{PromptError, Sentences, compose_prompt};
pub use proposal::Proposal;
pub(crate) use proposal::answered;
pub use settings::{ChatSetUp, ChatSetUpError, remote};
pub(crate) use spent::Spent;
pub(crate) use split::split;
pub use try_out::{Tried, may_see, try_out};

/// What one request and one turn may use, and what it costs.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    /// A shopper is waiting.
    pub time: Duration,
    /// Of the reply.
    pub reply_tokens: u32,
    /// Request and reply together.
    pub tokens: u32,
    /// All requests of one turn together.
    pub turn_time: Duration,
    pub turn_tokens: u32,
    /// For a million tokens, in the operator's currency.
    pub prompt_price: f64,
    pub completion_price: f64,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(6),
            reply_tokens: 400,
            tokens: 6_000,
            turn_time: Duration::from_secs(12),
            turn_tokens: 20_000,
            prompt_price: 0.0,
            completion_price: 0.0,
        }
    }
}

#[derive(Debug, Clone, Default)]
pub struct Connected {
    pub model: ChatModel,
    pub terms: Terms,
}

/// The desk's chat model: none until one is connected, and then the same for as long as the desk runs.
#[derive(Debug, Default)]
pub struct Chat(OnceLock<Connected>);

impl Chat {
    /// Whether it was taken; a second one isn't.
    pub fn connect(&self, connected: Connected) -> bool {
        self.0.set(connected).is_ok()
    }

    pub fn connected(&self) -> Option<&Connected> {
        self.0.get().filter(|connected| !connected.model.is_none())
    }
}
