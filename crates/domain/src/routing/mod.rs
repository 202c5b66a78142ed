//! Who serves whom: what a conversation demands, who is there to serve it, and why it goes where it goes.
//! Everything here is a pure function of what is passed in.

mod assign;
mod load;
mod overflow;
mod placement;
mod plan;
#[cfg(test)]
mod properties;

pub use assign::{Assignment, Demand, MAX_HEAD_START_MS, Server, assign, due};
pub use load::{COMPLEX_WEIGHT, load_of, weight_of};
pub use overflow::overflow;
pub use placement::{Basis, Placement};
pub use plan::{
    LEAST_OFFLINE_GRACE_MS, Limits, MAX_PRIORITY, MAX_SKILLS, Overflow, Plan, PlanFault, Queue, Rule, Seat, Skill,
    USUAL_WEIGHT,
};
