//! What has happened, in the past tense. Stored facts are a compatibility promise: fields are only ever added.

use serde::{Deserialize, Serialize};

use super::{NoteKind, Seq, WakeReason};
use crate::{
    actor::{Actor, Controller},
    handoff::{Emotion, HandoffReason},
    id::{ConversationId, MessageId, ShopId, ShopperId, StaffId, TraceId},
    language::Language,
    routing::Placement,
    shop::CustomerKey,
    time::Timestamp,
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    pub conversation: ConversationId,
    pub seq: Seq,
    pub at: Timestamp,
    pub by: Actor,
    pub fact: Fact,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fact {
    Started {
        shop: ShopId,
        shopper: ShopperId,
        customer: Option<CustomerKey>,
        language: Language,
        controller: Controller,
    },
    ShopperSaid {
        message: MessageId,
        /// The sender's own id, so that a repeated send is the same message.
        client: String,
    },
    BotReplied {
        message: MessageId,
        epoch: i64,
        /// The shopper's message it answers.
        answers: Seq,
        reply: ReplyKind,
        trace: Option<TraceId>,
    },
    /// A bot reply that lost the race against a change of control; kept for learning, never delivered.
    ReplyWithheld {
        message: MessageId,
        epoch: i64,
        answers: Seq,
        why: WithheldReason,
        trace: Option<TraceId>,
    },
    AgentReplied {
        message: MessageId,
        client: String,
    },
    NoteAdded {
        message: MessageId,
        #[serde(default, skip_serializing_if = "NoteKind::is_plain")]
        note: NoteKind,
        /// The colleagues it is meant for: mentioned, asked or whispered to.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        to: Vec<StaffId>,
        /// The question it answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answers: Option<Seq>,
    },
    ControlPassed {
        to: Controller,
        why: PassReason,
        /// The epoch from now on.
        epoch: i64,
    },
    /// The handoff card; its content is personal and lives with the message bodies.
    CardWritten {
        card: MessageId,
        emotion: Emotion,
    },
    Identified {
        shopper: ShopperId,
        customer: CustomerKey,
    },
    LanguageChosen {
        language: Language,
    },
    ContactLeft {
        message: MessageId,
        /// The shopper wants to be called: by when the desk means to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        call_back_by: Option<Timestamp>,
    },
    Resolved,
    Reopened,
    Rated {
        stars: u8,
        comment: Option<MessageId>,
    },
    Tagged {
        tag: String,
    },
    Untagged {
        tag: String,
    },
    /// Out of the lists until then; `None`: until the shopper writes.
    Snoozed {
        until: Option<Timestamp>,
    },
    Woken {
        why: WakeReason,
    },
    /// A shopper who talks to the bot while their place is kept is next, and somebody is there.
    TurnCame,
}

impl Fact {
    /// The stored name of the kind.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Started { .. } => "started",
            Self::ShopperSaid { .. } => "shopper_said",
            Self::BotReplied { .. } => "bot_replied",
            Self::ReplyWithheld { .. } => "reply_withheld",
            Self::AgentReplied { .. } => "agent_replied",
            Self::NoteAdded { .. } => "note_added",
            Self::ControlPassed { .. } => "control_passed",
            Self::CardWritten { .. } => "card_written",
            Self::Identified { .. } => "identified",
            Self::LanguageChosen { .. } => "language_chosen",
            Self::ContactLeft { .. } => "contact_left",
            Self::Resolved => "resolved",
            Self::Reopened => "reopened",
            Self::Rated { .. } => "rated",
            Self::Tagged { .. } => "tagged",
            Self::Untagged { .. } => "untagged",
            Self::Snoozed { .. } => "snoozed",
            Self::Woken { .. } => "woken",
            Self::TurnCame => "turn_came",
        }
    }

    /// The body this fact points to, if any.
    pub const fn message(&self) -> Option<MessageId> {
        match self {
            Self::ShopperSaid { message, .. }
            | Self::BotReplied { message, .. }
            | Self::ReplyWithheld { message, .. }
            | Self::AgentReplied { message, .. }
            | Self::NoteAdded { message, .. }
            | Self::ContactLeft { message, .. } => Some(*message),
            Self::CardWritten { card, .. } => Some(*card),
            Self::Rated { comment, .. } => *comment,
            _ => None,
        }
    }

    /// The sender's own id of a message, by which a repeated send is recognised.
    pub fn client(&self) -> Option<&str> {
        match self {
            Self::ShopperSaid { client, .. } | Self::AgentReplied { client, .. } => Some(client),
            _ => None,
        }
    }

    /// Whether shoppers may see that it happened.
    pub const fn is_for_shopper(&self) -> bool {
        !matches!(
            self,
            Self::NoteAdded { .. }
                | Self::ReplyWithheld { .. }
                | Self::CardWritten { .. }
                | Self::Identified { .. }
                | Self::Tagged { .. }
                | Self::Untagged { .. }
                | Self::Snoozed { .. }
                | Self::Woken { .. }
        )
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplyKind {
    Answered,
    /// One clarifying question between close candidates.
    Clarified,
    /// No answer the bot can stand for.
    Abstained,
    /// Greetings, thanks, good-byes.
    Social,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WithheldReason {
    ControlPassed,
    Resolved,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "reason", rename_all = "snake_case")]
pub enum PassReason {
    HandedOff(HandoffReason),
    /// An agent took it, from the queue, the bot or a colleague.
    TakenOver,
    /// An agent gave it back to the bot.
    HandedBack,
    /// The shopper preferred the bot.
    ShopperChoseBot,
    Reopened,
    /// The desk chose an agent, and says why this one.
    Assigned(Placement),
    /// An agent or a supervisor passed it on.
    Transferred,
    /// The desk took it back from an agent.
    Reclaimed(ReclaimReason),
    /// It waited too long in one queue and goes on waiting in another.
    Overflowed,
    /// The shopper talks to the bot while their place in the queue is kept.
    ShopperKeptPlace,
}

/// Why a conversation is taken back from its agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReclaimReason {
    /// The shopper waited too long for an answer.
    Silent,
    /// The agent's console has been gone for too long.
    Offline,
    SignedOut,
}

impl ReclaimReason {
    pub const ALL: [Self; 3] = [Self::Silent, Self::Offline, Self::SignedOut];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Offline => "offline",
            Self::SignedOut => "signed_out",
        }
    }

    /// What the handoff card says of it.
    pub const fn handoff(self) -> HandoffReason {
        match self {
            Self::Silent => HandoffReason::AgentSilent,
            Self::Offline | Self::SignedOut => HandoffReason::AgentAway,
        }
    }
}
