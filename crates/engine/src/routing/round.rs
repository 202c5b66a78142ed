//! One round: look, decide, append. Two nodes may do it at once. An assignment names the epoch of the conversation and
//! the version of the agent's seat it was decided on; whichever node appends second is refused and looks again.

use std::collections::HashMap;

use domain::{
    actor::Actor,
    conversation::Command,
    id::{ShopId, StaffId},
    routing::{Assignment, assign, overflow},
};
use store::SeatGuard;

use super::{gather, plan};
use crate::{
    bus::Hint,
    conversations::{Change, change},
    desk::Desk,
    error::{DeskError, Result},
};

/// Gives those who wait in a shop to those who are there. Returns how many.
pub async fn round(desk: &Desk, shop: ShopId) -> Result<usize> {
    let compiled = plan::compiled(desk, shop).await?;
    if !compiled.plan.limits.assigns {
        return Ok(0);
    }
    let scene = gather::scene(desk, shop, &compiled).await?;
    let given = assign(desk.now(), &scene.demands, &scene.servers, &compiled.plan.limits);
    let mut versions: HashMap<StaffId, i64> = scene.seats.iter().map(|seat| (seat.staff, seat.version)).collect();
    let mut done = 0;
    for assignment in &given {
        let Some(version) = versions.get_mut(&assignment.agent) else { continue };
        if give(desk, shop, assignment, *version).await? {
            done += 1;
            // One's own assignment has changed the seat by one.
            *version += 1;
        }
    }
    let is_given = |id| given.iter().any(|assignment| assignment.conversation == id);
    for demand in scene.demands.iter().filter(|demand| !is_given(demand.conversation)) {
        let staffed = |queue| gather::is_staffed(&scene.servers, queue);
        if let Some(queue) = overflow(desk.now(), demand, &compiled.plan, staffed) {
            let command = Command::Overflow { queue, epoch: demand.epoch };
            let moved = change(desk, demand.conversation, |_| Ok(Change::one(Actor::System, command.clone()))).await;
            settled(moved)?;
        }
    }
    Ok(done)
}

async fn give(desk: &Desk, shop: ShopId, assignment: &Assignment, version: i64) -> Result<bool> {
    let Assignment { conversation, epoch, agent, placement } = *assignment;
    let given = change(desk, conversation, |_| {
        let mut planned = Change::one(Actor::System, Command::Assign { agent, epoch, placement });
        planned.seat = Some(SeatGuard { staff: agent, version });
        Ok(planned)
    })
    .await;
    let is_given = settled(given)?;
    if is_given {
        metrics::counter!("tandem_assignments_total").increment(1);
        desk.bus.send(Hint::Assigned { conversation, shop, agent });
    }
    Ok(is_given)
}

/// Somebody else was first, or the agent has something else by now: the next round looks again.
pub(super) fn settled<T>(outcome: Result<T>) -> Result<bool> {
    match outcome {
        Ok(_) => Ok(true),
        Err(DeskError::Refused(_) | DeskError::Conflict | DeskError::NotFound) => Ok(false),
        Err(error) => Err(error),
    }
}
