//! Who an event is about, as a number that tells nothing about them.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// How a sender names a person.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// A browser's own id.
    Anonymous(String),
    /// The shop's key of a customer, from a server or a token of the shop.
    Customer(String),
}

/// A person of one shop. 128 bits of a hash: a million people never share one by chance.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonKey(u128);

impl PersonKey {
    pub fn of(shop: &str, subject: &Subject) -> Self {
        let (kind, id) = match subject {
            Subject::Anonymous(id) => ("anonymous", id),
            Subject::Customer(id) => ("customer", id),
        };
        let mut hash = Sha256::new();
        // Lengths keep `ab` + `c` and `a` + `bc` apart.
        for part in [shop, kind, id] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        let digest = hash.finalize();
        Self(u128::from_be_bytes(std::array::from_fn(|place| digest[place])))
    }

    pub const fn from_bits(bits: u128) -> Self {
        Self(bits)
    }

    pub const fn bits(self) -> u128 {
        self.0
    }

    /// Which of `shards` parts the person belongs to; the same on every machine.
    pub fn shard(self, shards: u32) -> u32 {
        ((u64::from((self.0 >> 96) as u32) * u64::from(shards)) >> 32) as u32
    }
}

impl fmt::Display for PersonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for PersonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for PersonKey {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PersonKey {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        u128::from_str_radix(&text, 16).map(Self).map_err(serde::de::Error::custom)
    }
}
