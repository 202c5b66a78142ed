//! Waiting: places in the queue, how long others waited, and who waits with the bot for too long.

use domain::{
    id::{ConversationId, QueueId, ShopId},
    time::Timestamp,
};

use crate::{Result, Store};

impl Store {
    /// From 1; `None` when the conversation isn't in a queue.
    pub async fn queue_position(&self, id: ConversationId) -> Result<Option<i64>> {
        unimplemented!("{id}")
    }

    /// Milliseconds from entering the queue to an agent taking over, the latest first.
    pub async fn recent_queue_waits(&self, queue: QueueId, since: Timestamp, limit: i64) -> Result<Vec<i64>> {
        unimplemented!("{queue} {since:?} {limit}")
    }

    /// Since when the one who has waited longest waits.
    pub async fn oldest_queued(&self, shops: &[ShopId]) -> Result<Option<Timestamp>> {
        unimplemented!("{shops:?}")
    }

    /// With the bot, unanswered since before `before`, longest first: the safety net.
    pub async fn waiting_with_bot(&self, before: Timestamp, limit: i64) -> Result<Vec<ConversationId>> {
        unimplemented!("{before:?} {limit}")
    }
}
