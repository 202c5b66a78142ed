//! Noticing, deciding and proving: events, the state of a person, triggers, the gate and experiments. Pure: no I/O, no
//! clock, no randomness.

pub mod condition;
pub mod event;
pub mod experiment;
pub mod gate;
pub mod need;
pub mod person;
pub mod shard;
pub mod trigger;
mod written;
