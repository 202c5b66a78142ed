//! Forgetting a person: what they and others said in their conversations goes, the log's bare facts stay.

use domain::{id::ShopperId, time::Timestamp};

use crate::{Result, Store};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ErasedCounts {
    pub conversations: u64,
    pub bodies: u64,
    pub traces: u64,
    pub files: u64,
}

impl Store {
    /// Idempotent. The customer key stays: it is the shop's own text, and the link by which it asks.
    pub async fn erase_shopper(&self, shopper: ShopperId, now: Timestamp) -> Result<ErasedCounts> {
        unimplemented!("{shopper} {now:?}")
    }
}
