//! What routing looks at: who waits, what agents hold, who served a shopper last.

use domain::{
    conversation::{Conversation, Fact},
    id::{ConversationId, MessageId, QueueId, ShopId, ShopperId, StaffId},
    time::Timestamp,
};

use crate::{
    Result, Store,
    database::{from_json, parse, sql},
};

/// Earlier conversations of a shopper that are looked through for an agent.
const EARLIER: i64 = 5;

/// A stretch of waiting in a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    pub entered_at: Timestamp,
    pub left_at: Option<Timestamp>,
    /// Who had it next: agent, bot, queue; or resolved.
    pub outcome: Option<String>,
    /// Otherwise the shopper had waited in another queue before.
    pub is_new: bool,
}

/// Control passed, or the conversation ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ControlEvent {
    pub conversation: ConversationId,
    pub at: Timestamp,
    pub fact: Fact,
}

impl Store {
    /// Those who wait in the shop's queues, longest first.
    pub async fn queued(&self, shop: ShopId, limit: i64) -> Result<Vec<Conversation>> {
        let rows: Vec<(String,)> = sql("SELECT state FROM conversations \
             WHERE shop_id = $1 AND controller = 'queue' ORDER BY queued_since, id LIMIT $2")
        .bind(shop)
        .bind(limit)
        .all(self.read().await?.on())
        .await?;
        rows.iter().map(|(state,)| from_json("conversation", state)).collect()
    }

    /// Everything under the control of these agents, in whatever shop.
    pub async fn held_by(&self, agents: &[StaffId]) -> Result<Vec<Conversation>> {
        if agents.is_empty() {
            return Ok(Vec::new());
        }
        let rows: Vec<(String,)> = sql("SELECT state FROM conversations WHERE controller = 'agent' AND agent_id IN ")
            .push_list(agents.iter().copied())
            .all(self.read().await?.on())
            .await?;
        rows.iter().map(|(state,)| from_json("conversation", state)).collect()
    }

    /// Everything under the control of an agent in this shop.
    pub async fn held_in(&self, shop: ShopId) -> Result<Vec<Conversation>> {
        let rows: Vec<(String,)> =
            sql("SELECT state FROM conversations WHERE shop_id = $1 AND controller = 'agent' ORDER BY id")
                .bind(shop)
                .all(self.read().await?.on())
                .await?;
        rows.iter().map(|(state,)| from_json("conversation", state)).collect()
    }

    /// Handed to people since `since`, the latest first.
    pub async fn handed_off(&self, shop: ShopId, since: Timestamp, limit: i64) -> Result<Vec<Conversation>> {
        let rows: Vec<(String,)> = sql("SELECT state FROM conversations \
             WHERE shop_id = $1 AND last_at >= $2 AND handed_off_at >= $2 ORDER BY last_at DESC, id DESC LIMIT $3")
        .bind(shop)
        .bind(since)
        .bind(limit)
        .all(self.read().await?.on())
        .await?;
        rows.iter().map(|(state,)| from_json("conversation", state)).collect()
    }

    /// The queues of the shop in which somebody waits.
    pub async fn queues_in_use(&self, shop: ShopId) -> Result<Vec<QueueId>> {
        let rows: Vec<(String,)> = sql("SELECT DISTINCT queue_id FROM conversations \
             WHERE shop_id = $1 AND controller = 'queue' ORDER BY queue_id")
        .bind(shop)
        .all(self.read().await?.on())
        .await?;
        rows.into_iter().map(|(id,)| parse("conversation", &id)).collect()
    }

    /// When control of a conversation passed last.
    pub async fn passed_at(&self, id: ConversationId) -> Result<Option<Timestamp>> {
        let (at,): (Option<i64>,) =
            sql("SELECT MAX(at) FROM events WHERE conversation_id = $1 AND kind = 'control_passed'")
                .bind(id)
                .one(self.read().await?.on())
                .await?;
        Ok(at.map(Timestamp))
    }

    /// Who served the shopper in the last of the earlier conversations that had an agent, and when that one ended.
    pub async fn served_before(&self, shopper: ShopperId, but: ConversationId) -> Result<Option<(StaffId, Timestamp)>> {
        let rows: Vec<(String, i64)> = sql("SELECT state, last_at FROM conversations \
             WHERE shopper_id = $1 AND id <> $2 ORDER BY last_at DESC LIMIT $3")
        .bind(shopper)
        .bind(but)
        .bind(EARLIER)
        .all(self.read().await?.on())
        .await?;
        for (state, last_at) in rows {
            let earlier: Conversation = from_json("conversation", &state)?;
            if let Some(agent) = earlier.last_agent {
                return Ok(Some((agent, Timestamp(last_at))));
            }
        }
        Ok(None)
    }

    /// Stays in the shop's queues that began since `since`, the latest first.
    pub async fn stays(&self, shop: ShopId, since: Timestamp, limit: i64) -> Result<Vec<Stay>> {
        let rows: Vec<(i64, Option<i64>, Option<String>, i64)> = sql("SELECT s.entered_at, s.left_at, s.outcome, \
             (SELECT COUNT(*) FROM queue_stays b WHERE b.conversation_id = s.conversation_id \
             AND b.left_at = s.entered_at AND b.outcome = 'queue') \
             FROM queue_stays s JOIN conversations c ON c.id = s.conversation_id \
             WHERE c.shop_id = $1 AND c.last_at >= $2 AND s.entered_at >= $2 ORDER BY s.entered_at DESC LIMIT $3")
        .bind(shop)
        .bind(since)
        .bind(limit)
        .all(self.read().await?.on())
        .await?;
        let stay = |(entered, left, outcome, before): (i64, Option<i64>, Option<String>, i64)| Stay {
            entered_at: Timestamp(entered),
            left_at: left.map(Timestamp),
            outcome,
            is_new: before == 0,
        };
        Ok(rows.into_iter().map(stay).collect())
    }

    /// What passed control or ended it, in the latest conversations that were handed to people, one conversation after
    /// the other and in order.
    pub async fn control_events(&self, shop: ShopId, since: Timestamp, limit: i64) -> Result<Vec<ControlEvent>> {
        let rows: Vec<(String, i64, String)> = sql("SELECT conversation_id, at, fact FROM events \
             WHERE kind IN ('control_passed', 'resolved') AND conversation_id IN (SELECT id FROM conversations \
             WHERE shop_id = $1 AND last_at >= $2 AND handed_off_at >= $2 ORDER BY last_at DESC, id DESC LIMIT $3) \
             ORDER BY conversation_id, seq")
        .bind(shop)
        .bind(since)
        .bind(limit)
        .all(self.read().await?.on())
        .await?;
        let event = |(id, at, fact): (String, i64, String)| {
            let (conversation, fact) = (parse("event", &id)?, from_json("event", &fact)?);
            Ok(ControlEvent { conversation, at: Timestamp(at), fact })
        };
        rows.into_iter().map(event).collect()
    }

    /// A body of the log: a message or a card, as it was stored.
    pub async fn body(&self, id: MessageId) -> Result<Option<String>> {
        let row: Option<(String,)> =
            sql("SELECT json FROM bodies WHERE id = $1").bind(id).optional(self.read().await?.on()).await?;
        Ok(row.map(|(json,)| json))
    }
}
