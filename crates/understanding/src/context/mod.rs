//! What a message means that leaves out what was said before: the question completed, and whether it was asked before.

mod by_hand;
mod completion;
mod focus;
mod left_out;
mod listed;
mod repeated;
mod spans;
mod weights;

pub use completion::{Candidate, Completer, candidates};
pub use focus::{Completed, Completion, Focus, complete};
pub use repeated::{Earlier, SAME_MEANING, SAME_QUESTION, asked_before, is_same_question};
pub use spans::is_pronoun;
pub use weights::Weights;
