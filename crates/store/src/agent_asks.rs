//! What agents asked shoppers for, and how often of something that was known.

use domain::{
    id::{ConversationId, ShopId, StaffId},
    time::Timestamp,
};

use crate::{Result, Store, database::sql};

/// What one message of an agent asked the shopper for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgentAsk {
    pub conversation: ConversationId,
    pub seq: i64,
    pub shop: ShopId,
    pub staff: StaffId,
    pub at: Timestamp,
    pub asked: i64,
    /// Of these, known already.
    pub again: i64,
}

/// How often agents asked again, over some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AskedAgain {
    pub messages: i64,
    pub asking: i64,
    pub again: i64,
}

impl Store {
    /// Once for each message.
    pub async fn add_agent_ask(&self, ask: &AgentAsk) -> Result<()> {
        let mut tx = self.write().await?;
        sql("INSERT INTO agent_asks (conversation_id, seq, shop_id, staff_id, at, asked, again) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (conversation_id, seq) DO NOTHING")
        .bind(ask.conversation)
        .bind(ask.seq)
        .bind(ask.shop)
        .bind(ask.staff)
        .bind(ask.at)
        .bind(ask.asked)
        .bind(ask.again)
        .execute(tx.on())
        .await?;
        tx.commit().await
    }

    /// Messages of agents since a moment, those that asked for something, and those that asked for what was known.
    pub async fn asked_again(&self, shop: ShopId, since: Timestamp) -> Result<AskedAgain> {
        let (messages, asking, again): (i64, i64, i64) = sql("SELECT COUNT(*), \
             COUNT(CASE WHEN asked > 0 THEN 1 END), COUNT(CASE WHEN again > 0 THEN 1 END) \
             FROM agent_asks WHERE shop_id = $1 AND at >= $2")
        .bind(shop)
        .bind(since)
        .one(self.read().await?.on())
        .await?;
        Ok(AskedAgain { messages, asking, again })
    }
}
