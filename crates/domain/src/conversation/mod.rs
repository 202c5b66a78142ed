//! A conversation: an append-only log of events, and the state that is their fold.
//! `decide` says what a command leads to, `apply` folds an event in; neither can fail, wait or guess the time.

mod apply;
mod command;
mod decide;
mod fact;
#[cfg(test)]
mod properties;

pub use command::{Command, Refusal};
pub use decide::{REOPEN_WINDOW_MS, decide};
pub use fact::{Event, Fact, PassReason, ReplyKind, WithheldReason};

use serde::{Deserialize, Serialize};

use crate::{
    actor::{Actor, Controller},
    handoff::{Emotion, HandoffReason},
    id::{ConversationId, MessageId, ShopId, ShopperId, StaffId},
    language::Language,
    shop::CustomerKey,
    time::Timestamp,
};

/// Position in the log; the first event has 1, and there are no holes.
pub type Seq = i64;

/// What opens a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    pub id: ConversationId,
    pub shop: ShopId,
    pub shopper: ShopperId,
    pub customer: Option<CustomerKey>,
    pub language: Language,
    pub controller: Controller,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Stage {
    Open { controller: Controller },
    Resolved { by: Actor, at: Timestamp },
}

/// The fold of a conversation's events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    pub id: ConversationId,
    pub shop: ShopId,
    pub shopper: ShopperId,
    /// Set once the shop has vouched for who the shopper is.
    pub customer: Option<CustomerKey>,
    pub language: Language,
    pub stage: Stage,
    /// Rises whenever control passes; a reply begun at a lower epoch is never delivered.
    pub control_epoch: i64,
    pub seq: Seq,
    pub started_at: Timestamp,
    /// The last message of the shopper, 0 before the first.
    pub last_shopper_seq: Seq,
    /// The last message of the shopper that a bot or an agent has answered.
    pub answered_seq: Seq,
    /// Since when the shopper waits for an answer.
    pub waiting_since: Option<Timestamp>,
    pub queued_since: Option<Timestamp>,
    /// Bot turns in a row that ended without an answer.
    pub abstentions: u32,
    pub last_agent: Option<StaffId>,
    pub handoff: Option<HandoffReason>,
    pub card: Option<MessageId>,
    pub emotion: Emotion,
    pub rating: Option<u8>,
}

impl Conversation {
    pub fn controller(&self) -> Option<Controller> {
        match self.stage {
            Stage::Open { controller } => Some(controller),
            Stage::Resolved { .. } => None,
        }
    }

    pub fn is_open(&self) -> bool {
        matches!(self.stage, Stage::Open { .. })
    }

    pub fn is_with_bot(&self) -> bool {
        self.controller() == Some(Controller::Bot)
    }

    /// Whether the shopper has said something nobody has answered.
    pub fn is_waiting(&self) -> bool {
        self.last_shopper_seq > self.answered_seq
    }
}
