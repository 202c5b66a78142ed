//! The plan of a shop: as it was set up, or one queue for everybody at the shop's hours.

use std::sync::{Arc, PoisonError};

use domain::{
    calendar::{Calendar, Hours},
    conversation::Conversation,
    handoff::{HandoffCard, HandoffReason},
    id::{QueueId, ShopId},
    language::Bilingual,
    routing::Plan,
    staff::Permission,
};
use store::{Shop, Staff, StoredPlan};

use super::{facts, rules::Compiled};
use crate::{
    desk::Desk,
    error::{DeskError, Fault, Result},
    settings::ShopSettings,
    staff::{audit, can},
};

/// What people call the queue of a shop that has only one.
const DEFAULT_QUEUE: (&str, &str) = ("客服", "Customer service");

/// A plan and the version it has; 0 when none was set up.
#[derive(Debug, Clone)]
pub struct Planned {
    pub version: i64,
    pub plan: Plan,
}

pub async fn plan(desk: &Desk, shop: ShopId) -> Result<Plan> {
    Ok(load(desk, shop).await?.plan)
}

/// When a shop's people are there.
pub async fn calendar(desk: &Desk, shop: ShopId) -> Result<Calendar> {
    Ok(compiled(desk, shop).await?.calendar.clone())
}

/// For whoever works in the shop: agents see why a conversation came to them.
pub async fn read(desk: &Desk, shop: ShopId, staff: &Staff) -> Result<Planned> {
    let works_there = staff.grants.iter().any(|grant| grant.shop == shop);
    if works_there { load(desk, shop).await } else { Err(DeskError::NotFound) }
}

/// Supervisors arrange people, operators rules and hours; both may save the plan.
pub(super) fn may_plan(staff: &Staff, shop: ShopId) -> Result<()> {
    let may = |permission| can(staff, Some(shop), permission);
    let works_there = staff.grants.iter().any(|grant| grant.shop == shop);
    match works_there {
        true if may(Permission::Supervise) || may(Permission::WriteKnowledge) => Ok(()),
        true => Err(DeskError::Forbidden),
        false => Err(DeskError::NotFound),
    }
}

/// Replaces the plan; `Conflict` when somebody else has saved since `version`.
pub async fn save(desk: &Desk, shop: ShopId, staff: &Staff, version: i64, plan: &Plan) -> Result<Planned> {
    may_plan(staff, shop)?;
    check(desk, shop, plan).await?;
    let json = crate::conversations::to_json(plan)?;
    if !desk.store.save_routing_plan(shop, version, &json, desk.now()).await? {
        return Err(DeskError::Conflict);
    }
    let detail = serde_json::json!({ "version": version + 1, "queues": plan.queues.len(), "rules": plan.rules.len() });
    audit(desk, Some(staff), "routing.changed", &shop.to_string(), detail).await?;
    desk.bus.send(crate::bus::Hint::Inbox { shop });
    load(desk, shop).await
}

/// What is wrong with it, if anything: its own rules, people who don't work here, queues somebody still waits in.
pub(super) async fn check(desk: &Desk, shop: ShopId, plan: &Plan) -> Result<()> {
    let known = desk.store.shop(shop).await?.ok_or(DeskError::NotFound)?;
    let of_plan = plan.faults(known.queue).into_iter().map(|fault| Fault { field: fault.field, code: fault.code });
    let mut faults: Vec<Fault> = of_plan.collect();
    if let Err(fault) = Compiled::new(0, plan.clone()) {
        faults.push(fault);
    }
    let seats = desk.store.seats(shop).await?;
    let serves = |staff| seats.iter().any(|seat| seat.staff == staff);
    if !plan.queues.iter().flat_map(|queue| &queue.members).all(|member| serves(*member)) {
        faults.push(Fault { field: "queues.members", code: "unknown" });
    }
    for waiting in desk.store.queues_in_use(shop).await? {
        if plan.queue(waiting).is_none() {
            faults.push(Fault { field: "queues", code: "in_use" });
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(DeskError::Invalid(faults)) }
}

pub(super) async fn load(desk: &Desk, shop: ShopId) -> Result<Planned> {
    if let Some(stored) = desk.store.routing_plan(shop).await? {
        return Ok(Planned { version: stored.version, plan: read_stored(&stored)? });
    }
    let shop = desk.store.shop(shop).await?.ok_or(DeskError::NotFound)?;
    Ok(Planned { version: 0, plan: simple(&shop)? })
}

/// With its rules compiled, from memory while nothing was saved.
pub(super) async fn compiled(desk: &Desk, shop: ShopId) -> Result<Arc<Compiled>> {
    match desk.store.routing_plan(shop).await? {
        Some(stored) => compiled_stored(desk, shop, &stored),
        None => compiled_simple(desk, &desk.store.shop(shop).await?.ok_or(DeskError::NotFound)?),
    }
}

/// The same for a shop that has been read already.
pub(crate) async fn compiled_of(desk: &Desk, shop: &Shop) -> Result<Arc<Compiled>> {
    match desk.store.routing_plan(shop.id).await? {
        Some(stored) => compiled_stored(desk, shop.id, &stored),
        None => compiled_simple(desk, shop),
    }
}

fn known(desk: &Desk, shop: ShopId) -> Option<Arc<Compiled>> {
    desk.routing.plans.lock().unwrap_or_else(PoisonError::into_inner).get(&shop).cloned()
}

/// A version is never saved twice, so the number tells whether the plan is known.
fn compiled_stored(desk: &Desk, shop: ShopId, stored: &StoredPlan) -> Result<Arc<Compiled>> {
    match known(desk, shop).filter(|known| known.version == stored.version) {
        Some(known) => Ok(known),
        None => compile(desk, shop, stored.version, read_stored(stored)?),
    }
}

fn compiled_simple(desk: &Desk, shop: &Shop) -> Result<Arc<Compiled>> {
    let plan = simple(shop)?;
    match known(desk, shop.id).filter(|known| known.version == 0 && known.plan == plan) {
        Some(known) => Ok(known),
        None => compile(desk, shop.id, 0, plan),
    }
}

fn compile(desk: &Desk, shop: ShopId, version: i64, plan: Plan) -> Result<Arc<Compiled>> {
    let unreadable = |_| DeskError::Internal("a stored routing rule can't be read");
    let compiled = Arc::new(Compiled::new(version, plan).map_err(unreadable)?);
    desk.routing.plans.lock().unwrap_or_else(PoisonError::into_inner).insert(shop, compiled.clone());
    Ok(compiled)
}

/// The queue in which a conversation is to wait.
pub(crate) async fn queue_for(
    desk: &Desk,
    conversation: &Conversation,
    reason: HandoffReason,
    card: &HandoffCard,
) -> Result<QueueId> {
    let compiled = compiled(desk, conversation.shop).await?;
    let scope = facts::of(desk, &compiled, conversation, Some(reason), Some(card)).await?;
    Ok(compiled.needs(&scope).queue)
}

fn read_stored(stored: &StoredPlan) -> Result<Plan> {
    serde_json::from_str(&stored.json).map_err(|source| DeskError::Corrupt { what: "a routing plan", source })
}

fn simple(shop: &Shop) -> Result<Plan> {
    let settings = ShopSettings::of(shop)?;
    let hours = Hours::daily(&settings.time_zone, settings.opens_minute, settings.closes_minute);
    let mut plan = Plan::simple(hours, shop.queue, Bilingual::new(DEFAULT_QUEUE.0, DEFAULT_QUEUE.1));
    plan.limits.assigns = shop.assigns;
    Ok(plan)
}
