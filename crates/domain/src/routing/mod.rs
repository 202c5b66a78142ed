//! Who serves whom: what a conversation demands, who is there to serve it, and why it goes where it goes.
//! Everything here is a pure function of what is passed in.

mod placement;
mod plan;

pub use placement::{Basis, Placement};
pub use plan::{
    Limits, MAX_PRIORITY, MAX_SKILLS, Overflow, Plan, PlanFault, Queue, Rule, Seat, Skill, USUAL_WEIGHT,
};
