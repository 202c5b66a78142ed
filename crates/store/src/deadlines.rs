//! Deadlines of conversations and everything that happened to them. They change with the log, in its transaction;
//! only that somebody was told of a mark is written by itself.

use std::collections::HashMap;

use domain::{
    deadline::{Deadline, DeadlineKind},
    id::{ConversationId, ShopId},
    time::Timestamp,
};

use crate::{
    Append, Result, Store,
    database::{Tx, from_json, parse, sql, to_json},
};

/// A deadline as it is after an append.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDeadline {
    pub deadline: Deadline,
    /// `None` while it stands still.
    pub due_at: Option<Timestamp>,
    /// What became of it: `started`, `paused`, `resumed`, or how it ended.
    pub step: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDeadline {
    pub conversation: ConversationId,
    pub deadline: Deadline,
    pub due_at: Option<Timestamp>,
    /// The highest percent somebody was told of.
    pub mark: u8,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineStep {
    pub at: Timestamp,
    pub step: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    conversation_id: String,
    due_at: Option<i64>,
    mark: i64,
    json: String,
}

impl Row {
    fn decode(self) -> Result<StoredDeadline> {
        Ok(StoredDeadline {
            conversation: parse("deadline", &self.conversation_id)?,
            deadline: from_json("deadline", &self.json)?,
            due_at: self.due_at.map(Timestamp),
            mark: u8::try_from(self.mark).unwrap_or_default(),
        })
    }
}

pub(crate) async fn put(tx: &mut Tx, append: &Append<'_>) -> Result<()> {
    let (id, Some(now)) = (append.state.id, append.events.last().map(|event| event.at)) else { return Ok(()) };
    for new in &append.deadlines {
        let deadline = &new.deadline;
        // The mark stays as it is: whoever tells of one may be doing so right now.
        sql(
            "INSERT INTO deadlines (conversation_id, kind, started_at, shop_id, due_at, mark, outcome, ended_at, json) \
             VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8) ON CONFLICT (conversation_id, kind, started_at) DO UPDATE SET \
             due_at = excluded.due_at, outcome = excluded.outcome, ended_at = excluded.ended_at, json = excluded.json",
        )
        .bind(id)
        .bind(deadline.kind.as_str())
        .bind(deadline.started_at)
        .bind(append.state.shop)
        .bind(new.due_at)
        .bind(deadline.ended.map(|(_, outcome)| outcome.as_str()))
        .bind(deadline.ended.map(|(at, _)| at))
        .bind(to_json(deadline)?)
        .execute(tx.on())
        .await?;
        step(tx, id, deadline.kind, deadline.started_at, now, new.step).await?;
    }
    Ok(())
}

async fn step(
    tx: &mut Tx,
    id: ConversationId,
    kind: DeadlineKind,
    started_at: Timestamp,
    at: Timestamp,
    step: &str,
) -> Result<()> {
    sql("INSERT INTO deadline_steps (conversation_id, kind, started_at, at, step) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT DO NOTHING")
    .bind(id)
    .bind(kind.as_str())
    .bind(started_at)
    .bind(at)
    .bind(step)
    .execute(tx.on())
    .await
    .map(drop)
}

impl Store {
    /// Those that have not ended, the one that is due first in front.
    pub async fn running_deadlines(
        &self,
        ids: &[ConversationId],
    ) -> Result<HashMap<ConversationId, Vec<StoredDeadline>>> {
        let rows: Vec<Row> = sql("SELECT conversation_id, due_at, mark, json FROM deadlines \
             WHERE ended_at IS NULL AND conversation_id IN ")
        .push_list(ids.iter().copied())
        .push(" ORDER BY CASE WHEN due_at IS NULL THEN 1 ELSE 0 END, due_at, kind")
        .all(self.read().await?.on())
        .await?;
        let mut running: HashMap<ConversationId, Vec<StoredDeadline>> = HashMap::new();
        for row in rows {
            let stored = row.decode()?;
            running.entry(stored.conversation).or_default().push(stored);
        }
        Ok(running)
    }

    /// `false` when it has ended, or somebody was told of this mark already.
    pub async fn mark_deadline(
        &self,
        id: ConversationId,
        kind: DeadlineKind,
        started_at: Timestamp,
        mark: u8,
        at: Timestamp,
    ) -> Result<bool> {
        let mut tx = self.write().await?;
        let rows = sql("UPDATE deadlines SET mark = $4 WHERE conversation_id = $1 AND kind = $2 AND started_at = $3 \
             AND ended_at IS NULL AND mark < $4")
        .bind(id)
        .bind(kind.as_str())
        .bind(started_at)
        .bind(i64::from(mark))
        .execute(tx.on())
        .await?;
        if rows == 1 {
            let name = if mark >= 100 { "breached".to_owned() } else { format!("warned_{mark}") };
            step(&mut tx, id, kind, started_at, at, &name).await?;
        }
        tx.commit().await?;
        Ok(rows == 1)
    }

    /// What happened to the deadlines of a conversation, in order.
    pub async fn deadline_steps(&self, id: ConversationId) -> Result<Vec<DeadlineStep>> {
        let rows: Vec<(i64, String)> =
            sql("SELECT at, step FROM deadline_steps WHERE conversation_id = $1 ORDER BY at, started_at, kind, step")
                .bind(id)
                .all(self.read().await?.on())
                .await?;
        Ok(rows.into_iter().map(|(at, step)| DeadlineStep { at: Timestamp(at), step }).collect())
    }

    /// Deadlines of which is known whether they were met: ended in that time, or breached and still running.
    pub async fn deadlines_decided(
        &self,
        shops: &[ShopId],
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<(ConversationId, bool)>> {
        let rows: Vec<(String, Option<String>)> = sql("SELECT conversation_id, outcome FROM deadlines \
             WHERE (outcome IN ('met', 'missed') OR (ended_at IS NULL AND mark >= 100)) \
             AND started_at >= $1 AND started_at < $2 AND shop_id IN ")
        .bind(from)
        .bind(until)
        .push_list(shops.iter().copied())
        .all(self.read().await?.on())
        .await?;
        rows.into_iter().map(|(id, outcome)| Ok((parse("deadline", &id)?, outcome.as_deref() == Some("met")))).collect()
    }
}
