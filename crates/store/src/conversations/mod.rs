//! Conversations: the log, and the rows made from it in the same transaction.

mod append;
mod board;
mod erase;
mod events;
#[cfg(test)]
mod full_disk;
mod inbox;
mod projection;
mod queue;
mod read;
mod routed;
mod snoozed;
mod today;
mod traces;
mod verify;

pub use append::{Append, Appended, NewBody, Preview};
pub use erase::ErasedCounts;
pub use events::StoredEvent;
pub(crate) use events::load as load_events;
pub use inbox::{InboxCounts, InboxFilter, InboxPage, InboxRow, InboxView};
pub use queue::QueueWait;
pub use read::{Page, ReadMarks, Side, Stored};
pub use routed::{ControlEvent, Stay};
pub use today::TodayCounts;
pub use verify::Difference;
