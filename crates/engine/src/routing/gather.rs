//! Looking at the desk: who waits with which demands, and who is there.

use std::{collections::HashMap, sync::PoisonError};

use domain::{
    calendar::{Hours, Week},
    conversation::Conversation,
    handoff::HandoffReason,
    id::{ConversationId, QueueId, ShopId, StaffId},
    routing::{self, Demand, Server},
    time::Timestamp,
};
use store::StoredSeat;

use super::{facts, rules::Compiled};
use crate::{desk::Desk, error::Result};

/// More can't be decided on in one round; the rest has its turn when some of these were served.
pub(super) const MAX_WAITING: i64 = 10_000;
/// From this level on the shop calls a shopper important.
const VIP_LEVEL: i64 = 3;

/// What a conversation asked for was decided by: a stretch of control and a version of the plan.
pub type NeedsKey = (ConversationId, i64, i64);

/// What is found out once for each who waits.
#[derive(Debug, Clone)]
pub struct Needs {
    rules: super::rules::Outcome,
    vip: bool,
    last_agent: Option<(StaffId, Timestamp)>,
}

pub(super) struct Scene {
    pub demands: Vec<Demand>,
    pub servers: Vec<Server>,
    pub seats: Vec<StoredSeat>,
}

/// Seats are read before loads: what is given to an agent after that changes the seat, and an assignment is refused.
pub(super) async fn scene(desk: &Desk, shop: ShopId, compiled: &Compiled) -> Result<Scene> {
    let seats = desk.store.seats(shop).await?;
    let waiting = desk.store.queued(shop, MAX_WAITING).await?;
    if waiting.is_empty() {
        return Ok(Scene { demands: Vec::new(), servers: Vec::new(), seats });
    }
    let ids: Vec<StaffId> = seats.iter().map(|seat| seat.staff).collect();
    let mut loads: HashMap<StaffId, u32> = HashMap::new();
    for conversation in desk.store.held_by(&ids).await? {
        if let Some(agent) = conversation.controller().and_then(domain::actor::Controller::agent) {
            *loads.entry(agent).or_default() += routing::load_of(&conversation);
        }
    }
    let servers = seats.iter().map(|seat| server(desk, compiled, seat, &loads)).collect();
    let mut demands = Vec::with_capacity(waiting.len());
    for conversation in &waiting {
        demands.extend(demand(desk, compiled, conversation).await?);
    }
    forget_others(desk, &demands);
    Ok(Scene { demands, servers, seats })
}

fn server(desk: &Desk, compiled: &Compiled, stored: &StoredSeat, loads: &HashMap<StaffId, u32>) -> Server {
    let seat = compiled.plan.seat(stored.staff);
    let is_member = |queue: &&routing::Queue| queue.members.is_empty() || queue.members.contains(&stored.staff);
    Server {
        staff: stored.staff,
        presence: stored.presence,
        on_shift: is_on_shift(compiled, &seat.shifts, desk.now()),
        queues: compiled.plan.queues.iter().filter(is_member).map(|queue| queue.id).collect(),
        skills: seat.skills,
        languages: seat.languages,
        weight: seat.weight,
        capacity: seat.capacity,
        load: loads.get(&stored.staff).copied().unwrap_or(0),
        idle_since: stored.assigned_at.map_or(stored.presence_at, |at| at.max(stored.presence_at)),
    }
}

/// Without shifts an agent works whenever they are online.
pub(super) fn is_on_shift(compiled: &Compiled, shifts: &Week, now: Timestamp) -> bool {
    if shifts.iter().all(Vec::is_empty) {
        return true;
    }
    let hours = Hours { zone: compiled.plan.hours.zone.clone(), week: shifts.clone(), holidays: Vec::new() };
    hours.calendar().is_ok_and(|calendar| calendar.is_open(now))
}

async fn demand(desk: &Desk, compiled: &Compiled, conversation: &Conversation) -> Result<Option<Demand>> {
    let (Some(domain::actor::Controller::Queue(queue)), Some(since)) =
        (conversation.controller(), conversation.queued_since)
    else {
        return Ok(None);
    };
    let needs = needs(desk, compiled, conversation).await?;
    let limits = &compiled.plan.limits;
    // A queue that is no longer in the plan is the default one.
    let queue = compiled.plan.queue(queue).map_or(compiled.plan.queues[0].id, |queue| queue.id);
    let last_agent = match conversation.last_agent {
        Some(agent) => Some((agent, since)),
        None => needs.last_agent,
    };
    let gave_it_up = matches!(
        conversation.handoff,
        Some(HandoffReason::AgentReleased | HandoffReason::AgentSilent | HandoffReason::Transferred)
    );
    // Not at once to the one who gave it up or left it; but rather to them than to nobody.
    let is_fresh = desk.now().since_ms(since) < limits.answer_within_ms;
    let not = conversation.last_agent.filter(|_| gave_it_up && is_fresh);
    Ok(Some(Demand {
        conversation: conversation.id,
        epoch: conversation.control_epoch,
        queue,
        since,
        deadline: since.plus_ms(limits.answer_within_ms),
        skills: needs.rules.skills,
        language: conversation.language,
        vip: needs.vip,
        priority: needs.rules.priority,
        weight: routing::weight_of(conversation, needs.rules.weight),
        last_agent: last_agent.filter(|_| !gave_it_up),
        not,
    }))
}

async fn needs(desk: &Desk, compiled: &Compiled, conversation: &Conversation) -> Result<Needs> {
    let key = (conversation.id, conversation.control_epoch, compiled.version);
    let known = desk.routing.needs.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    if let Some(known) = known {
        return Ok(known);
    }
    let scope = facts::of(desk, compiled, conversation, None, None).await?;
    let needs = Needs {
        rules: compiled.needs(&scope),
        vip: scope.get("level").and_then(serde_json::Value::as_i64).unwrap_or(0) >= VIP_LEVEL,
        last_agent: desk.store.served_before(conversation.shopper, conversation.id).await?,
    };
    desk.routing.needs.lock().unwrap_or_else(PoisonError::into_inner).insert(key, needs.clone());
    Ok(needs)
}

/// Keeps the memory as large as the queues are. Shops share it, so it is only cleared when it has outgrown one.
fn forget_others(desk: &Desk, waiting: &[Demand]) {
    let mut needs = desk.routing.needs.lock().unwrap_or_else(PoisonError::into_inner);
    if needs.len() > 2 * MAX_WAITING as usize {
        let still: std::collections::HashSet<_> = waiting.iter().map(|demand| demand.conversation).collect();
        needs.retain(|(conversation, ..), _| still.contains(conversation));
    }
}

/// Whether anybody of a queue takes new conversations.
pub(super) fn is_staffed(servers: &[Server], queue: QueueId) -> bool {
    let takes = |server: &Server| server.presence == domain::staff::Presence::Online && server.on_shift;
    servers.iter().any(|server| takes(server) && server.queues.contains(&queue))
}
