//! What can go wrong with the database, in the kinds a caller treats differently. No text of a row or an address
//! (it may hold a password) ever gets into these messages.

use std::error::Error;

use sqlx::{error::DatabaseError, postgres::PgDatabaseError};

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

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(refusal) => Self::from_refusal(refusal),
            sqlx::Error::Configuration(_) => Self::BadAddress,
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) | sqlx::Error::ColumnNotFound(_) => {
                Self::Corrupt { what: "column", source: error.into() }
            }
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::BeginFailed => Self::Unavailable(error.into()),
            other => Self::Refused(other.into()),
        }
    }
}

impl StoreError {
    fn from_refusal(refusal: Box<dyn DatabaseError>) -> Self {
        let code = refusal.code().unwrap_or_default().into_owned();
        let is_unique = refusal.is_unique_violation();
        let is_postgres = refusal.try_downcast_ref::<PgDatabaseError>().is_some();
        let source = Source::from(sqlx::Error::Database(refusal));
        match (is_postgres, code.as_str()) {
            _ if is_unique => Self::Conflict,
            (true, code) => Self::from_sqlstate(code, source),
            (false, code) => Self::from_sqlite_code(code, source),
        }
    }

    /// <https://www.postgresql.org/docs/current/errcodes-appendix.html>
    fn from_sqlstate(code: &str, source: Source) -> Self {
        match code {
            "53100" => Self::Full(source),
            "XX001" | "XX002" => Self::Corrupt { what: "page", source },
            // A server that has become a standby refuses writes until the address leads to the new one.
            "25006" | "55P03" => Self::Unavailable(source),
            // Connections, lost races, lack of resources, an operator's stop, and the system underneath.
            _ if ["08", "40", "53", "57", "58"].iter().any(|class| code.starts_with(class)) => {
                Self::Unavailable(source)
            }
            _ => Self::Refused(source),
        }
    }

    /// <https://www.sqlite.org/rescode.html>; the low byte of an extended code is the primary one.
    fn from_sqlite_code(code: &str, source: Source) -> Self {
        match code.parse::<u32>().map(|code| code & 0xff) {
            // FULL
            Ok(13) => Self::Full(source),
            // CORRUPT, NOTADB
            Ok(11 | 26) => Self::Corrupt { what: "page", source },
            // BUSY, LOCKED, READONLY, IOERR, CANTOPEN, PROTOCOL
            Ok(5 | 6 | 8 | 10 | 14 | 15) => Self::Unavailable(source),
            _ => Self::Refused(source),
        }
    }
}
