//! What travels over HTTP and sockets, as the OpenAPI document describes it. Types named like those of `domain` only
//! describe them (a test holds both equal); the others are made here. Nothing here decides anything.

pub mod actions;
pub mod articles;
pub mod basics;
pub mod bodies;
pub mod bot_settings;
pub mod cards;
pub mod chat_model;
pub mod compliance;
pub mod conversations;
pub mod deeds;
pub mod events;
pub mod guarantee;
pub mod handoff;
pub mod measures;
pub mod people;
pub mod policies;
pub mod problems;
pub mod routing;
pub mod shop;
pub mod skills;
pub mod traces;
pub mod workspace;

#[cfg(test)]
mod same_shape;
