//! Measuring service: rounds and episodes are folded from a conversation's log, and every measure is a named
//! definition over them. Nothing here reads a clock or draws a number; docs/measures.md is the reader's page.

mod bootstrap;
mod compute;
mod definition;
mod episode;
mod estimate;
mod handling;
mod record;
mod round;
mod survival;
#[cfg(test)]
mod tests;
mod words;

pub use bootstrap::bootstrap_by_subject;
pub use compute::{Audit, Of, Subjects, measure};
pub use definition::{Counts, Hours, Measure, Unit};
pub use episode::{EndedBy, Episode, EpisodeEnd, LONG_RETURN_MS, Return};
pub use estimate::{Interval, Value, prediction_powered, wilson};
pub use record::{Past, Record, Records, Told, is_measured};
pub use round::{Answer, AnswerBy, AskedOf, Round};
pub use survival::Survival;
pub use words::Ask;
