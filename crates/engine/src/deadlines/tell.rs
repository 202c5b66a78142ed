//! Telling of a deadline at its marks, once however many processes there are.

use domain::{
    actor::Controller,
    deadline::{DeadlineKind, MARKS},
    id::ConversationId,
    time::Timestamp,
};
use store::StoredDeadline;

use super::next_job;
use crate::{
    bus::Hint,
    desk::Desk,
    error::{DeskError, Result},
    routing,
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
            routing::missed(desk, id).await?;
        }
    }
    Ok(())
}

fn read(payload: &str) -> Option<(ConversationId, DeadlineKind, Timestamp)> {
    let mut parts = payload.split(':');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, Timestamp(parts.next()?.parse().ok()?)))
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
