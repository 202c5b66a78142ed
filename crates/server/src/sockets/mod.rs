//! WebSockets: one task per connection, small buffers, bounded sends. What they say are hints and copies of the log;
//! nothing is true because it was sent here.

pub mod console;
mod count;
mod line;
pub mod widget;

pub use count::{Place, Sockets};
pub(crate) use line::{Heard, Line};
