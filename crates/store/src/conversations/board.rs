//! What a supervisor watches: who is served by whom, and what the bot remembers of those it serves.

use domain::id::{ConversationId, ShopId};

use crate::{
    Result, Store,
    database::{parse, sql},
};

impl Store {
    /// What the bot remembers of its open conversations, the latest first.
    pub async fn bot_memories(&self, shops: &[ShopId], limit: i64) -> Result<Vec<(ConversationId, String)>> {
        let rows: Vec<(String, String)> = sql("SELECT id, memory FROM conversations \
             WHERE controller = 'bot' AND memory IS NOT NULL AND shop_id IN ")
        .push_list(shops.iter().copied())
        .push(" ORDER BY last_at DESC, id LIMIT ")
        .push_bind(limit)
        .all(self.read().await?.on())
        .await?;
        rows.into_iter().map(|(id, memory)| Ok((parse("conversation", &id)?, memory))).collect()
    }
}
