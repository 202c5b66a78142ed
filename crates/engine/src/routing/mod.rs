//! Routing at work: the plan a shop has set up, and who serves whom by it.

mod plan;

pub use plan::{calendar, plan};
