//! What people do in a conversation, one operation per file. Every change goes through `change`.

mod change;
mod contact;
mod control;
mod note;
mod open;
mod outgoing;
mod rate;
mod read;
mod resolve;
mod see;
mod transfer;
mod visit;

pub(crate) use change::to_json;
pub use change::{Change, Changed, change};
pub use contact::{Contacted, leave_contact};
pub use control::{ask_human, choose_bot, hand_back, release, take_over};
pub use note::{NewNote, note, sees};
pub use open::{Wish, open};
pub use outgoing::{Outgoing, Sent, reply, say};
pub use rate::rate;
pub use read::mark_read;
pub(crate) use resolve::resolve_idle;
pub use resolve::{reopen, resolve};
pub(crate) use see::served_by;
pub use see::{May, may, of_shopper, of_staff};
pub use transfer::{AgentTarget, QueueTarget, Target, Targets, targets, transfer};
pub use visit::{visit, visits};
