//! What speaks for a piece and a place: features as numbers, and their weights. The desk's own weights are set by hand;
//! learned ones come from outside and are only ever measured.

use std::collections::HashMap;

/// Learned weights share this many slots; half a million keep collisions rare.
const LEARNED_BITS: u32 = 19;

/// A feature: what kind, and the characters it speaks of.
pub fn feature(kind: u16, symbols: &[char]) -> u32 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325 ^ u64::from(kind).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for symbol in symbols {
        hash = (hash ^ u64::from(u32::from(*symbol))).wrapping_mul(0x0000_0100_0000_01b3);
        hash ^= hash >> 29;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a hash is folded to 32 bits")]
    let folded = (hash ^ (hash >> 32)) as u32;
    folded
}

#[derive(Debug, Clone)]
pub struct Weights {
    values: Values,
}

#[derive(Debug, Clone)]
enum Values {
    /// Few, each for exactly one feature.
    Set(HashMap<u32, f32>),
    /// Many; features that share a slot are rare.
    Learned(Vec<f32>),
}

impl Weights {
    /// All zero, to be learned.
    pub fn empty() -> Self {
        Self { values: Values::Learned(vec![0.0; 1 << LEARNED_BITS]) }
    }

    pub fn set(pairs: impl IntoIterator<Item = (u32, f32)>) -> Self {
        Self { values: Values::Set(pairs.into_iter().collect()) }
    }

    pub fn of(&self, feature: u32) -> f32 {
        match &self.values {
            Values::Set(values) => values.get(&feature).copied().unwrap_or_default(),
            Values::Learned(values) => values[slot(feature)],
        }
    }

    pub fn sum(&self, features: &[u32]) -> f32 {
        features.iter().map(|feature| self.of(*feature)).sum()
    }

    pub fn add(&mut self, features: &[u32], amount: f32) {
        for feature in features {
            match &mut self.values {
                Values::Set(values) => *values.entry(*feature).or_default() += amount,
                Values::Learned(values) => values[slot(*feature)] += amount,
            }
        }
    }

    /// `self` minus `other` times `times`, of learned weights: how averages are made of sums.
    pub fn less(&self, other: &Self, times: f32) -> Self {
        match (&self.values, &other.values) {
            (Values::Learned(own), Values::Learned(other)) => {
                let values = own.iter().zip(other).map(|(own, other)| own - other * times).collect();
                Self { values: Values::Learned(values) }
            }
            _ => self.clone(),
        }
    }
}

fn slot(feature: u32) -> usize {
    (feature.wrapping_mul(0x9e37_79b1) >> (32 - LEARNED_BITS)) as usize
}
