//! Durable jobs: unique by (kind, key), claimed with a lease, retried, and finally dead for a person to look at.
//! Payloads hold ids, never a shopper's words: erasing a person doesn't look here.

use domain::{id::JobId, time::Timestamp};

use crate::{Result, Store};

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
    pub died_at: Timestamp,
}

impl Store {
    /// `false` when a job of the same kind and key exists.
    pub async fn enqueue(&self, job: &NewJob) -> Result<bool> {
        unimplemented!("{job:?}")
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
        unimplemented!("{kinds:?} {worker} {now:?} {lease_ms} {limit}")
    }

    /// `false` when the job is no longer this worker's.
    pub async fn extend_job(&self, id: JobId, worker: &str, now: Timestamp, lease_ms: i64) -> Result<bool> {
        unimplemented!("{id} {worker} {now:?} {lease_ms}")
    }

    /// `false` when the job is no longer this worker's. The row is kept until `prune_jobs`, and its key with it.
    pub async fn finish_job(&self, id: JobId, worker: &str) -> Result<bool> {
        unimplemented!("{id} {worker}")
    }

    pub async fn fail_job(&self, id: JobId, worker: &str, error: &str, retry_at: Option<Timestamp>) -> Result<JobFate> {
        unimplemented!("{id} {worker} {error} {retry_at:?}")
    }

    /// The latest first.
    pub async fn dead_jobs(&self, limit: i64) -> Result<Vec<DeadJob>> {
        unimplemented!("{limit}")
    }

    pub async fn job_counts(&self) -> Result<JobCounts> {
        unimplemented!()
    }

    /// Forgets finished jobs last claimed before `before`; returns how many.
    pub async fn prune_jobs(&self, before: Timestamp) -> Result<u64> {
        unimplemented!("{before:?}")
    }
}
