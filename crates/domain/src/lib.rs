//! What customer service is: pure types and rules. No I/O, no clock, no randomness.

pub mod article;
pub mod id;
pub mod language;
pub mod shop;
pub mod time;
