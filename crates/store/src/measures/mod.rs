//! What service is measured by: rounds and episodes, written with the events they follow from.
//!
//! In the append's transaction and not by a job: they are then never stale, can't be lost, and cost one read and two
//! or three small writes, where a job would cost three writes and a second reading of the log.

mod read;
mod rebuild;
mod write;

pub use rebuild::MeasureFault;
pub(crate) use write::{forget, note};
