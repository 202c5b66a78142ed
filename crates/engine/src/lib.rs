//! Placeholder.

pub mod shop;
