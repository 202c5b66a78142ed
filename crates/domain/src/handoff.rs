//! Handing over to a human: why, and with what on the card.

use serde::{Deserialize, Serialize};

use crate::{
    conversation::Seq,
    language::Language,
    message::Source,
    shop::{CustomerKey, Money, OrderKey, OrderState, ProductKey},
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
    /// Law, safety, health, minors: never for a bot.
    Risk,
    /// A threat, to others or to the shopper's own life.
    Threat,
    /// Money taken that shouldn't have been, or fraud.
    PaymentDispute,
    /// More money is at stake than the shop leaves to the bot.
    AmountLimit,
    UnsupportedLanguage,
    /// A skill came to what only a person may or can do.
    NeedsPerson,
    /// Going on was expected to cost more than a human now.
    Predicted,
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
    pub const ALL: [Self; 17] = [
        Self::Asked,
        Self::Abstained,
        Self::BotFailed,
        Self::Upset,
        Self::Repeated,
        Self::Risk,
        Self::Threat,
        Self::PaymentDispute,
        Self::AmountLimit,
        Self::UnsupportedLanguage,
        Self::NeedsPerson,
        Self::Predicted,
        Self::AgentReleased,
        Self::OfflineMessage,
        Self::Transferred,
        Self::AgentSilent,
        Self::AgentAway,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Abstained => "abstained",
            Self::BotFailed => "bot_failed",
            Self::Upset => "upset",
            Self::Repeated => "repeated",
            Self::Risk => "risk",
            Self::Threat => "threat",
            Self::PaymentDispute => "payment_dispute",
            Self::AmountLimit => "amount_limit",
            Self::UnsupportedLanguage => "unsupported_language",
            Self::NeedsPerson => "needs_person",
            Self::Predicted => "predicted",
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
    /// What was done to orders, by whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub done: Vec<CardLine>,
    pub failed: Vec<CardLine>,
    pub promises: Vec<CardLine>,
    pub emotion: CardEmotion,
    /// What an agent may do to the order now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<CardAction>,
    pub suggested: Vec<CardLine>,
    /// Answers to begin with, each resting on what it names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drafts: Vec<CardDraft>,
    /// When a person has to have answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    pub written_at: Timestamp,
}

impl HandoffCard {
    /// Cards of version 1 have no `done`, `allowed`, `drafts` and `due_at`; they stay readable.
    pub const VERSION: u32 = 2;
}

/// Something that may be done to the order, and within what limits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardAction {
    /// The action's stable name.
    pub name: String,
    pub text: String,
    /// Conditions that still have to hold; empty when there are none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub limits: String,
    pub needs_approval: bool,
    /// Money that would go back to the shopper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<Money>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardDraft {
    pub text: String,
    /// Articles it was taken from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// The event that holds the facts it states, when they are the shop's and not an article's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<Seq>,
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
    /// Where it became known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<Seq>,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_of_the_first_version_stay_readable() {
        let json = r#"{"version":1,"language":"zh","reason":"asked","reason_text":"买家要求人工",
            "ask":{"text":"退款","seq":2},"intents":[],"identity":{"verified":false},"slots":[],"tried":[],"failed":[],
            "promises":[],"emotion":{"level":"calm"},"suggested":[],"written_at":5}"#;
        let card: HandoffCard = serde_json::from_str(json).unwrap();
        assert_eq!((card.version, card.ask.seq, card.due_at), (1, Some(2), None));
        assert!(card.allowed.is_empty() && card.drafts.is_empty() && card.done.is_empty());
        assert!(!serde_json::to_string(&card).unwrap().contains("drafts"), "written again as it was read");
    }

    #[test]
    fn a_reason_is_stored_under_its_own_name() {
        for reason in HandoffReason::ALL {
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.as_str());
        }
    }
}
