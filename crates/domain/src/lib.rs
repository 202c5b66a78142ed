//! What customer service is: pure types and rules. No I/O, no clock, no randomness.

pub mod action;
pub mod actor;
pub mod article;
pub mod calendar;
pub mod conversation;
pub mod deadline;
pub mod handoff;
pub mod id;
pub mod language;
pub mod measures;
pub mod message;
pub mod phrase;
pub mod routing;
pub mod shop;
pub mod staff;
pub mod staffing;
pub mod time;
pub mod trace;
