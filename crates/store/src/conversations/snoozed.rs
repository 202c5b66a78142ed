//! What sleeps, and which tags are in use.

use std::collections::HashMap;

use domain::{
    id::{ConversationId, ShopId},
    time::Timestamp,
};

use crate::{
    Result, Store,
    database::{parse, sql},
};

/// Conversations looked at for the tags in use: the latest tell what people sort by now.
const RECENT_TAGGED: i64 = 2_000;

impl Store {
    /// Those whose time has come, the longest overdue first.
    pub async fn snoozed_until(&self, now: Timestamp, limit: i64) -> Result<Vec<ConversationId>> {
        let rows: Vec<(String,)> = sql("SELECT id FROM conversations WHERE is_snoozed AND snoozed_until <= $1 \
             ORDER BY snoozed_until LIMIT $2")
        .bind(now)
        .bind(limit)
        .all(self.read().await?.on())
        .await?;
        rows.iter().map(|(id,)| parse("conversation", id)).collect()
    }

    /// With how many conversations carry them, the commonest first.
    pub async fn tags_in_use(&self, shops: &[ShopId]) -> Result<Vec<(String, i64)>> {
        let rows: Vec<(String,)> = sql("SELECT tags FROM conversations WHERE tags <> '' AND shop_id IN ")
            .push_list(shops.iter().copied())
            .push(" ORDER BY last_at DESC LIMIT ")
            .push_bind(RECENT_TAGGED)
            .all(self.read().await?.on())
            .await?;
        let mut counts: HashMap<&str, i64> = HashMap::new();
        for tag in rows.iter().flat_map(|(tags,)| tags.split('|')).filter(|tag| !tag.is_empty()) {
            *counts.entry(tag).or_default() += 1;
        }
        let mut counts: Vec<(String, i64)> = counts.into_iter().map(|(tag, count)| (tag.to_owned(), count)).collect();
        counts.sort_by(|(a, x), (b, y)| y.cmp(x).then_with(|| a.cmp(b)));
        Ok(counts)
    }
}
