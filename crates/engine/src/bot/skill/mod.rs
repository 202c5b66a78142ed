//! Skills in the bot's turn: which are wanted, carrying one through, and where they come from.

mod converse;
mod deeds;
mod intents;
mod message;
pub mod rehearse;
mod shelf;
mod tools;
mod turn;
mod view;

pub(super) use intents::{Wanted, wanted};
pub use shelf::{Report, Shelf, files_in, shipped};
pub(super) use turn::{Acted, begin, go_on, has_flow};
