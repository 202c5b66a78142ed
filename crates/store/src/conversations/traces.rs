//! Why the bot said what it said, as stored with the events.

use domain::{
    id::{ConversationId, TraceId},
    trace::Trace,
};

use crate::{Result, Store};

impl Store {
    pub async fn trace(&self, id: TraceId) -> Result<Option<Trace>> {
        unimplemented!("{id}")
    }

    /// The latest first.
    pub async fn traces_of(&self, conversation: ConversationId, limit: i64) -> Result<Vec<Trace>> {
        unimplemented!("{conversation} {limit}")
    }
}
