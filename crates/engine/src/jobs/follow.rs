//! Which job follows from which event.

use domain::{
    conversation::{Event, Seq},
    id::JobId,
};
use store::NewJob;

use crate::desk::Desk;

pub(super) const TURN_JOB: &str = "bot_turn";

/// The turn that answers the shopper's message at `answers`, due because of `event`.
pub(crate) fn turn_job(desk: &Desk, id: JobId, event: &Event, answers: Seq) -> NewJob {
    NewJob {
        id,
        kind: TURN_JOB,
        key: format!("{}:{}", event.conversation, event.seq),
        payload: format!("{}:{answers}", event.conversation),
        // A burst of short messages is one question.
        run_at: event.at.plus_ms(desk.limits.settle_ms),
        max_attempts: desk.limits.turn_attempts,
    }
}

/// What the payload of a turn names.
pub(super) fn read_turn(payload: &str) -> Option<(domain::id::ConversationId, domain::conversation::Seq)> {
    let (conversation, seq) = payload.split_once(':')?;
    Some((conversation.parse().ok()?, seq.parse().ok()?))
}
