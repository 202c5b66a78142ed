//! The numbers of the day.

use domain::{id::ShopId, time::Timestamp};

use crate::{Result, Store};

/// What has happened since a moment; each conversation counts once in each.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct TodayCounts {
    /// In which anything happened.
    pub conversations: i64,
    pub answered_by_bot: i64,
    pub handed_off: i64,
    pub resolved: i64,
    pub rated: i64,
    pub average_stars: Option<f64>,
}

impl Store {
    pub async fn today(&self, shops: &[ShopId], since: Timestamp) -> Result<TodayCounts> {
        unimplemented!("{shops:?} {since:?}")
    }
}
