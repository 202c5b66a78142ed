//! Telling of a deadline at its marks, once however many processes there are; and taking a conversation back from an
//! agent who missed it.

use domain::{
    actor::{Actor, Controller},
    conversation::{Command, NewCard, ReclaimReason},
    deadline::{DeadlineKind, MARKS},
    id::{ConversationId, MessageId},
    time::Timestamp,
};
use store::StoredDeadline;

use super::next_job;
use crate::{
    bus::Hint,
    conversations::{Change, change},
    desk::Desk,
    error::{DeskError, Result},
    handoff, routing,
};

pub(crate) const DEADLINE_JOB: &str = "deadline";

pub(crate) async fn perform(desk: &Desk, payload: &str) -> Result<()> {
    let (id, kind, started_at) = read(payload).ok_or(DeskError::Internal("a job without a deadline"))?;
    let Some(stored) = running(desk, id, kind, started_at).await? else { return Ok(()) };
    let Some(state) = desk.store.conversation(id).await?.map(|stored| stored.conversation) else { return Ok(()) };
    let calendar = routing::calendar(desk, state.shop).await?;
    let now = desk.now();
    let passed = stored.deadline.mark_at(now, &calendar);
    // After a restart several may have passed at once: each is written down, the highest is told of.
    let mut told = false;
    for mark in MARKS.into_iter().filter(|mark| *mark > stored.mark && *mark <= passed) {
        told |= desk.store.mark_deadline(id, kind, started_at, mark, now).await?;
    }
    // Before the hint: when this fails, the job is done again and finds the marks it still has to see to.
    if let Some(job) = next_job(desk, id, &stored.deadline, passed.max(stored.mark), &calendar) {
        desk.store.enqueue(&job).await?;
    }
    if told {
        let agent = state.controller().and_then(Controller::agent);
        desk.bus.send(Hint::Deadline { conversation: id, shop: state.shop, agent, percent: passed });
        desk.bus.send(Hint::Inbox { shop: state.shop });
        if passed >= 100 && kind != DeadlineKind::Resolution {
            take_back(desk, id).await?;
        }
    }
    Ok(())
}

fn read(payload: &str) -> Option<(ConversationId, DeadlineKind, Timestamp)> {
    let mut parts = payload.split(':');
    let id = parts.next()?.parse().ok()?;
    let kind = match parts.next()? {
        "first_reply" => DeadlineKind::FirstReply,
        "next_reply" => DeadlineKind::NextReply,
        "resolution" => DeadlineKind::Resolution,
        _ => return None,
    };
    Some((id, kind, Timestamp(parts.next()?.parse().ok()?)))
}

async fn running(
    desk: &Desk,
    id: ConversationId,
    kind: DeadlineKind,
    started_at: Timestamp,
) -> Result<Option<StoredDeadline>> {
    let all = desk.store.running_deadlines(&[id]).await?.remove(&id).unwrap_or_default();
    Ok(all.into_iter().find(|stored| stored.deadline.kind == kind && stored.deadline.started_at == started_at))
}

/// Back into the queue, where the shop lets the desk assign: elsewhere people take conversations by hand, and taking
/// one away would only make the shopper wait longer.
async fn take_back(desk: &Desk, id: ConversationId) -> Result<()> {
    let Some(stored) = desk.store.conversation(id).await? else { return Ok(()) };
    let state = stored.conversation;
    if state.controller().and_then(Controller::agent).is_none() || state.waiting_since.is_none() {
        return Ok(());
    }
    let plan = routing::plan(desk, state.shop).await?;
    if !plan.limits.assigns {
        return Ok(());
    }
    let why = ReclaimReason::Silent;
    let card = handoff::compose(desk, id, why.handoff()).await?;
    let queue = routing::queue_for(desk, &state, why.handoff(), &card).await?;
    let body = MessageId::from_bits(desk.ids.bits());
    let taken = change(desk, id, |now| {
        if now.conversation.waiting_since.is_none() {
            return Err(DeskError::Conflict);
        }
        let new = NewCard { card: body, emotion: card.emotion.level };
        let command =
            Command::Reclaim { to: Controller::Queue(queue), epoch: state.control_epoch, why, card: Some(new) };
        Change::one(Actor::System, command).with_body(body, &card)
    })
    .await;
    match taken {
        // Answered or taken by somebody in the meantime: nothing is left to take back.
        Ok(_) | Err(DeskError::Refused(_) | DeskError::Conflict) => Ok(()),
        Err(error) => Err(error),
    }
}
