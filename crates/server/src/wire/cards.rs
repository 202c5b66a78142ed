//! The handoff card, as the team sees it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    basics::{Emotion, HandoffReason, Language, Money, OrderState},
    bodies::Source,
};

/// Everything collected so far, each line with the event it came from.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
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
    pub due_at: Option<i64>,
    pub written_at: i64,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
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

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CardDraft {
    pub text: String,
    /// Articles it was taken from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// The event that holds the facts it states, when they are the shop's and not an article's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<i64>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CardLine {
    pub text: String,
    /// The event it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<i64>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CardIntent {
    pub name: String,
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<i64>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CardIdentity {
    pub verified: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where it became known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<i64>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CardOrder {
    pub key: String,
    pub state: OrderState,
    pub line: CardLine,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CardProduct {
    pub key: String,
    pub title: String,
    pub line: CardLine,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CardSlot {
    pub name: String,
    pub value: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<i64>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CardEmotion {
    pub level: Emotion,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<CardLine>,
}
