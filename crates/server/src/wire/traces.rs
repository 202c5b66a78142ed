//! Why the bot said what it said.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    basics::{Bilingual, Language, TurnOutcome, TurnStage},
    bodies::Source,
};

/// One turn of the bot, step by step.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Trace {
    pub id: String,
    pub conversation: String,
    /// The shopper's message that was answered.
    pub seq: i64,
    pub at: i64,
    pub took_ms: i64,
    pub language: Language,
    pub epoch: i64,
    pub outcome: TurnOutcome,
    pub steps: Vec<TraceStep>,
    pub sources: Vec<Source>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TraceStep {
    pub stage: TurnStage,
    pub took_ms: i64,
    /// One sentence for a person.
    pub summary: Bilingual,
    /// Scores, candidates and tool results behind the sentence.
    #[schema(value_type = Object)]
    pub detail: serde_json::Value,
}
