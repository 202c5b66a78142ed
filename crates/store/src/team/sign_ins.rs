//! Sign-ins of staff and the failed attempts that slow guessing down. Only hashes of tokens are stored.

use domain::{
    id::StaffId,
    time::{DAY_MS, Timestamp},
};

use crate::{
    Result, Store,
    database::{Sql, parse, sql},
};

#[derive(Clone, PartialEq, Eq)]
pub struct SignIn {
    pub token_hash: String,
    pub staff: StaffId,
    pub csrf: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// Without the secrets.
impl std::fmt::Debug for SignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignIn").field("staff", &self.staff).finish_non_exhaustive()
    }
}

/// Failures older than this slow nobody down any more.
const FAILURES_KEPT_MS: i64 = DAY_MS;

#[derive(sqlx::FromRow)]
struct Row {
    staff_id: String,
    csrf: String,
    created_at: i64,
    expires_at: i64,
}

impl Store {
    pub async fn create_sign_in(&self, sign_in: &SignIn) -> Result<()> {
        self.change_sign_ins(
            sql(
                "INSERT INTO sign_ins (token_hash, staff_id, csrf, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
            )
            .bind(&sign_in.token_hash)
            .bind(sign_in.staff)
            .bind(&sign_in.csrf)
            .bind(sign_in.created_at)
            .bind(sign_in.expires_at),
        )
        .await
    }

    /// `None` when unknown, expired, or of somebody who has been disabled.
    pub async fn sign_in(&self, token_hash: &str, now: Timestamp) -> Result<Option<SignIn>> {
        let row: Option<Row> = sql("SELECT i.staff_id, i.csrf, i.created_at, i.expires_at FROM sign_ins i \
             JOIN staff s ON s.id = i.staff_id WHERE i.token_hash = $1 AND i.expires_at > $2 AND NOT s.disabled")
        .bind(token_hash)
        .bind(now)
        .optional(self.read().await?.on())
        .await?;
        row.map(|row| {
            Ok(SignIn {
                token_hash: token_hash.to_owned(),
                staff: parse("sign-in", &row.staff_id)?,
                csrf: row.csrf,
                created_at: Timestamp(row.created_at),
                expires_at: Timestamp(row.expires_at),
            })
        })
        .transpose()
    }

    pub async fn delete_sign_in(&self, token_hash: &str) -> Result<()> {
        self.change_sign_ins(sql("DELETE FROM sign_ins WHERE token_hash = $1").bind(token_hash)).await
    }

    pub async fn delete_sign_ins_of(&self, staff: StaffId) -> Result<()> {
        self.change_sign_ins(sql("DELETE FROM sign_ins WHERE staff_id = $1").bind(staff)).await
    }

    /// Forgets what has expired, and failures too old to count.
    pub async fn prune_sign_ins(&self, now: Timestamp) -> Result<()> {
        self.change_sign_ins(sql("DELETE FROM sign_ins WHERE expires_at <= $1").bind(now)).await?;
        let before = now.minus_ms(FAILURES_KEPT_MS);
        self.change_sign_ins(sql("DELETE FROM failed_sign_ins WHERE at < $1").bind(before)).await
    }

    pub async fn note_failed_sign_in(&self, key: &str, now: Timestamp) -> Result<()> {
        self.change_sign_ins(sql("INSERT INTO failed_sign_ins (key, at) VALUES ($1, $2)").bind(key).bind(now)).await
    }

    /// How many failed at `since` or later.
    pub async fn failed_sign_ins(&self, key: &str, since: Timestamp) -> Result<i64> {
        let (count,): (i64,) = sql("SELECT COUNT(*) FROM failed_sign_ins WHERE key = $1 AND at >= $2")
            .bind(key)
            .bind(since)
            .one(self.read().await?.on())
            .await?;
        Ok(count)
    }

    pub async fn clear_failed_sign_ins(&self, key: &str) -> Result<()> {
        self.change_sign_ins(sql("DELETE FROM failed_sign_ins WHERE key = $1").bind(key)).await
    }

    async fn change_sign_ins(&self, change: Sql) -> Result<()> {
        let mut tx = self.write().await?;
        change.execute(tx.on()).await?;
        tx.commit().await
    }
}
