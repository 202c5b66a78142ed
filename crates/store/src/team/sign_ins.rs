//! Sign-ins of staff and the failed attempts that slow guessing down. Only hashes of tokens are stored.

use domain::{id::StaffId, time::Timestamp};

use crate::{Result, Store};

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

impl Store {
    pub async fn create_sign_in(&self, sign_in: &SignIn) -> Result<()> {
        unimplemented!("{sign_in:?}")
    }

    /// `None` when unknown, expired, or of somebody who has been disabled.
    pub async fn sign_in(&self, token_hash: &str, now: Timestamp) -> Result<Option<SignIn>> {
        unimplemented!("{token_hash} {now:?}")
    }

    pub async fn delete_sign_in(&self, token_hash: &str) -> Result<()> {
        unimplemented!("{token_hash}")
    }

    pub async fn delete_sign_ins_of(&self, staff: StaffId) -> Result<()> {
        unimplemented!("{staff}")
    }

    /// Forgets what has expired, and failures too old to count.
    pub async fn prune_sign_ins(&self, now: Timestamp) -> Result<()> {
        unimplemented!("{now:?}")
    }

    pub async fn note_failed_sign_in(&self, key: &str, now: Timestamp) -> Result<()> {
        unimplemented!("{key} {now:?}")
    }

    pub async fn failed_sign_ins(&self, key: &str, since: Timestamp) -> Result<i64> {
        unimplemented!("{key} {since:?}")
    }

    pub async fn clear_failed_sign_ins(&self, key: &str) -> Result<()> {
        unimplemented!("{key}")
    }
}
