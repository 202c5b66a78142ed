//! Makes things happen: conversations, the bot's turn, the queue, knowledge, the shop. Knows no HTTP.

pub mod actions;
pub mod board;
pub mod bot;
pub mod bus;
pub mod chat;
pub mod clock;
pub mod conversations;
pub mod deadlines;
pub mod desk;
pub mod error;
pub mod files;
pub mod handoff;
pub mod jobs;
pub mod library;
pub mod measures;
pub mod orders;
pub mod queue;
pub mod reader;
pub mod recommend;
pub mod review;
pub mod routing;
pub mod settings;
pub mod shop;
pub mod shoppers;
pub mod staff;
