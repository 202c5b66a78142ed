//! Waiting: places in the queue, how long others waited, and who waits with the bot for too long.

use domain::{
    actor::Controller,
    conversation::{Conversation, Event, Fact},
    id::{ConversationId, QueueId, ShopId},
    time::Timestamp,
};

use crate::{
    Result, Store,
    database::{Tx, from_json, parse, sql},
};

/// A wait that ended with an agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueWait {
    pub wait_ms: i64,
    /// How many agents were online when it ended, if that was noted.
    pub agents: Option<i64>,
}

/// Keeps account of when conversations enter and leave queues.
pub(super) async fn note_stays(tx: &mut Tx, events: &[Event]) -> Result<()> {
    for event in events {
        let entered = match &event.fact {
            Fact::Started { controller, .. } => Some(*controller),
            Fact::ControlPassed { to, .. } => {
                leave(tx, event, to.kind()).await?;
                Some(*to)
            }
            Fact::Resolved => {
                leave(tx, event, "resolved").await?;
                None
            }
            _ => None,
        };
        if let Some(Controller::Queue(queue)) = entered {
            sql("INSERT INTO queue_stays (conversation_id, entered_seq, queue_id, entered_at) VALUES ($1, $2, $3, $4)")
                .bind(event.conversation)
                .bind(event.seq)
                .bind(queue)
                .bind(event.at)
                .execute(tx.on())
                .await?;
        }
    }
    Ok(())
}

/// Changes nothing when the conversation isn't in a queue.
async fn leave(tx: &mut Tx, event: &Event, outcome: &'static str) -> Result<()> {
    sql("UPDATE queue_stays SET left_at = $2, outcome = $3, agents = (SELECT COUNT(*) FROM staff s \
         WHERE s.presence = 'online' AND NOT s.disabled AND s.id IN (SELECT g.staff_id FROM staff_grants g \
         JOIN conversations c ON c.shop_id = g.shop_id WHERE c.id = $1 AND g.role IN ")
    .bind(event.conversation)
    .bind(event.at)
    .bind(outcome)
    .push_list(crate::team::serving_roles())
    .push(")) WHERE conversation_id = $1 AND left_at IS NULL")
    .execute(tx.on())
    .await
    .map(drop)
}

impl Store {
    /// From 1; `None` when the conversation isn't in a queue.
    pub async fn queue_position(&self, id: ConversationId) -> Result<Option<i64>> {
        let (position,): (i64,) = sql("SELECT COUNT(*) FROM conversations me JOIN conversations other \
             ON other.queue_id = me.queue_id AND other.controller = 'queue' \
             AND (other.queued_since, other.id) <= (me.queued_since, me.id) \
             WHERE me.id = $1 AND me.controller = 'queue'")
        .bind(id)
        .one(self.read().await?.on())
        .await?;
        Ok((position > 0).then_some(position))
    }

    pub async fn queue_length(&self, queue: QueueId) -> Result<i64> {
        let (count,): (i64,) = sql("SELECT COUNT(*) FROM conversations WHERE queue_id = $1 AND controller = 'queue'")
            .bind(queue)
            .one(self.read().await?.on())
            .await?;
        Ok(count)
    }

    /// Where somebody who has waited in a queue since then would stand, from 1.
    pub async fn queue_place(&self, queue: QueueId, since: Timestamp) -> Result<i64> {
        let (before,): (i64,) = sql("SELECT COUNT(*) FROM conversations \
             WHERE queue_id = $1 AND controller = 'queue' AND queued_since < $2")
        .bind(queue)
        .bind(since)
        .one(self.read().await?.on())
        .await?;
        Ok(before + 1)
    }

    /// With the bot, with a kept place of whose turn nothing was said yet, who has waited longest first.
    pub async fn keeping_places(&self, shop: ShopId, limit: i64) -> Result<Vec<Conversation>> {
        let rows: Vec<(String,)> = sql("SELECT state FROM conversations \
             WHERE shop_id = $1 AND kept_since IS NOT NULL ORDER BY kept_since, id LIMIT $2")
        .bind(shop)
        .bind(limit)
        .all(self.read().await?.on())
        .await?;
        rows.iter().map(|(state,)| from_json("conversation", state)).collect()
    }

    /// Waits that ended with an agent, the latest first.
    pub async fn recent_queue_waits(&self, queue: QueueId, since: Timestamp, limit: i64) -> Result<Vec<QueueWait>> {
        let rows: Vec<(i64, Option<i64>)> = sql("SELECT left_at - entered_at, agents FROM queue_stays \
             WHERE queue_id = $1 AND outcome = 'agent' AND left_at >= $2 ORDER BY left_at DESC LIMIT $3")
        .bind(queue)
        .bind(since)
        .bind(limit)
        .all(self.read().await?.on())
        .await?;
        Ok(rows.into_iter().map(|(wait_ms, agents)| QueueWait { wait_ms, agents }).collect())
    }

    /// Since when the one who has waited longest waits.
    pub async fn oldest_queued(&self, shops: &[ShopId]) -> Result<Option<Timestamp>> {
        let (since,): (Option<i64>,) =
            sql("SELECT MIN(queued_since) FROM conversations WHERE controller = 'queue' AND shop_id IN ")
                .push_list(shops.iter().copied())
                .one(self.read().await?.on())
                .await?;
        Ok(since.map(Timestamp))
    }

    /// With the bot, unanswered since before `before`, longest first: the safety net.
    pub async fn waiting_with_bot(&self, before: Timestamp, limit: i64) -> Result<Vec<ConversationId>> {
        let rows: Vec<(String,)> = sql("SELECT id FROM conversations \
             WHERE controller = 'bot' AND waiting_since IS NOT NULL AND waiting_since < $1 \
             ORDER BY waiting_since LIMIT $2")
        .bind(before)
        .bind(limit)
        .all(self.read().await?.on())
        .await?;
        rows.into_iter().map(|(id,)| parse("conversation", &id)).collect()
    }

    /// With the bot, answered, and quiet since before `before`, longest first: conversations that have ended by themselves.
    pub async fn idle_with_bot(&self, before: Timestamp, limit: i64) -> Result<Vec<ConversationId>> {
        let rows: Vec<(String,)> = sql("SELECT id FROM conversations \
             WHERE controller = 'bot' AND waiting_since IS NULL AND last_at < $1 ORDER BY last_at LIMIT $2")
        .bind(before)
        .bind(limit)
        .all(self.read().await?.on())
        .await?;
        rows.into_iter().map(|(id,)| parse("conversation", &id)).collect()
    }
}
