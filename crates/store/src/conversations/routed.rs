//! What routing looks at: who waits, what agents hold, who served a shopper last.

use domain::{
    conversation::Conversation,
    id::{ConversationId, MessageId, QueueId, ShopId, ShopperId, StaffId},
    time::Timestamp,
};

use crate::{
    Result, Store,
    database::{from_json, parse, sql},
};

/// Earlier conversations of a shopper that are looked through for an agent.
const EARLIER: i64 = 5;

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
        let rows: Vec<(String,)> = sql("SELECT state FROM conversations WHERE shop_id = $1 AND controller = 'agent'")
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

    /// A body of the log: a message or a card, as it was stored.
    pub async fn body(&self, id: MessageId) -> Result<Option<String>> {
        let row: Option<(String,)> =
            sql("SELECT json FROM bodies WHERE id = $1").bind(id).optional(self.read().await?.on()).await?;
        Ok(row.map(|(json,)| json))
    }
}
