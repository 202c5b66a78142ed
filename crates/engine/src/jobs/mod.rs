//! Durable work that follows from events, and the workers that do it.

mod follow;
mod work;

pub(crate) use follow::turn_job;
pub use work::start;
pub use work::{drain, run_once, sweep};
