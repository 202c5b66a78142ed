//! Who acts in a conversation, and who controls it.

use serde::{Deserialize, Serialize};

use crate::id::{QueueId, ShopperId, StaffId};

/// Who did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Actor {
    Shopper(ShopperId),
    Bot,
    Agent(StaffId),
    /// The desk itself: deadlines, clean-up, recovery.
    System,
}

/// Exactly one of these speaks to the shopper of an open conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Controller {
    Bot,
    Queue(QueueId),
    Agent(StaffId),
}

impl Controller {
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Bot => "bot",
            Self::Queue(_) => "queue",
            Self::Agent(_) => "agent",
        }
    }

    pub const fn agent(self) -> Option<StaffId> {
        match self {
            Self::Agent(agent) => Some(agent),
            _ => None,
        }
    }

    pub const fn is_human(self) -> bool {
        !matches!(self, Self::Bot)
    }
}
