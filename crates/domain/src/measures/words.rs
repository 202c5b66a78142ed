//! Whether a shopper says the same again: the overlap of character pairs, kept as hashes and never as text.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// The overlap (Jaccard) from which two turns say the same.
const SAME: f64 = 0.6;
/// Shorter turns ("ok", "你好") repeat themselves without meaning anything by it.
const FEWEST_PAIRS: usize = 3;
/// Longer turns are compared by their beginning.
const MOST_PAIRS: usize = 96;

/// What a turn said, for comparing only.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ask(BTreeSet<u32>);

impl Ask {
    pub fn of(text: &str) -> Self {
        let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        Self(letters.windows(2).map(|pair| hash(pair[0], pair[1])).take(MOST_PAIRS).collect())
    }

    pub fn and(&mut self, other: &Self) {
        self.0.extend(other.0.iter().take(MOST_PAIRS.saturating_sub(self.0.len())));
    }

    pub fn is_same(&self, other: &Self) -> bool {
        if self.0.len() < FEWEST_PAIRS || other.0.len() < FEWEST_PAIRS {
            return false;
        }
        let both = self.0.intersection(&other.0).count();
        let either = self.0.len() + other.0.len() - both;
        both as f64 >= SAME * either as f64
    }
}

/// FNV-1a: the same on every machine, which rows that are compared with a rebuilt log need.
fn hash(a: char, b: char) -> u32 {
    [a, b]
        .iter()
        .flat_map(|c| u32::from(*c).to_le_bytes())
        .fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::Ask;

    #[test]
    fn the_same_said_again_is_known() {
        let same = |a: &str, b: &str| Ask::of(a).is_same(&Ask::of(b));
        // 快递到哪了 has 4 pairs; 我的快递到哪了 has 6, of which 4 are shared: 4 / 6 = 0.67.
        assert!(same("快递到哪了？", "我的快递到哪了"));
        // 怎么退货 has 3 pairs, 怎么退款 has 3, shared are 怎么 and 么退: 2 / 4 = 0.5.
        assert!(!same("怎么退货", "怎么退款"));
        assert!(same("Where is my parcel?", "WHERE IS MY PARCEL"));
        assert!(!same("ok", "ok"));
    }
}
