//! Stored events: a kind, a version and JSON. What was ever stored stays readable.

use domain::{
    conversation::{Event, Seq},
    id::{ConversationId, MessageId},
};

use crate::{Result, Store};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    pub event: Event,
    /// JSON of the body the fact points to.
    pub body: Option<String>,
}

impl Store {
    /// Up to `limit` events after `after`, ascending and without holes.
    pub async fn events(&self, id: ConversationId, after: Seq, limit: i64) -> Result<Vec<StoredEvent>> {
        unimplemented!("{id} {after} {limit}")
    }

    /// The message a sender's own id has become.
    pub async fn event_by_client(&self, id: ConversationId, client: &str) -> Result<Option<(Seq, MessageId)>> {
        unimplemented!("{id} {client}")
    }
}
