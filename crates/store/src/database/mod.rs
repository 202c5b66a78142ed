//! The two databases behind one `Store`, and how statements reach them.

mod cursor;
mod migrate;
mod open;
mod sql;
mod text;

use sqlx::{PgPool, SqlitePool};

pub(crate) use cursor::Cursor;
pub use open::OpenOptions;
pub(crate) use sql::{On, Sql, Tx, Value, sql};
pub(crate) use text::{contains, corrupt, from_json, language, one_changed, parse, to_json};

use crate::Result;

/// Everything the desk remembers. Cloning is cheap: clones share the connections.
#[derive(Debug, Clone)]
pub struct Store {
    pools: Pools,
}

#[derive(Debug, Clone)]
enum Pools {
    Sqlite {
        /// SQLite has one writer at a time: a single connection makes the others wait in order instead of failing busy.
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

impl Store {
    pub fn kind(&self) -> StoreKind {
        match self.pools {
            Pools::Sqlite { .. } => StoreKind::Sqlite,
            Pools::Postgres(_) => StoreKind::Postgres,
        }
    }

    pub async fn ping(&self) -> Result<()> {
        sql("SELECT 1").execute(self.read().await?.on()).await.map(drop)
    }

    /// Waits for what is under way and lets go of the database.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { write, read } => {
                read.close().await;
                // Last, so that it folds the write-ahead log into the file.
                write.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    /// Takes what SQLite has deleted out of its write-ahead log too. Without it the log keeps old pages until it is
    /// next overwritten. A reader may hold it up; then it happens at a later checkpoint.
    pub(crate) async fn flush_deleted(&self) -> Result<()> {
        match &self.pools {
            Pools::Sqlite { write, .. } => {
                sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(write).await?;
            }
            // Old row versions go with the next vacuum, which PostgreSQL starts by itself.
            Pools::Postgres(_) => {}
        }
        Ok(())
    }
}
