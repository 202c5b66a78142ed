//! Where a waiting shopper stands, an honest estimate of how long it takes, and when people are back.

use domain::{
    actor::Controller,
    conversation::Conversation,
    id::{QueueId, ShopId},
    staff::Presence,
    time::{DAY_MS, Timestamp},
};
use store::QueueWait;

use crate::{desk::Desk, error::Result, handoff::Wait, routing};

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
    /// Those who serve this queue.
    pub agents_online: i64,
    /// Outside business hours: when they begin again.
    pub back_at: Option<Timestamp>,
}

/// `None` when the conversation neither waits in a queue nor has a place kept in one.
pub async fn place(desk: &Desk, conversation: &Conversation) -> Result<Option<Place>> {
    let now = desk.now();
    let (queue, waiting_since, position) = match (conversation.controller(), conversation.queued_since) {
        (Some(Controller::Queue(queue)), Some(since)) => {
            let Some(position) = desk.store.queue_position(conversation.id).await? else { return Ok(None) };
            (queue, since, position)
        }
        (Some(Controller::Bot), _) => match conversation.place_kept_at(now) {
            Some(kept) => (kept.queue, kept.since, desk.store.queue_place(kept.queue, kept.since).await?),
            None => return Ok(None),
        },
        _ => return Ok(None),
    };
    let (agents_online, back_at) = who_is_there(desk, conversation.shop, queue).await?;
    let waits = desk.store.recent_queue_waits(queue, now.minus_ms(RECENT_MS), RECENT_WAITS).await?;
    let estimate_ms = estimate(&waits, now.since_ms(waiting_since), agents_online);
    Ok(Some(Place { position, waiting_since, estimate_ms, agents_online, back_at }))
}

/// How long somebody who joins now is likely to wait. Unknown while nobody is there, or people are but nobody has
/// waited lately and somebody does now.
pub async fn expected(desk: &Desk, shop: &store::Shop) -> Result<Wait> {
    let (agents_online, _) = who_is_there(desk, shop.id, shop.queue).await?;
    if agents_online == 0 {
        return Ok(Wait::default());
    }
    let oldest = desk.store.oldest_queued(&[shop.id]).await?;
    let waited_ms = oldest.map_or(0, |since| desk.now().since_ms(since));
    let since = desk.now().minus_ms(RECENT_MS);
    let recent = desk.store.recent_queue_waits(shop.queue, since, RECENT_WAITS).await?;
    // Nobody waits: whoever comes is next.
    let expected_ms =
        if oldest.is_none() { Some(0) } else { estimate(&recent, 0, agents_online).map(|usual| usual.max(waited_ms)) };
    Ok(Wait { agents_online, expected_ms: expected_ms.or(Some(waited_ms)) })
}

async fn who_is_there(desk: &Desk, shop: ShopId, queue: QueueId) -> Result<(i64, Option<Timestamp>)> {
    let plan = routing::plan(desk, shop).await?;
    let members = plan.queue(queue).map(|queue| queue.members.clone()).unwrap_or_default();
    let seats = desk.store.seats(shop).await?;
    let serves = |seat: &&store::StoredSeat| members.is_empty() || members.contains(&seat.staff);
    let online = seats.iter().filter(serves).filter(|seat| seat.presence == Presence::Online).count() as i64;
    let now = desk.now();
    let opens = plan.hours.calendar().ok().and_then(|calendar| calendar.next_open(now));
    Ok((online, opens.filter(|opens| *opens > now)))
}

/// The median of recent waits that were longer than this one already is, less what has been waited. A wait that ended
/// with twice as many agents there would have been twice as long with those who are there now.
fn estimate(waits: &[QueueWait], waited_ms: i64, agents: i64) -> Option<i64> {
    if waits.len() < FEWEST_WAITS || agents == 0 {
        return None;
    }
    let now = |wait: &QueueWait| match wait.agents {
        Some(then) if then > 0 => wait.wait_ms.saturating_mul(then) / agents,
        _ => wait.wait_ms,
    };
    let mut waits: Vec<i64> = waits.iter().map(now).filter(|wait| *wait > waited_ms).collect();
    waits.sort_unstable();
    waits.get(waits.len() / 2).map(|median| median - waited_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(all: &[i64]) -> Vec<QueueWait> {
        all.iter().map(|wait_ms| QueueWait { wait_ms: *wait_ms, agents: None }).collect()
    }

    #[test]
    fn estimates_from_the_waits_of_others() {
        assert_eq!(estimate(&waits(&[10, 20]), 0, 1), None);
        assert_eq!(estimate(&waits(&[30, 10, 20]), 0, 1), Some(20));
        // Having waited 15 already, only 20 and 30 tell something.
        assert_eq!(estimate(&waits(&[30, 10, 20]), 15, 1), Some(15));
        assert_eq!(estimate(&waits(&[30, 10, 20]), 40, 1), None);
        // Nobody is there: unknown.
        assert_eq!(estimate(&waits(&[30, 10, 20]), 0, 0), None);
    }

    #[test]
    fn fewer_agents_take_longer() {
        let with_four: Vec<_> =
            waits(&[30, 10, 20]).into_iter().map(|wait| QueueWait { agents: Some(4), ..wait }).collect();
        assert_eq!(estimate(&with_four, 0, 4), Some(20));
        assert_eq!(estimate(&with_four, 0, 2), Some(40));
    }
}
