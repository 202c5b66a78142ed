//! Appending to a conversation's log: events, bodies, jobs, the projection row and the trace in one transaction.

use domain::{
    conversation::{Conversation, Event, Seq},
    id::MessageId,
    trace::Trace,
};

use super::Page;
use crate::{NewJob, Result, Store};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBody {
    pub id: MessageId,
    /// A serialised domain `Body` or `HandoffCard`.
    pub json: String,
}

/// The last line of a conversation, for lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// `shopper`, `bot`, `agent` or `system`.
    pub by: &'static str,
    pub text: String,
}

#[derive(Debug)]
pub struct Append<'a> {
    /// After the events.
    pub state: &'a Conversation,
    /// The `seq` before the events; 0 creates.
    pub expected_seq: Seq,
    pub events: &'a [Event],
    pub bodies: Vec<NewBody>,
    pub jobs: Vec<NewJob>,
    pub trace: Option<Trace>,
    /// `None` leaves what is stored.
    pub memory: Option<String>,
    pub preview: Option<Preview>,
    pub page: Option<Page>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appended {
    Done,
    /// Somebody appended first, or the shopper has another open conversation. Nothing was written.
    Conflict,
    /// A client id of these events is already in the log, at `seq`. Nothing was written.
    Duplicate {
        seq: Seq,
    },
}

impl Store {
    pub async fn append(&self, append: Append<'_>) -> Result<Appended> {
        unimplemented!("{append:?}")
    }
}
