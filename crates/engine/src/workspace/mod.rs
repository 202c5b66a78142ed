//! What surrounds an agent's conversations: sorting them, notes and notices to colleagues, tasks, drafts, the check of
//! what is about to be said.

mod check;
mod drafts;
pub(crate) mod notices;
mod sort;
mod summary;
mod tasks;

pub use check::check_words;
pub use drafts::{ColleagueDraft, DraftToSave, drafts, save_draft, want_draft};
pub use notices::{MAX_NOTICES, notices, see};
pub(crate) use sort::wake_due;
pub use sort::{snooze, tag, untag, wake};
pub use summary::summary;
pub(crate) use tasks::remind;
pub use tasks::{TaskDraft, create_task, finish_task, tasks, update_task};
