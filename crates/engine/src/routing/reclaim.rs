//! Taking conversations back from agents who don't answer, miss a deadline, are offline or have signed out. The shopper
//! goes first in the queue's order again, with a fresh card, and not to the same agent at once; supervisors are told.

use std::collections::HashMap;

use domain::{
    actor::{Actor, Controller},
    conversation::{Command, Conversation, NewCard, ReclaimReason},
    id::{ConversationId, MessageId, ShopId, StaffId},
    staff::Presence,
};
use store::StoredSeat;

use super::{plan, round::settled, rules::Compiled};
use crate::{
    conversations::{Change, change, to_json},
    desk::Desk,
    error::{DeskError, Result},
    handoff,
    staff::supervisors,
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

/// A promise to the shopper was missed by whoever has the conversation. Only where the desk assigns: elsewhere people
/// take conversations by hand, and taking one away would only make the shopper wait longer.
pub(crate) async fn missed(desk: &Desk, id: ConversationId) -> Result<()> {
    let Some(stored) = desk.store.conversation(id).await? else { return Ok(()) };
    let conversation = stored.conversation;
    let compiled = plan::compiled(desk, conversation.shop).await?;
    let Some(agent) = conversation.controller().and_then(Controller::agent) else { return Ok(()) };
    if !compiled.plan.limits.assigns || conversation.waiting_since.is_none() {
        return Ok(());
    }
    if has_colleague(&desk.store.seats(conversation.shop).await?, agent) {
        take_back(desk, &compiled, &conversation, ReclaimReason::Silent).await?;
    }
    Ok(())
}

/// Who is late is still better than nobody: the sweep looks again when a colleague has come.
fn has_colleague<'a>(seats: impl IntoIterator<Item = &'a StoredSeat>, agent: StaffId) -> bool {
    seats.into_iter().any(|seat| seat.staff != agent && seat.presence == Presence::Online)
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
    // No longer of the team, or disabled.
    let Some(seat) = seats.get(&agent) else { return Ok(Some(ReclaimReason::SignedOut)) };
    let is_offline = seat.presence == Presence::Offline;
    let silent_ms = compiled.plan.limits.silent_ms;
    let is_silent = |since| silent_ms > 0 && desk.now().since_ms(since) >= silent_ms;
    let is_hurried = is_silent(waiting_since) && has_colleague(seats.values(), agent);
    if !is_offline && !is_hurried {
        return Ok(None);
    }
    // The wait may have begun before the agent had it.
    let had_since = desk.store.passed_at(conversation.id).await?.unwrap_or(waiting_since);
    // Who takes a conversation while they are offline means to serve it.
    if is_offline && seat.presence_at >= had_since {
        return Ok(Some(if seat.has_vanished { ReclaimReason::Offline } else { ReclaimReason::SignedOut }));
    }
    Ok((is_hurried && is_silent(had_since)).then_some(ReclaimReason::Silent))
}

async fn take_back(desk: &Desk, compiled: &Compiled, conversation: &Conversation, why: ReclaimReason) -> Result<()> {
    let card = handoff::compose(desk, conversation.id, why.handoff()).await?;
    let queue = conversation.placement.and_then(|placement| placement.queue);
    let queue = match queue.and_then(|queue| compiled.plan.queue(queue)) {
        Some(queue) => queue.id,
        None => plan::queue_for(desk, conversation, why.handoff(), &card).await?,
    };
    let supervisors = supervisors(desk, conversation.shop).await?;
    let (id, epoch) = (MessageId::from_bits(desk.ids.bits()), conversation.control_epoch);
    let json = to_json(&card)?;
    let taken = change(desk, conversation.id, |stored| {
        let mut planned = Change { supervisors: supervisors.clone(), ..Change::default() };
        // An answer in the meantime, and there is nothing to take back.
        if stored.conversation.waiting_since.is_none() {
            return Err(DeskError::Conflict);
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
