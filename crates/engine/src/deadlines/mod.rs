//! Deadlines at work: which apply in a shop, what an append does to them, and telling of them in time.

mod levels;
mod tell;

pub use levels::{ServiceLevels, levels, set_levels};
pub(crate) use tell::{DEADLINE_JOB, perform};

use domain::{
    actor::Controller,
    calendar::Calendar,
    conversation::{Conversation, Event},
    deadline::{Deadline, DeadlineKind, MARKS, follow, may_follow},
    id::{ConversationId, JobId},
    time::Timestamp,
};
use store::{NewDeadline, NewJob};

use crate::{
    desk::Desk,
    error::{DeskError, Result},
    routing,
    settings::ShopSettings,
};

/// A mark that could not be told of is tried again; the next mark, or the end, makes up for it.
const ATTEMPTS: i64 = 5;

/// What an append does to the deadlines, and the jobs that tell of them.
pub(crate) async fn plan(
    desk: &Desk,
    before: &Conversation,
    after: &Conversation,
    events: &[Event],
) -> Result<(Vec<NewDeadline>, Vec<NewJob>)> {
    // The bot has no deadlines: the safety net looks after it. Most of what happens changes none, and reads nothing here.
    if !may_follow(before, after, events) {
        return Ok((Vec::new(), Vec::new()));
    }
    let running = desk.store.running_deadlines(&[after.id]).await?.remove(&after.id).unwrap_or_default();
    let running: Vec<Deadline> = running.into_iter().map(|stored| stored.deadline).collect();
    let shop = desk.store.shop(after.shop).await?.ok_or(DeskError::NotFound)?;
    let calendar = routing::compiled_of(desk, &shop).await?.calendar.clone();
    let queue = match after.controller() {
        Some(Controller::Queue(queue)) => Some(queue),
        _ => None,
    };
    let targets = ShopSettings::of(&shop)?.service_levels.of(queue);
    let changed = follow(&running, before, after, events, &targets, &calendar);
    let jobs = changed.iter().filter_map(|deadline| next_job(desk, after.id, deadline, 0, &calendar)).collect();
    let new = changed
        .into_iter()
        .map(|deadline| NewDeadline {
            due_at: deadline.due_at(&calendar),
            step: step_of(&deadline, running.iter().any(|known| is_same(known, &deadline))),
            deadline,
        })
        .collect();
    Ok((new, jobs))
}

fn is_same(a: &Deadline, b: &Deadline) -> bool {
    a.kind == b.kind && a.started_at == b.started_at
}

fn step_of(deadline: &Deadline, is_known: bool) -> &'static str {
    match (deadline.ended, deadline.running_since) {
        (Some((_, outcome)), _) => outcome.as_str(),
        (None, None) => "paused",
        (None, Some(_)) if is_known => "resumed",
        (None, Some(_)) => "started",
    }
}

/// The job for the first mark above `told`. Its key names the moment, so that a pause in between makes a new job and
/// two processes make the same.
fn next_job(desk: &Desk, id: ConversationId, deadline: &Deadline, told: u8, calendar: &Calendar) -> Option<NewJob> {
    let (mark, at) = MARKS
        .into_iter()
        .filter(|mark| *mark > told)
        .find_map(|mark| Some((mark, deadline.at_percent(mark, calendar)?)))?;
    let named = payload(id, deadline.kind, deadline.started_at);
    Some(NewJob {
        id: JobId::from_bits(desk.ids.bits()),
        kind: DEADLINE_JOB,
        key: format!("{named}:{mark}:{}", at.0),
        payload: named,
        run_at: at,
        max_attempts: ATTEMPTS,
    })
}

fn payload(id: ConversationId, kind: DeadlineKind, started_at: Timestamp) -> String {
    format!("{id}:{}:{}", kind.as_str(), started_at.0)
}
