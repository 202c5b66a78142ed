//! Handing over to a human: why, and with what on the card.

use serde::{Deserialize, Serialize};

use crate::{
    conversation::Seq,
    language::Language,
    shop::{CustomerKey, OrderKey, OrderState, ProductKey},
    time::Timestamp,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandoffReason {
    /// The shopper asked for a person.
    Asked,
    /// The bot had no answer it could stand for, twice.
    Abstained,
    /// The bot's turn was lost or broke.
    BotFailed,
    Upset,
    /// The same question again after an answer.
    Repeated,
    /// Law, safety, fraud: never for a bot.
    Risk,
    UnsupportedLanguage,
    /// A skill came to what only a person may or can do.
    NeedsPerson,
    /// An agent put it back into the queue.
    AgentReleased,
    /// Contact details were left while nobody was there.
    OfflineMessage,
    /// A colleague passed it on.
    Transferred,
    /// Taken back from an agent who left the shopper without an answer.
    AgentSilent,
    /// Taken back from an agent who went offline or signed out.
    AgentAway,
}

impl HandoffReason {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Abstained => "abstained",
            Self::BotFailed => "bot_failed",
            Self::Upset => "upset",
            Self::Repeated => "repeated",
            Self::Risk => "risk",
            Self::UnsupportedLanguage => "unsupported_language",
            Self::NeedsPerson => "needs_person",
            Self::AgentReleased => "agent_released",
            Self::OfflineMessage => "offline_message",
            Self::Transferred => "transferred",
            Self::AgentSilent => "agent_silent",
            Self::AgentAway => "agent_away",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Emotion {
    #[default]
    Calm,
    Worried,
    Upset,
    Angry,
}

impl Emotion {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Worried => "worried",
            Self::Upset => "upset",
            Self::Angry => "angry",
        }
    }
}

/// A statement with the event it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardLine {
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<Seq>,
}

impl CardLine {
    pub fn at(seq: Seq, text: impl Into<String>) -> Self {
        Self { text: text.into(), seq: Some(seq) }
    }
}

/// Everything collected so far, on one screen, so that nobody asks twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoffCard {
    pub version: u32,
    pub language: Language,
    pub reason: HandoffReason,
    pub reason_text: String,
    pub ask: CardLine,
    pub intents: Vec<CardIntent>,
    pub identity: CardIdentity,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<CardOrder>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<CardProduct>,
    pub slots: Vec<CardSlot>,
    /// What the bot said and did.
    pub tried: Vec<CardLine>,
    pub failed: Vec<CardLine>,
    pub promises: Vec<CardLine>,
    pub emotion: CardEmotion,
    pub suggested: Vec<CardLine>,
    pub written_at: Timestamp,
}

impl HandoffCard {
    pub const VERSION: u32 = 1;
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardIntent {
    pub name: String,
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<Seq>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardIdentity {
    pub verified: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerKey>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardOrder {
    pub key: OrderKey,
    pub state: OrderState,
    pub line: CardLine,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardProduct {
    pub key: ProductKey,
    pub title: String,
    pub line: CardLine,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardSlot {
    pub name: String,
    pub value: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<Seq>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CardEmotion {
    pub level: Emotion,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<CardLine>,
}
