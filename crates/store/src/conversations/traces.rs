//! Why the bot said what it said, as stored with the events.

use domain::{
    id::{ConversationId, TraceId},
    trace::{Trace, TurnOutcome},
};

use crate::{
    Result, Store,
    database::{Tx, from_json, sql, to_json},
};

const fn outcome_name(outcome: TurnOutcome) -> &'static str {
    match outcome {
        TurnOutcome::Replied => "replied",
        TurnOutcome::Withheld => "withheld",
        TurnOutcome::HandedOff => "handed_off",
        TurnOutcome::Skipped => "skipped",
    }
}

pub(super) async fn insert(tx: &mut Tx, trace: &Trace) -> Result<()> {
    sql("INSERT INTO traces (id, conversation_id, seq, at, outcome, json) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(trace.id)
        .bind(trace.conversation)
        .bind(trace.seq)
        .bind(trace.at)
        .bind(outcome_name(trace.outcome))
        .bind(to_json(trace)?)
        .execute(tx.on())
        .await
        .map(drop)
}

impl Store {
    pub async fn trace(&self, id: TraceId) -> Result<Option<Trace>> {
        let row: Option<(String,)> =
            sql("SELECT json FROM traces WHERE id = $1").bind(id).optional(self.read().await?.on()).await?;
        row.map(|(json,)| from_json("trace", &json)).transpose()
    }

    /// The latest first.
    pub async fn traces_of(&self, conversation: ConversationId, limit: i64) -> Result<Vec<Trace>> {
        let rows: Vec<(String,)> =
            sql("SELECT json FROM traces WHERE conversation_id = $1 ORDER BY at DESC, id DESC LIMIT $2")
                .bind(conversation)
                .bind(limit)
                .all(self.read().await?.on())
                .await?;
        rows.into_iter().map(|(json,)| from_json("trace", &json)).collect()
    }
}
