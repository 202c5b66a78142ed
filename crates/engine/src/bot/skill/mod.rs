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
pub(crate) use tools::order_called;
pub(crate) use turn::{Acted, has_flow};
pub(super) use turn::{begin, go_on};
