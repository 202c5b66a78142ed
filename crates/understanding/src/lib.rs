//! What a shopper means: language, intents, entities, feelings, and the question completed from context. Pure; vectors
//! come from outside, and nothing here reads a file, a clock or a network.

pub mod acts;
pub mod classifier;
pub mod emotion;
pub mod entities;
pub mod requests;
pub mod text;
