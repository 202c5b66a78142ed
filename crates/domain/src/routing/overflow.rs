//! Going on waiting somewhere else: after a time, where somebody is there.

use super::{Demand, Plan};
use crate::{id::QueueId, time::Timestamp};

/// Where a conversation goes on waiting; `None` leaves it. The wait is the whole one, so a chain of queues is walked at
/// the times the queues say. `is_staffed` tells whether somebody of a queue takes new conversations.
pub fn overflow(now: Timestamp, demand: &Demand, plan: &Plan, is_staffed: impl Fn(QueueId) -> bool) -> Option<QueueId> {
    let overflow = plan.queue(demand.queue)?.overflow?;
    let waited = now.since_ms(demand.since);
    // Nobody is there, so waiting on makes no sense; but only where somebody else is.
    let is_due = waited >= overflow.after_ms;
    (is_due && is_staffed(overflow.to)).then_some(overflow.to)
}
