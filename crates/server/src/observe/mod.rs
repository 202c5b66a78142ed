//! What operators see: logs, metrics, health. Must not write message bodies or secrets anywhere.

pub mod health;
pub mod log;
pub mod metrics;
pub mod request;
