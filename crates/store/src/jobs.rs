//! Durable jobs: unique by (kind, key), claimed with a lease, retried, and finally dead for a person to look at.
//! Payloads hold ids, never a shopper's words: erasing a person doesn't look here.

use domain::{id::JobId, time::Timestamp};

use crate::{
    Result, Store, StoreKind,
    database::{Tx, parse, sql},
};

/// An error is kept for a person to read; more than this is a dump.
const MAX_ERROR_CHARS: usize = 1_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    pub id: JobId,
    pub kind: &'static str,
    /// A second job of the same kind and key isn't taken while the first is kept.
    pub key: String,
    pub payload: String,
    pub run_at: Timestamp,
    pub max_attempts: i64,
}

/// A job held by the worker that claimed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub id: JobId,
    pub kind: String,
    pub key: String,
    pub payload: String,
    /// Counting this one.
    pub attempts: i64,
    pub max_attempts: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobFate {
    /// It will be tried again, or another worker has it by now.
    Retry,
    /// No attempt is left, or no retry was wanted.
    Dead,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JobCounts {
    pub waiting: i64,
    pub running: i64,
    pub done: i64,
    pub dead: i64,
    /// When the job that has waited longest became due.
    pub oldest_due: Option<Timestamp>,
}

/// A job nobody will try again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadJob {
    pub job: Job,
    pub error: String,
    /// When its last attempt began; `None` when it never did.
    pub tried_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct JobRow {
    id: String,
    kind: String,
    key: String,
    payload: String,
    attempts: i64,
    max_attempts: i64,
}

impl JobRow {
    fn decode(self) -> Result<Job> {
        Ok(Job {
            id: parse("job", &self.id)?,
            kind: self.kind,
            key: self.key,
            payload: self.payload,
            attempts: self.attempts,
            max_attempts: self.max_attempts,
        })
    }
}

/// `false` when a job of the same kind and key exists.
pub(crate) async fn insert(tx: &mut Tx, job: &NewJob) -> Result<bool> {
    let rows = sql("INSERT INTO jobs (id, kind, key, payload, state, due_at, attempts, max_attempts) \
         VALUES ($1, $2, $3, $4, 'open', $5, 0, $6) ON CONFLICT (kind, key) DO NOTHING")
    .bind(job.id)
    .bind(job.kind)
    .bind(&job.key)
    .bind(&job.payload)
    .bind(job.run_at)
    .bind(job.max_attempts)
    .execute(tx.on())
    .await?;
    Ok(rows == 1)
}

impl Store {
    /// `false` when a job of the same kind and key exists.
    pub async fn enqueue(&self, job: &NewJob) -> Result<bool> {
        let mut tx = self.write().await?;
        let is_new = insert(&mut tx, job).await?;
        tx.commit().await?;
        Ok(is_new)
    }

    /// Takes up to `limit` due jobs, earliest first. No two workers get the same one; a lease that ran out makes a job
    /// due again, and one that ran out on the last attempt makes it dead.
    pub async fn claim_jobs(
        &self,
        kinds: &[&str],
        worker: &str,
        now: Timestamp,
        lease_ms: i64,
        limit: i64,
    ) -> Result<Vec<Job>> {
        // A look first: polling an empty queue must not take the writer from those who write.
        if !self.any_due(kinds, now).await? {
            return Ok(Vec::new());
        }
        // On PostgreSQL workers pass over rows another one is just claiming. SQLite has one writer, so there are none.
        let skip_locked = match self.kind() {
            StoreKind::Sqlite => "",
            StoreKind::Postgres => " FOR UPDATE SKIP LOCKED",
        };
        let mut tx = self.write().await?;
        bury_expired(&mut tx, kinds, now, skip_locked).await?;
        // Picked apart from the update, so that the limit holds whatever plan is made for it.
        let mut rows: Vec<JobRow> = sql("WITH picked AS MATERIALIZED (SELECT id FROM jobs \
             WHERE state = 'open' AND due_at <= $1 AND attempts < max_attempts AND kind IN ")
        .bind(now)
        .push_list(kinds.iter().copied())
        .push(" ORDER BY due_at, id LIMIT ")
        .push_bind(limit)
        .push(skip_locked)
        .push(") UPDATE jobs SET attempts = attempts + 1, tried_at = $1, worker = ")
        .push_bind(worker)
        .push(", due_at = ")
        .push_bind(now.plus_ms(lease_ms))
        .push(" WHERE id IN (SELECT id FROM picked) RETURNING id, kind, key, payload, attempts, max_attempts")
        .all(tx.on())
        .await?;
        tx.commit().await?;
        // Ids are in order of time.
        rows.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        rows.into_iter().map(JobRow::decode).collect()
    }

    async fn any_due(&self, kinds: &[&str], now: Timestamp) -> Result<bool> {
        let row: Option<(i64,)> = sql("SELECT due_at FROM jobs WHERE state = 'open' AND due_at <= $1 AND kind IN ")
            .bind(now)
            .push_list(kinds.iter().copied())
            .push(" LIMIT 1")
            .optional(self.read().await?.on())
            .await?;
        Ok(row.is_some())
    }

    /// `false` when the job is no longer this worker's.
    pub async fn extend_job(&self, id: JobId, worker: &str, now: Timestamp, lease_ms: i64) -> Result<bool> {
        let mut tx = self.write().await?;
        let rows = sql("UPDATE jobs SET due_at = $3 WHERE id = $1 AND worker = $2 AND state = 'open'")
            .bind(id)
            .bind(worker)
            .bind(now.plus_ms(lease_ms))
            .execute(tx.on())
            .await?;
        tx.commit().await?;
        Ok(rows == 1)
    }

    /// `false` when the job is no longer this worker's. The row is kept until `prune_jobs`, and its key with it.
    pub async fn finish_job(&self, id: JobId, worker: &str) -> Result<bool> {
        let mut tx = self.write().await?;
        let rows =
            sql("UPDATE jobs SET state = 'done', worker = NULL WHERE id = $1 AND worker = $2 AND state = 'open'")
                .bind(id)
                .bind(worker)
                .execute(tx.on())
                .await?;
        tx.commit().await?;
        Ok(rows == 1)
    }

    /// Tries again at `retry_at` unless this was the last attempt; without it the job is dead at once.
    pub async fn fail_job(&self, id: JobId, worker: &str, error: &str, retry_at: Option<Timestamp>) -> Result<JobFate> {
        let mut tx = self.write().await?;
        let row: Option<(String,)> = sql("UPDATE jobs SET worker = NULL, error = $3, due_at = COALESCE($4, due_at), \
             state = CASE WHEN $5 AND attempts < max_attempts THEN 'open' ELSE 'dead' END \
             WHERE id = $1 AND worker = $2 AND state = 'open' RETURNING state")
        .bind(id)
        .bind(worker)
        .bind(error.chars().take(MAX_ERROR_CHARS).collect::<String>())
        .bind(retry_at)
        .bind(retry_at.is_some())
        .optional(tx.on())
        .await?;
        tx.commit().await?;
        Ok(match row {
            Some((state,)) if state == "dead" => JobFate::Dead,
            _ => JobFate::Retry,
        })
    }

    /// The latest first.
    pub async fn dead_jobs(&self, limit: i64) -> Result<Vec<DeadJob>> {
        let mut db = self.read().await?;
        let rows: Vec<DeadRow> = sql("SELECT id, kind, key, payload, attempts, max_attempts, \
             COALESCE(error, '') AS error, tried_at FROM jobs WHERE state = 'dead' \
             ORDER BY tried_at DESC, id DESC LIMIT $1")
        .bind(limit)
        .all(db.on())
        .await?;
        rows.into_iter()
            .map(|row| Ok(DeadJob { job: row.job.decode()?, error: row.error, tried_at: row.tried_at.map(Timestamp) }))
            .collect()
    }

    pub async fn job_counts(&self) -> Result<JobCounts> {
        let (waiting, running, done, dead, oldest_due): (i64, i64, i64, i64, Option<i64>) =
            sql("SELECT COUNT(CASE WHEN state = 'open' AND worker IS NULL THEN 1 END), \
                 COUNT(CASE WHEN state = 'open' AND worker IS NOT NULL THEN 1 END), \
                 COUNT(CASE WHEN state = 'done' THEN 1 END), COUNT(CASE WHEN state = 'dead' THEN 1 END), \
                 MIN(CASE WHEN state = 'open' AND worker IS NULL THEN due_at END) FROM jobs")
            .one(self.read().await?.on())
            .await?;
        Ok(JobCounts { waiting, running, done, dead, oldest_due: oldest_due.map(Timestamp) })
    }

    /// Forgets finished jobs last claimed before `before`; returns how many. Dead ones stay for a person to look at.
    pub async fn prune_jobs(&self, before: Timestamp) -> Result<u64> {
        let mut tx = self.write().await?;
        let rows = sql("DELETE FROM jobs WHERE state = 'done' AND tried_at < $1").bind(before).execute(tx.on()).await?;
        tx.commit().await?;
        Ok(rows)
    }
}

#[derive(sqlx::FromRow)]
struct DeadRow {
    #[sqlx(flatten)]
    job: JobRow,
    error: String,
    tried_at: Option<i64>,
}

/// Jobs whose worker vanished on the last attempt.
async fn bury_expired(tx: &mut Tx, kinds: &[&str], now: Timestamp, skip_locked: &'static str) -> Result<()> {
    sql("UPDATE jobs SET state = 'dead', worker = NULL, error = 'the lease ran out on the last attempt' \
         WHERE id IN (SELECT id FROM jobs \
         WHERE state = 'open' AND due_at <= $1 AND attempts >= max_attempts AND kind IN ")
    .bind(now)
    .push_list(kinds.iter().copied())
    .push(skip_locked)
    .push(")")
    .execute(tx.on())
    .await
    .map(drop)
}
