//! The two databases behind one `Store`, and how statements reach them.

use sqlx::{PgPool, SqlitePool};

use crate::Result;

/// Everything the desk remembers. Cloning is cheap: clones share the connections.
#[derive(Debug, Clone)]
pub struct Store {
    pools: Pools,
}

#[derive(Debug, Clone)]
enum Pools {
    /// SQLite has one writer at a time; giving it one connection makes waiting a queue instead of a busy error.
    Sqlite {
        write: SqlitePool,
        read: SqlitePool,
    },
    Postgres(PgPool),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreKind {
    Sqlite,
    Postgres,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenOptions {
    pub max_connections: u32,
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
        unimplemented!("{url} {options:?}")
    }

    /// Brings the schema up to date; safe when several processes start at once.
    pub async fn migrate(&self) -> Result<()> {
        unimplemented!()
    }

    /// The names of the migrations that `migrate` would run.
    pub async fn pending_migrations(&self) -> Result<Vec<String>> {
        unimplemented!()
    }

    pub async fn ping(&self) -> Result<()> {
        unimplemented!()
    }

    /// Waits for what is under way and lets go of the database.
    pub async fn close(&self) {
        unimplemented!()
    }

    pub fn kind(&self) -> StoreKind {
        match self.pools {
            Pools::Sqlite { .. } => StoreKind::Sqlite,
            Pools::Postgres(_) => StoreKind::Postgres,
        }
    }
}
