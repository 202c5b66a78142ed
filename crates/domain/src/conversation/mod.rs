//! A conversation: an append-only log of events, and the state that is their fold.
//! `decide` says what a command leads to, `apply` folds an event in; neither can fail, wait or guess the time.

mod apply;
mod command;
mod decide;
mod fact;
#[cfg(test)]
mod properties;
mod workspace;

pub use apply::KEPT_PLACE_MS;
pub use command::{Command, NewCard, Refusal};
pub use decide::{REOPEN_WINDOW_MS, decide};
pub use fact::{Event, Fact, PassReason, ReclaimReason, ReplyKind, WithheldReason};
pub use workspace::{MAX_SNOOZE_MS, MAX_TAG_CHARS, MAX_TAGS, NoteKind, Snooze, WakeReason, normal_tag};

use serde::{Deserialize, Serialize};

use crate::{
    actor::{Actor, Controller},
    handoff::{Emotion, HandoffReason},
    id::{ConversationId, MessageId, QueueId, ShopId, ShopperId, StaffId},
    language::Language,
    routing::Placement,
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
    /// The place in the queue of a shopper who talks to the bot meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_place: Option<KeptPlace>,
    /// Why it is with its agent, while the agent was chosen by the desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placement: Option<Placement>,
    /// Bot turns in a row that ended without an answer.
    pub abstentions: u32,
    pub last_agent: Option<StaffId>,
    pub handoff: Option<HandoffReason>,
    pub card: Option<MessageId>,
    pub emotion: Emotion,
    pub rating: Option<u8>,
    /// In the order in which they were put on.
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default)]
    pub snoozed: Option<Snooze>,
}

/// A place in a queue that can be taken up again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptPlace {
    pub queue: QueueId,
    pub since: Timestamp,
    /// When the shopper turned to the bot.
    pub kept_at: Timestamp,
    /// That it is their turn.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_told: bool,
}

impl Conversation {
    pub fn controller(&self) -> Option<Controller> {
        match self.stage {
            Stage::Open { controller } => Some(controller),
            Stage::Resolved { .. } => None,
        }
    }

    /// The place in the queue that is still kept.
    pub fn place_kept_at(&self, now: Timestamp) -> Option<KeptPlace> {
        self.kept_place.filter(|place| now.since_ms(place.kept_at) <= KEPT_PLACE_MS)
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
