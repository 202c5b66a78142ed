//! What a shop promises, and what its queues promise instead.

use std::collections::BTreeMap;

use domain::{
    deadline::Targets,
    id::{QueueId, ShopId},
    staff::Permission,
    time::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Shop, Staff};

use crate::{
    desk::Desk,
    error::{DeskError, Result},
    settings::ShopSettings,
    staff::{audit, can},
};

/// Nobody answers faster than this, and a promise for longer than a month is none.
const SHORTEST_MS: i64 = 5 * SECOND_MS;
const LONGEST_MS: i64 = 31 * DAY_MS;
/// More than a shop has queues.
const MOST_QUEUES: usize = 50;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServiceLevels {
    pub targets: Targets,
    /// Queues with targets of their own, by id.
    pub queues: BTreeMap<String, Targets>,
}

impl Default for ServiceLevels {
    /// Three minutes, which is what the marketplaces count; a day of open hours for the matter.
    fn default() -> Self {
        let targets = Targets {
            first_reply_ms: Some(3 * MINUTE_MS),
            next_reply_ms: Some(3 * MINUTE_MS),
            resolution_ms: Some(24 * HOUR_MS),
        };
        Self { targets, queues: BTreeMap::new() }
    }
}

impl ServiceLevels {
    pub fn of(&self, queue: Option<QueueId>) -> Targets {
        queue.and_then(|queue| self.queues.get(&queue.to_string())).copied().unwrap_or(self.targets)
    }

    fn fault(&self) -> Option<&'static str> {
        let is_sound = |ms: Option<i64>| ms.is_none_or(|ms| (SHORTEST_MS..=LONGEST_MS).contains(&ms));
        let all = || std::iter::once(&self.targets).chain(self.queues.values());
        if self.queues.len() > MOST_QUEUES || self.queues.keys().any(|queue| queue.parse::<QueueId>().is_err()) {
            return Some("queues");
        }
        if !all().all(|targets| is_sound(targets.first_reply_ms)) {
            return Some("first_reply_ms");
        }
        if !all().all(|targets| is_sound(targets.next_reply_ms)) {
            return Some("next_reply_ms");
        }
        (!all().all(|targets| is_sound(targets.resolution_ms))).then_some("resolution_ms")
    }
}

pub async fn levels(desk: &Desk, shop: ShopId) -> Result<ServiceLevels> {
    let shop = desk.store.shop(shop).await?.ok_or(DeskError::NotFound)?;
    Ok(ShopSettings::of(&shop)?.service_levels)
}

/// Deadlines under way keep the time they were given.
pub async fn set_levels(desk: &Desk, by: &Staff, mut shop: Shop, levels: ServiceLevels) -> Result<()> {
    if !can(by, Some(shop.id), Permission::Supervise) {
        return Err(DeskError::NotFound);
    }
    if let Some(field) = levels.fault() {
        return Err(DeskError::invalid(field, "out_of_range"));
    }
    let mut settings = ShopSettings::of(&shop)?;
    let detail = json!(levels);
    settings.service_levels = levels;
    shop.settings = settings.to_json();
    let id = shop.id;
    desk.store.update_shop(&shop).await?;
    audit(desk, Some(by), "service_levels.changed", &id.to_string(), detail).await
}
