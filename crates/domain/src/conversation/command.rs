//! What can be asked of a conversation, and the reasons for which it is refused.

use super::{NoteKind, ReclaimReason, ReplyKind, Seq};
use crate::{
    actor::Controller,
    handoff::{Emotion, HandoffReason},
    id::{MessageId, QueueId, ShopperId, StaffId, TraceId},
    language::Language,
    routing::Placement,
    shop::CustomerKey,
    time::Timestamp,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// The shopper says something.
    Say {
        message: MessageId,
        client: String,
    },
    /// The controlling agent answers.
    Reply {
        message: MessageId,
        client: String,
    },
    /// The bot answers what the shopper said at `answers`, having begun at `epoch`.
    BotReply {
        message: MessageId,
        epoch: i64,
        answers: Seq,
        reply: ReplyKind,
        trace: Option<TraceId>,
    },
    Note {
        message: MessageId,
        note: NoteKind,
        to: Vec<StaffId>,
        answers: Option<Seq>,
    },
    /// Pass to the queue, with the card that is written at the same moment. From the bot it needs the epoch at
    /// which the bot decided so.
    HandOff {
        queue: QueueId,
        reason: HandoffReason,
        epoch: Option<i64>,
        card: MessageId,
        emotion: Emotion,
    },
    /// An agent takes control; from a colleague only with the permission to supervise.
    TakeOver {
        may_supervise: bool,
    },
    HandBack,
    /// The desk gives what waits in a queue to an agent it chose at `epoch`.
    Assign {
        agent: StaffId,
        epoch: i64,
        placement: Placement,
    },
    /// The controlling agent, or a supervisor, passes it to an agent, a queue or the bot. `card` is the handoff card
    /// written at the same moment; the bot needs none.
    Transfer {
        to: Controller,
        card: Option<NewCard>,
        may_supervise: bool,
    },
    /// The desk takes it back from the agent who held it at `epoch`, for a queue or another agent.
    Reclaim {
        to: Controller,
        epoch: i64,
        why: ReclaimReason,
        card: Option<NewCard>,
    },
    /// The desk moves what has waited too long at `epoch` to another queue; the wait goes on from where it was.
    Overflow {
        queue: QueueId,
        epoch: i64,
    },
    /// The desk tells a shopper whose place is kept that it is their turn.
    TellTurn,
    /// The shopper would rather have the bot. From a queue the place is kept for a while.
    ChooseBot,
    Identify {
        shopper: ShopperId,
        customer: CustomerKey,
    },
    ChooseLanguage {
        language: Language,
    },
    LeaveContact {
        message: MessageId,
        /// Where the shopper wants to be called.
        call_back_by: Option<Timestamp>,
    },
    Resolve {
        may_supervise: bool,
    },
    Reopen,
    Rate {
        stars: u8,
        comment: Option<MessageId>,
    },
    Tag {
        tag: String,
    },
    Untag {
        tag: String,
    },
    /// By the controlling agent; `None`: until the shopper writes.
    Snooze {
        until: Option<Timestamp>,
    },
    Wake,
}

impl Command {
    /// A note for whoever reads the conversation.
    pub const fn note(message: MessageId) -> Self {
        Self::Note { message, note: NoteKind::Note, to: Vec::new(), answers: None }
    }
}

/// A handoff card that is written with a change of control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewCard {
    pub card: MessageId,
    pub emotion: Emotion,
}

/// Why a command changes nothing. The code is stable; people see a text made from it in their language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("only the controller may do this")]
    NotController,
    #[error("control has passed since this was begun")]
    StaleControl,
    #[error("the conversation is resolved")]
    Resolved,
    #[error("the conversation is open")]
    StillOpen,
    #[error("already so")]
    AlreadySo,
    #[error("this message has been answered")]
    AlreadyAnswered,
    #[error("no such message to answer")]
    NothingToAnswer,
    #[error("already rated")]
    AlreadyRated,
    #[error("stars are from 1 to 5")]
    BadRating,
    #[error("another customer's conversation")]
    OtherCustomer,
    #[error("a tag is a word or two")]
    BadTag,
    #[error("no more tags fit")]
    TooManyTags,
    #[error("a snooze ends later than now, and not in months")]
    BadSnooze,
    #[error("this actor can't do this")]
    NotForActor,
}

impl Refusal {
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotController => "not_controller",
            Self::StaleControl => "stale_control",
            Self::Resolved => "resolved",
            Self::StillOpen => "still_open",
            Self::AlreadySo => "already_so",
            Self::AlreadyAnswered => "already_answered",
            Self::NothingToAnswer => "nothing_to_answer",
            Self::AlreadyRated => "already_rated",
            Self::BadRating => "bad_rating",
            Self::OtherCustomer => "other_customer",
            Self::BadTag => "bad_tag",
            Self::TooManyTags => "too_many_tags",
            Self::BadSnooze => "bad_snooze",
            Self::NotForActor => "forbidden",
        }
    }
}
