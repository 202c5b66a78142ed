//! Skills and policies: what the bot can carry out, and what anybody may do to an order. Pure; the calls go out through
//! the caller.

pub mod expression;
pub mod fault;
pub mod policy;

pub use expression::{Expression, ExpressionError, Scope};
pub use fault::Fault;
