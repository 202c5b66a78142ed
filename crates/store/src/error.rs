//! What can go wrong with the database, in the kinds a caller treats differently. No text of a row or an address
//! (it may hold a password) ever gets into these messages.

use std::error::Error;

/// The error underneath, kept for the log.
pub type Source = Box<dyn Error + Send + Sync>;

pub type Result<T, E = StoreError> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Not reachable, busy, shutting down, or out of connections: the same call may succeed later.
    #[error("the database is unavailable")]
    Unavailable(#[source] Source),
    /// The disk is full; nothing was written.
    #[error("the database has no space left")]
    Full(#[source] Source),
    /// A rule of uniqueness refused it: something with this id, key or address exists already.
    #[error("it conflicts with what is stored")]
    Conflict,
    /// What is stored can't be read as what it should be.
    #[error("stored {what} can't be read")]
    Corrupt { what: &'static str, source: Source },
    #[error("the database schema could not be brought up to date")]
    Migration(#[source] Source),
    #[error("a database address begins with sqlite:// or postgres://, and is a file or a server")]
    BadAddress,
    /// A cursor that was not made by this store, or for another list.
    #[error("the cursor is not one of this list")]
    BadCursor,
    /// The database refused a statement: it refers to something that doesn't exist, or the statement is wrong.
    #[error("the database refused a statement")]
    Refused(#[source] Source),
}

impl StoreError {
    /// Whether the same call may succeed later without anything being changed by the caller.
    pub const fn is_transient(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::Full(_))
    }
}
