//! The numbers of the day.

use domain::{id::ShopId, time::Timestamp};

use crate::{Result, Store, database::sql};

/// What has happened since a moment; each conversation counts once in each.
#[derive(Debug, Clone, Copy, PartialEq, Default, sqlx::FromRow)]
pub struct TodayCounts {
    /// In which anything happened.
    pub conversations: i64,
    pub answered_by_bot: i64,
    pub handed_off: i64,
    /// And not opened again.
    pub resolved: i64,
    pub rated: i64,
    pub average_stars: Option<f64>,
}

impl Store {
    pub async fn today(&self, shops: &[ShopId], since: Timestamp) -> Result<TodayCounts> {
        sql("SELECT COUNT(*) AS conversations, \
             COUNT(CASE WHEN answered_by_bot_at >= $1 THEN 1 END) AS answered_by_bot, \
             COUNT(CASE WHEN handed_off_at >= $1 THEN 1 END) AS handed_off, \
             COUNT(CASE WHEN resolved_at >= $1 AND NOT is_open THEN 1 END) AS resolved, \
             COUNT(CASE WHEN rated_at >= $1 THEN stars END) AS rated, \
             AVG(CASE WHEN rated_at >= $1 THEN CAST(stars AS DOUBLE PRECISION) END) AS average_stars \
             FROM conversations WHERE last_at >= $1 AND shop_id IN ")
        .bind(since)
        .push_list(shops.iter().copied())
        .one(self.read().await?.on())
        .await
    }
}
