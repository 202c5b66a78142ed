//! Taking conversations back from agents who don't answer, are offline or have signed out. The shopper goes first in
//! the queue's order again, with a fresh card, and not to the same agent at once.

use std::collections::HashMap;

use domain::{
    actor::{Actor, Controller},
    conversation::{Command, Conversation, NewCard, ReclaimReason},
    id::{MessageId, ShopId, StaffId},
    staff::Presence,
};
use store::StoredSeat;

use super::{plan, round::settled, rules::Compiled};
use crate::{
    conversations::{Change, change, to_json},
    desk::Desk,
    error::Result,
    handoff,
};

pub(super) async fn sweep(desk: &Desk, shop: ShopId) -> Result<()> {
    let compiled = plan::compiled(desk, shop).await?;
    if !compiled.plan.limits.assigns {
        return Ok(());
    }
    let seats: HashMap<StaffId, StoredSeat> =
        desk.store.seats(shop).await?.into_iter().map(|seat| (seat.staff, seat)).collect();
    for conversation in desk.store.held_in(shop).await? {
        if let Some(why) = why(desk, &compiled, &seats, &conversation).await? {
            take_back(desk, &compiled, &conversation, why).await?;
        }
    }
    Ok(())
}

/// Only while the shopper waits: an agent who comes back later finds the others as they were.
async fn why(
    desk: &Desk,
    compiled: &Compiled,
    seats: &HashMap<StaffId, StoredSeat>,
    conversation: &Conversation,
) -> Result<Option<ReclaimReason>> {
    let (Some(agent), Some(waiting_since)) =
        (conversation.controller().and_then(Controller::agent), conversation.waiting_since)
    else {
        return Ok(None);
    };
    match seats.get(&agent) {
        Some(seat) if seat.presence == Presence::Offline => {
            return Ok(Some(if seat.has_vanished { ReclaimReason::Offline } else { ReclaimReason::SignedOut }));
        }
        // No longer of the team, or disabled.
        None => return Ok(Some(ReclaimReason::SignedOut)),
        Some(_) => {}
    }
    let silent_ms = compiled.plan.limits.silent_ms;
    let is_silent = |since| desk.now().since_ms(since) >= silent_ms;
    if silent_ms == 0 || !is_silent(waiting_since) {
        return Ok(None);
    }
    // The wait may have begun before the agent had it.
    let had_since = desk.store.passed_at(conversation.id).await?.unwrap_or(waiting_since);
    Ok(is_silent(had_since).then_some(ReclaimReason::Silent))
}

async fn take_back(desk: &Desk, compiled: &Compiled, conversation: &Conversation, why: ReclaimReason) -> Result<()> {
    let card = handoff::compose(desk, conversation.id, why.handoff()).await?;
    let queue = conversation.placement.and_then(|placement| placement.queue);
    let queue = match queue.and_then(|queue| compiled.plan.queue(queue)) {
        Some(queue) => queue.id,
        None => plan::queue_for(desk, conversation, why.handoff(), &card).await?,
    };
    let (id, epoch) = (MessageId::from_bits(desk.ids.bits()), conversation.control_epoch);
    let json = to_json(&card)?;
    let taken = change(desk, conversation.id, |stored| {
        let mut planned = Change::default();
        // An answer in the meantime, and there is nothing to take back.
        if stored.conversation.waiting_since.is_none() {
            return Err(crate::error::DeskError::Conflict);
        }
        let card = Some(NewCard { card: id, emotion: card.emotion.level });
        let command = Command::Reclaim { to: Controller::Queue(queue), epoch, why, card };
        planned.commands.push((Actor::System, command));
        planned.bodies.push(store::NewBody { id, json: json.clone() });
        Ok(planned)
    })
    .await;
    if settled(taken)? {
        tracing::info!(conversation = %conversation.id, why = why.as_str(), "taken back from its agent");
    }
    Ok(())
}
