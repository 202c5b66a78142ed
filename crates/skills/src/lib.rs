//! Skills and policies: what the bot can carry out, and what anybody may do to an order. Pure; the calls go out through
//! the caller.

pub mod expression;
pub mod fault;
pub mod load;
pub mod policy;
pub mod run;
pub mod shape;
pub mod skill;
pub mod template;
pub mod test;
pub mod tool;
pub mod words;

pub use expression::{Expression, ExpressionError, Scope};
pub use fault::Fault;
pub use load::{Skills, Source, load, read};
pub use run::{Effect, Input, Message, Outcome, Progress, Said, Scene, Then, advance};
pub use skill::{Group, Skill};
