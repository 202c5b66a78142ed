//! Skills in the bot's turn: which are wanted, carrying one through, and where they come from.

mod apart;
mod aside;
mod converse;
mod deeds;
mod intents;
mod message;
pub mod rehearse;
mod request;
mod shelf;
mod tools;
mod turn;
mod view;
mod would;

pub(super) use aside::{take_up, with_later};
pub(super) use intents::{Hearing, Wanted, wanted};
pub(super) use request::{Requested, requested};
pub use shelf::{Report, Shelf, files_in, shipped};
pub(crate) use tools::order_called;
pub(crate) use turn::{Acted, has_flow};
pub(super) use turn::{begin, go_on};
pub use would::{Next, Would, would};
