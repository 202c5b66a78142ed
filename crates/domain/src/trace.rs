//! Why the bot said what it said: one readable record per turn.

use serde::{Deserialize, Serialize};

use crate::{
    conversation::Seq,
    id::{ConversationId, TraceId},
    language::{Bilingual, Language},
    message::Source,
    time::Timestamp,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TurnStage {
    Understand,
    Decide,
    Act,
    Compose,
    Guard,
    Deliver,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TurnOutcome {
    Replied,
    Withheld,
    HandedOff,
    /// Somebody else had answered, or a newer message took the turn over.
    Skipped,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TraceStep {
    pub stage: TurnStage,
    pub took_ms: i64,
    /// One sentence for a person.
    pub summary: Bilingual,
    /// Scores, candidates and tool results behind the sentence.
    pub detail: serde_json::Value,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    pub id: TraceId,
    pub conversation: ConversationId,
    /// The shopper's message that was answered.
    pub seq: Seq,
    pub at: Timestamp,
    pub took_ms: i64,
    pub language: Language,
    pub epoch: i64,
    pub outcome: TurnOutcome,
    pub steps: Vec<TraceStep>,
    pub sources: Vec<Source>,
}
