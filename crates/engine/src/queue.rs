//! Where a waiting shopper stands, and an honest estimate of how long it takes.

use domain::{
    actor::Controller,
    conversation::Conversation,
    time::{DAY_MS, Timestamp},
};

use crate::{desk::Desk, error::Result};

/// Waits looked at for the estimate: enough for a median, recent enough to mean something.
const RECENT_WAITS: i64 = 50;
const RECENT_MS: i64 = DAY_MS;
/// With fewer waits than this an estimate would be a guess, and none is shown.
const FEWEST_WAITS: usize = 3;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// 1 is next.
    pub position: i64,
    pub waiting_since: Timestamp,
    pub estimate_ms: Option<i64>,
    pub agents_online: i64,
}

/// `None` when the conversation doesn't wait in a queue.
pub async fn place(desk: &Desk, conversation: &Conversation) -> Result<Option<Place>> {
    let (Some(Controller::Queue(queue)), Some(waiting_since)) = (conversation.controller(), conversation.queued_since)
    else {
        return Ok(None);
    };
    let Some(position) = desk.store.queue_position(conversation.id).await? else { return Ok(None) };
    let since = desk.now().minus_ms(RECENT_MS);
    let waits = desk.store.recent_queue_waits(queue, since, RECENT_WAITS).await?;
    let agents_online = desk.store.agents_online(conversation.shop).await?;
    let waited_ms = desk.now().since_ms(waiting_since);
    let estimate_ms = if agents_online > 0 { estimate(waits, waited_ms) } else { None };
    Ok(Some(Place { position, waiting_since, estimate_ms, agents_online }))
}

/// The median of recent waits that were longer than this one already is, less what has been waited.
fn estimate(mut waits: Vec<i64>, waited_ms: i64) -> Option<i64> {
    if waits.len() < FEWEST_WAITS {
        return None;
    }
    waits.retain(|wait| *wait > waited_ms);
    waits.sort_unstable();
    waits.get(waits.len() / 2).map(|median| median - waited_ms)
}

#[cfg(test)]
mod tests {
    use super::estimate;

    #[test]
    fn estimates_from_the_waits_of_others() {
        assert_eq!(estimate(vec![10, 20], 0), None);
        assert_eq!(estimate(vec![30, 10, 20], 0), Some(20));
        // Having waited 15 already, only 20 and 30 tell something.
        assert_eq!(estimate(vec![30, 10, 20], 15), Some(15));
        assert_eq!(estimate(vec![30, 10, 20], 40), None);
    }
}
