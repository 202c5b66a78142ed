//! The plan of a shop: as it was set up, or one queue for everybody at the shop's hours.

use domain::{
    calendar::{Calendar, Hours},
    id::ShopId,
    language::Bilingual,
    routing::Plan,
};
use store::Shop;

use crate::{
    desk::Desk,
    error::{DeskError, Result},
    settings::ShopSettings,
};

/// What people call the queue of a shop that has only one.
const DEFAULT_QUEUE: (&str, &str) = ("客服", "Customer service");

pub async fn plan(desk: &Desk, shop: ShopId) -> Result<Plan> {
    Ok(load(desk, shop).await?.1)
}

/// When a shop's people are there.
pub async fn calendar(desk: &Desk, shop: ShopId) -> Result<Calendar> {
    let plan = plan(desk, shop).await?;
    plan.hours.calendar().map_err(|_| DeskError::Internal("the shop's hours can't be read"))
}

/// With its version; 0 when none was set up.
pub(super) async fn load(desk: &Desk, shop: ShopId) -> Result<(i64, Plan)> {
    if let Some(stored) = desk.store.routing_plan(shop).await? {
        let corrupt = |source| DeskError::Corrupt { what: "a routing plan", source };
        return Ok((stored.version, serde_json::from_str(&stored.json).map_err(corrupt)?));
    }
    let shop = desk.store.shop(shop).await?.ok_or(DeskError::NotFound)?;
    Ok((0, simple(&shop)?))
}

fn simple(shop: &Shop) -> Result<Plan> {
    let settings = ShopSettings::of(shop)?;
    let hours = Hours::daily(&settings.time_zone, settings.opens_minute, settings.closes_minute);
    Ok(Plan::simple(hours, shop.queue, Bilingual::new(DEFAULT_QUEUE.0, DEFAULT_QUEUE.1)))
}
