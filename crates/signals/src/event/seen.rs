//! Which events were received already. Bounded: what is older than two turns is forgotten, and the store's unique ids
//! are the last word.

use std::collections::HashSet;

use domain::time::Timestamp;

use super::limits::REMEMBERED_MS;

/// At about 16 bytes a key, 64 MB; a flood turns the page sooner and can't take more.
const MAX_KEYS: usize = 2_000_000;

/// The keys of two stretches of time. Each lasts as long as an id must be known again.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    now: HashSet<u64>,
    before: HashSet<u64>,
    since: Timestamp,
}

impl Seen {
    /// Whether it is the first time; from now on it isn't.
    pub fn is_new(&mut self, key: u64, received: Timestamp) -> bool {
        if received.since_ms(self.since) >= REMEMBERED_MS || self.now.len() >= MAX_KEYS {
            self.before = std::mem::take(&mut self.now);
            self.since = received;
        }
        !self.before.contains(&key) && self.now.insert(key)
    }
}
