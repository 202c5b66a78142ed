//! The merchant's people: who they are, how they sign in, and what they did.

mod audit;
mod sign_ins;
mod staff;

pub(crate) use audit::insert as insert_audit;
pub use audit::{AuditPage, AuditRow, NewAudit};
pub use sign_ins::SignIn;
pub use staff::{AgentRow, Grant, Staff};
pub(crate) use staff::{presence, serving_roles};
