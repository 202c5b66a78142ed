//! The handoff card, as the team sees it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::basics::{Emotion, HandoffReason, Language, OrderState};

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
    pub failed: Vec<CardLine>,
    pub promises: Vec<CardLine>,
    pub emotion: CardEmotion,
    pub suggested: Vec<CardLine>,
    pub written_at: i64,
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
