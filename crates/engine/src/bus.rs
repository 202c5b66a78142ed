//! Hints after a commit: "something changed there". They may be lost or repeated; the log is the truth.

use domain::{
    conversation::Seq,
    handoff::HandoffReason,
    id::{ConversationId, ShopId, StaffId},
};
use tokio::sync::broadcast;

/// Hints a slow listener may fall behind by before it has to read the log again.
const CAPACITY: usize = 4_096;

#[derive(Debug, Clone)]
pub enum Hint {
    /// The conversation's log reaches `seq`, or something beside the log (read marks, the queue) changed.
    Conversation {
        id: ConversationId,
        shop: ShopId,
        seq: Seq,
    },
    /// Lists and counts of this shop changed.
    Inbox {
        shop: ShopId,
    },
    Typing {
        conversation: ConversationId,
        shop: ShopId,
        by: TypingBy,
    },
    Presence {
        staff: StaffId,
    },
    /// Articles changed; indexes catch up.
    Articles,
    /// The desk gave a conversation to an agent.
    Assigned {
        conversation: ConversationId,
        shop: ShopId,
        agent: StaffId,
    },
    /// A deadline has passed one of its marks.
    Deadline {
        conversation: ConversationId,
        shop: ShopId,
        /// Who has it.
        agent: Option<StaffId>,
        /// 50, 75, 90, or 100 when it is missed.
        percent: u8,
    },
    /// One member of the team has something to look at, or has looked at it.
    Notice {
        staff: StaffId,
    },
    /// Somebody of the team looks at a conversation, writes in it or has left it. Nothing remembers it: whoever comes
    /// asks, and whoever is there says so again.
    Looking {
        conversation: ConversationId,
        shop: ShopId,
        staff: StaffId,
        name: String,
        doing: Doing,
    },
    /// A person is wanted.
    Alert {
        conversation: ConversationId,
        shop: ShopId,
        reason: HandoffReason,
    },
}

/// What somebody does in an open conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Has just opened it, and would like to know who else is there.
    Came,
    Reads,
    Writes,
    Left,
}

impl Doing {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Came => "came",
            Self::Reads => "reads",
            Self::Writes => "writes",
            Self::Left => "left",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypingBy {
    Shopper,
    Bot,
    Agent { name: String },
}

#[derive(Debug, Clone)]
pub enum Bus {
    /// Everything in one process.
    Local(broadcast::Sender<Hint>),
}

impl Default for Bus {
    fn default() -> Self {
        Self::local()
    }
}

impl Bus {
    pub fn local() -> Self {
        Self::Local(broadcast::channel(CAPACITY).0)
    }

    pub fn send(&self, hint: Hint) {
        let Self::Local(sender) = self;
        // Nobody listening is fine: whoever comes later reads the log.
        let _ = sender.send(hint);
    }

    pub fn subscribe(&self) -> broadcast::Receiver<Hint> {
        let Self::Local(sender) = self;
        sender.subscribe()
    }
}
