//! Whole days of service from one seed: shoppers, a team, two nodes over one database, one clock, and faults, checked
//! when all is quiet. It plays the real engine on a real database; nothing of the desk is imitated here.

pub mod check;
pub mod day;
mod hints;
mod node;
pub mod plan;
mod play;
mod premises;
mod report;

pub use play::{Fault, FaultKind, Manner};
pub use premises::Premises;
pub use report::{Report, run, run_seed};
