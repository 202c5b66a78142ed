//! The only crate that talks to language and embedding models. It knows texts and vectors, not conversations.

pub mod chat;
mod e5;
mod embedder;
pub mod fetch;
mod hashing;
pub mod kernel;
mod openai;
mod vectors;

pub use e5::{
    Dimensions, Embedding, FormatError, JobError, LoadError, LocalE5, MAX_TEXT_BYTES, MAX_WINDOWS, MODEL_NAME,
    NotFinite,
};
pub use embedder::{EmbedError, Embedder, TextKind};
pub use openai::{MAX_TEXTS_PER_REQUEST, OpenAiEmbedder, OpenAiSettings, RemoteError};
