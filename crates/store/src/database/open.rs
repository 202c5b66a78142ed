//! Opening a database: addresses, files and connection settings. It doesn't migrate.

use std::{path::Path, str::FromStr, time::Duration};

use sqlx::{
    Connection,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{Pools, Store};
use crate::{Result, StoreError};

/// Whoever waits longer for a connection is told so, rather than holding a request open.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);
/// All statements of this crate, with room for lists of different lengths.
const STATEMENT_CACHE: usize = 256;
/// The write-ahead log is cut back to this after a burst.
const MAX_IDLE_LOG_BYTES: &str = "67108864";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenOptions {
    pub max_connections: u32,
    /// How long SQLite waits for another process that is writing.
    pub busy_timeout_ms: u64,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self { max_connections: 8, busy_timeout_ms: 5_000 }
    }
}

impl Store {
    /// Opens `sqlite:///path/tandem.db` (the file is made when absent, readable by its owner only; `?mode=ro` opens an
    /// existing one for reading) or `postgres://…`. Doesn't migrate.
    pub async fn open(url: &str, options: OpenOptions) -> Result<Self> {
        let pools = match url.split_once("://") {
            Some(("sqlite", rest)) => open_sqlite(url, rest, options).await?,
            Some(("postgres" | "postgresql", _)) => open_postgres(url, options).await?,
            _ => return Err(StoreError::BadAddress),
        };
        Ok(Self { pools })
    }
}

async fn open_sqlite(url: &str, rest: &str, options: OpenOptions) -> Result<Pools> {
    let (path, read_only) = match rest.split_once('?') {
        None => (rest, false),
        Some((path, "mode=ro")) => (path, true),
        Some(_) => return Err(StoreError::BadAddress),
    };
    // A database in memory would be a different one on each connection.
    if path.is_empty() || path.contains(":memory:") {
        return Err(StoreError::BadAddress);
    }
    let common = SqliteConnectOptions::from_str(url)
        .map_err(|_| StoreError::BadAddress)?
        .foreign_keys(true)
        .busy_timeout(Duration::from_millis(options.busy_timeout_ms))
        .statement_cache_capacity(STATEMENT_CACHE);
    let pool = || {
        SqlitePoolOptions::new()
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .idle_timeout(None)
            .max_lifetime(None)
            // SQLite undoes a transaction by itself when the disk is full, and sqlx, which doesn't know, can't undo it
            // again: such a connection would refuse to begin another one for ever.
            .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
    };
    let readers = pool().max_connections(options.max_connections.max(1));
    if read_only {
        let read = readers.connect_with(common).await?;
        return Ok(Pools::Sqlite { write: read.clone(), read });
    }
    create_private(common.get_filename()).map_err(|error| StoreError::Unavailable(error.into()))?;
    let writer = common
        .clone()
        .journal_mode(SqliteJournalMode::Wal)
        // What was acknowledged survives a power cut.
        .synchronous(SqliteSynchronous::Full)
        // What is deleted is overwritten, so that erasing a person leaves nothing in free pages.
        .pragma("secure_delete", "ON")
        .pragma("journal_size_limit", MAX_IDLE_LOG_BYTES);
    let write = pool().max_connections(1).connect_with(writer).await?;
    let read = readers.connect_lazy_with(common.pragma("query_only", "ON"));
    Ok(Pools::Sqlite { write, read })
}

/// Makes the file readable by its owner only; SQLite gives the same mode to the files beside it.
fn create_private(path: &Path) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new();
    file.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    file.open(path).map(drop)
}

async fn open_postgres(url: &str, options: OpenOptions) -> Result<Pools> {
    let mut connect =
        PgConnectOptions::from_str(url).map_err(|_| StoreError::BadAddress)?.statement_cache_capacity(STATEMENT_CACHE);
    if connect.get_application_name().is_none() {
        connect = connect.application_name("tandem");
    }
    let pool = PgPoolOptions::new()
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .max_connections(options.max_connections.max(1))
        .connect_with(connect)
        .await?;
    Ok(Pools::Postgres(pool))
}
