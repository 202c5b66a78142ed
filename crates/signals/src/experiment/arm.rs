//! Arms by hash: nobody chooses, anybody can check, and no state is needed to give the same answer again.

use domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::event::PersonKey;

pub const BUCKETS: u32 = 10_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arm {
    Treated,
    /// Left alone by this trigger.
    Control,
    /// Left alone by all of them.
    HeldOut,
}

/// Parts of ten thousand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Shares {
    pub control: u32,
    pub held_out: u32,
}

impl Default for Shares {
    fn default() -> Self {
        Self { control: 1_000, held_out: 500 }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assigned {
    pub arm: Arm,
    /// How likely this arm was, in ten-thousandths.
    pub propensity: u32,
    /// Which salt and which quarter: the version of the assignment.
    pub version: String,
    /// Since the first exposure; from then on it doesn't change.
    pub frozen_at: Option<Timestamp>,
}

/// The quarter that a hold-out lasts, such as `2026Q4`; by UTC, so that it turns at one moment for a shop.
pub fn quarter(at: Timestamp) -> String {
    let instant = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
    let date = instant.to_zoned(jiff::tz::TimeZone::UTC).date();
    format!("{}Q{}", date.year(), (date.month() - 1) / 3 + 1)
}

/// The arm of a person in an experiment. What is frozen stays, also when an anonymous person signs in.
pub fn assign(
    experiment: &str,
    shop: &str,
    person: PersonKey,
    now: Timestamp,
    shares: Shares,
    known: Option<&Assigned>,
) -> Assigned {
    if let Some(known) = known.filter(|it| it.frozen_at.is_some()) {
        return known.clone();
    }
    let quarter = quarter(now);
    let held_out = shares.held_out.min(BUCKETS);
    let control = shares.control.min(BUCKETS);
    // Two independent draws: the hold-out is the same for all experiments, and the control of each is its own.
    let arm = if bucket(&["held-out", shop, &quarter], person) < held_out {
        Arm::HeldOut
    } else if bucket(&["experiment", shop, experiment], person) < control {
        Arm::Control
    } else {
        Arm::Treated
    };
    let propensity = match arm {
        Arm::HeldOut => held_out,
        Arm::Control => (BUCKETS - held_out) * control / BUCKETS,
        Arm::Treated => (BUCKETS - held_out) * (BUCKETS - control) / BUCKETS,
    };
    Assigned { arm, propensity, version: format!("{experiment}/{quarter}"), frozen_at: None }
}

fn bucket(salt: &[&str], person: PersonKey) -> u32 {
    let mut hash = Sha256::new();
    for part in salt {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    hash.update(person.bits().to_be_bytes());
    let digest = hash.finalize();
    let number = u64::from_be_bytes(std::array::from_fn(|place| digest[place]));
    // 2^64 is so much larger than the buckets that the remainder is even.
    (number % u64::from(BUCKETS)) as u32
}
