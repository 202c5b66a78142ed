//! Reading conversations as they stand, and how far each side has read them.

use domain::{
    conversation::{Conversation, Seq},
    id::{ConversationId, ShopperId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

use crate::{Result, Store};

/// The page of the shop on which the shopper chats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    pub url: String,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
}

/// The last `seq` each side has read, 0 before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReadMarks {
    pub shopper: Seq,
    pub team: Seq,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub conversation: Conversation,
    /// What the bot remembers of it, JSON, opaque here.
    pub memory: Option<String>,
    pub page: Option<Page>,
    pub read: ReadMarks,
    /// When the last event happened.
    pub last_at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Shopper,
    Team,
}

impl Store {
    pub async fn conversation(&self, id: ConversationId) -> Result<Option<Stored>> {
        unimplemented!("{id}")
    }

    pub async fn open_conversation_of(&self, shopper: ShopperId) -> Result<Option<ConversationId>> {
        unimplemented!("{shopper}")
    }

    /// The one with the latest event first.
    pub async fn conversations_of(&self, shopper: ShopperId, limit: i64) -> Result<Vec<Stored>> {
        unimplemented!("{shopper} {limit}")
    }

    /// `false` when that side had read this far already, or the log doesn't reach so far.
    pub async fn mark_read(&self, id: ConversationId, side: Side, seq: Seq) -> Result<bool> {
        unimplemented!("{id} {side:?} {seq}")
    }
}
