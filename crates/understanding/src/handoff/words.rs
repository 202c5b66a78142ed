//! What was said now and in the two turns before, as numbered features: who said which word, and which pair of words.

use serde::{Deserialize, Serialize};

use super::Said;

/// Turns before the present one whose words count.
const BACK: usize = 2;
/// A feature of fewer turns is noise.
const LEAST_TURNS: u32 = 2;
/// Of more turns than this in training nothing is gained, and memory is lost.
const MAX_FEATURES: usize = 200_000;

/// Hashes of the features in rising order; a feature's number is its place.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Vocabulary(Vec<u64>);

/// The features of one turn: all of them, and those of the present turn alone.
#[derive(Debug, Clone, Default)]
pub struct Row {
    pub whole: Vec<u32>,
    pub now: Vec<u32>,
}

impl Vocabulary {
    pub fn of<'a>(turns: impl Iterator<Item = &'a Keys>) -> Self {
        let mut all: Vec<u64> = turns.flat_map(|keys| keys.whole.iter().copied()).collect();
        all.sort_unstable();
        let mut kept: Vec<(u64, u32)> =
            all.chunk_by(|one, other| one == other).map(|same| (same[0], same.len() as u32)).collect();
        kept.retain(|(_, turns)| *turns >= LEAST_TURNS);
        if kept.len() > MAX_FEATURES {
            kept.sort_unstable_by_key(|(key, turns)| (std::cmp::Reverse(*turns), *key));
            kept.truncate(MAX_FEATURES);
            kept.sort_unstable();
        }
        Self(kept.into_iter().map(|(key, _)| key).collect())
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn row(&self, keys: &Keys) -> Row {
        let numbers = |keys: &[u64]| {
            keys.iter().filter_map(|key| self.0.binary_search(key).ok()).map(|place| place as u32).collect()
        };
        Row { whole: numbers(&keys.whole), now: numbers(&keys.now) }
    }
}

/// The features of one turn before anything is known about others.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    whole: Vec<u64>,
    now: Vec<u64>,
}

pub fn rows(said: &[Said], vocabulary: &Vocabulary) -> Vec<Row> {
    (0..said.len()).map(|place| vocabulary.row(&keys(said, place))).collect()
}

pub fn keys(said: &[Said], place: usize) -> Keys {
    let (mut whole, mut now) = (Vec::new(), Vec::new());
    let by = u64::from(said[place].by_shopper);
    for back in 0..=BACK {
        let frame = 8 + back as u64 * 4 + by;
        let Some(turn) = place.checked_sub(back).map(|at| &said[at]) else {
            whole.push(hash(frame, 0, u64::MAX));
            continue;
        };
        let frame = frame + 2 * u64::from(turn.by_shopper);
        let mut keys: Vec<u64> = turn.words.iter().map(|word| hash(frame, 1, *word)).collect();
        if back <= 1 {
            keys.extend(turn.words.windows(2).map(|pair| hash(frame, pair[0].wrapping_mul(31).max(2), pair[1])));
        }
        if back == 0 {
            keys.extend(turn.kinds.iter().map(|kind| hash(frame, 2, *kind)));
            now.extend_from_slice(&keys);
            // Whoever says it.
            keys.extend(turn.words.iter().map(|word| hash(0, 1, *word)));
        }
        whole.extend(keys);
    }
    for keys in [&mut whole, &mut now] {
        keys.sort_unstable();
        keys.dedup();
    }
    Keys { whole, now }
}

/// The same on every machine and in every version, because models may be stored.
fn hash(frame: u64, kind: u64, word: u64) -> u64 {
    let mut state = 0xcbf2_9ce4_8422_2325u64;
    for part in [frame, kind, word] {
        state = (state ^ part).wrapping_mul(0x0100_0000_01b3);
        state ^= state >> 32;
    }
    state
}
