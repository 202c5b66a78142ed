//! What a person did within the last hour, of the kinds that triggers count: exact, and bounded.

use domain::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{condition::MAX_WINDOW_MS, event::Name};

/// More of one kind within an hour make no difference to any rule; the oldest make room. 16 bytes each.
const MAX_RECENT: usize = 48;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Did {
    at: Timestamp,
    /// A hash of what it was about.
    subject: u32,
    name: Name,
}

/// In the order of time, whatever the order in which they came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Recent(Vec<Did>);

impl Recent {
    pub(super) fn put(&mut self, name: Name, subject: Option<&str>, at: Timestamp) {
        let did = Did { at, subject: subject.map_or(0, hash), name };
        // By all of it, so that the order of arrival within one moment makes no difference.
        let key = |it: &Did| (it.at, it.name, it.subject);
        let place = self.0.partition_point(|it| key(it) <= key(&did));
        self.0.insert(place, did);
        self.forget();
    }

    fn forget(&mut self) {
        let Some(latest) = self.0.last().map(|it| it.at) else { return };
        let old = self.0.partition_point(|it| latest.since_ms(it.at) >= MAX_WINDOW_MS);
        let surplus = self.0.len().saturating_sub(MAX_RECENT);
        self.0.drain(..old.max(surplus));
    }

    /// Behaviour of an hour ago says nothing; a person who went away takes no room for it.
    pub(crate) fn shrink(&mut self, now: Timestamp) {
        if self.0.last().is_some_and(|it| now.since_ms(it.at) >= MAX_WINDOW_MS) {
            self.0 = Vec::new();
        }
    }

    pub(super) fn absorb(&mut self, other: Self) {
        self.0.extend(other.0);
        self.0.sort_by_key(|it| (it.at, it.name, it.subject));
        self.forget();
    }

    fn within(&self, name: Name, now: Timestamp, window_ms: i64) -> impl Iterator<Item = &Did> {
        let is_in = move |it: &&Did| it.name == name && now.since_ms(it.at) < window_ms;
        self.0.iter().rev().filter(is_in)
    }

    pub fn count(&self, name: Name, now: Timestamp, window_ms: i64) -> i64 {
        self.within(name, now, window_ms).count() as i64
    }

    pub fn same(&self, name: Name, subject: &str, now: Timestamp, window_ms: i64) -> i64 {
        let subject = hash(subject);
        self.within(name, now, window_ms).filter(|it| it.subject == subject).count() as i64
    }

    pub fn kinds(&self, name: Name, now: Timestamp, window_ms: i64) -> i64 {
        let seen: Vec<u32> = self.within(name, now, window_ms).map(|it| it.subject).collect();
        (0..seen.len()).filter(|place| !seen[..*place].contains(&seen[*place])).count() as i64
    }

    /// What there was in the last hour, for the evidence beside a decision.
    pub fn names(&self, now: Timestamp) -> Vec<(Name, i64)> {
        let mut names: Vec<(Name, i64)> = Vec::new();
        for did in self.0.iter().filter(|it| now.since_ms(it.at) < MAX_WINDOW_MS) {
            match names.iter_mut().find(|(name, _)| *name == did.name) {
                Some((_, count)) => *count += 1,
                None => names.push((did.name, 1)),
            }
        }
        names
    }

    pub(super) fn heap_bytes(&self) -> usize {
        self.0.capacity() * size_of::<Did>()
    }
}

/// FNV-1a: the same on every machine and in every build.
pub(crate) fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
