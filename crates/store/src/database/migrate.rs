//! Bringing the schema up to date. The same files run on both databases; their checksums are recorded.

use std::collections::HashSet;

use sqlx::{
    Connection,
    migrate::{MigrateError, Migrator},
};

use super::{Pools, Store, sql};
use crate::{Result, StoreError};

static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations");

impl Store {
    /// Brings the schema up to date; safe when several processes start at once.
    pub async fn migrate(&self) -> Result<()> {
        match &self.pools {
            // sqlx takes no lock on SQLite, so a second process would run the same file: the write lock is taken here.
            Pools::Sqlite { write, .. } => {
                let mut tx = write.begin_with("BEGIN IMMEDIATE").await?;
                MIGRATIONS.run(&mut *tx).await?;
                tx.commit().await?;
            }
            // sqlx takes an advisory lock, which a failure leaves with the connection: it must not go back to the pool.
            Pools::Postgres(pool) => {
                let mut connection = pool.acquire().await?.detach();
                let ran = MIGRATIONS.run(&mut connection).await;
                connection.close().await?;
                ran?;
            }
        }
        Ok(())
    }

    /// The names of the migrations that `migrate` would run.
    pub async fn pending_migrations(&self) -> Result<Vec<String>> {
        let is_there = match &self.pools {
            Pools::Sqlite { .. } => "SELECT COUNT(*) FROM sqlite_master WHERE name = '_sqlx_migrations'",
            Pools::Postgres(_) => "SELECT COUNT(*) FROM pg_class WHERE oid = to_regclass('_sqlx_migrations')",
        };
        let mut db = self.read().await?;
        let mut applied = HashSet::new();
        if sql(is_there).one::<(i64,)>(db.on()).await?.0 > 0 {
            let rows = sql("SELECT version FROM _sqlx_migrations WHERE success").all::<(i64,)>(db.on()).await?;
            applied.extend(rows.into_iter().map(|(version,)| version));
        }
        Ok(MIGRATIONS
            .iter()
            .filter(|migration| !applied.contains(&migration.version))
            .map(|migration| format!("{:04}_{}", migration.version, migration.description.replace(' ', "_")))
            .collect())
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Execute(inner) => match Self::from(inner) {
                transient if transient.is_transient() => transient,
                other => Self::Migration(other.into()),
            },
            other => Self::Migration(other.into()),
        }
    }
}
