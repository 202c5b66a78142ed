//! What a shopper means: language, intents, entities, feelings, and the question completed from context. Pure; vectors
//! come from outside, and nothing here reads a file, a clock or a network.

pub mod acts;
pub mod ask;
pub mod classifier;
pub mod compliance;
pub mod context;
pub mod emotion;
pub mod entities;
pub mod handoff;
pub mod reading;
pub mod requests;
pub mod selective;
pub mod text;
