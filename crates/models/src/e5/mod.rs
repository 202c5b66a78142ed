//! The embedded multilingual-e5-small: reading its file, tokenising, and turning texts into vectors.

mod encoder;
mod file;
mod jobs;
mod local;
mod pieces;
mod tokens;

pub use file::{Dimensions, FormatError};
pub use jobs::JobError;
pub use local::{Embedding, LoadError, LocalE5, MAX_TEXT_BYTES, MAX_WINDOWS, MODEL_NAME, NotFinite};
