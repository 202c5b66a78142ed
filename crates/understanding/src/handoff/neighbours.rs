//! The judged turns most like a turn, and what was judged of them.

use serde::{Deserialize, Serialize};

use super::{Dialogue, Said};

/// Neighbours that are heard.
const HEARD: usize = 15;
/// How much the turn itself counts in the likeness; the rest is what the other side had said before it.
const OWN_SHARE: f32 = 0.6;
/// So that a turn without any likeness to others still has an opinion: the mean.
const LEAST: f32 = 1e-6;

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Neighbours {
    turns: Vec<Turn>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Turn {
    place: Place,
    needs_human: bool,
    weight: f32,
    /// Its dialogue in training: a turn isn't compared with its own.
    dialogue: u32,
}

/// A turn and what it follows, as sets of words.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Place {
    by_shopper: bool,
    own: Vec<u64>,
    before: Vec<u64>,
}

impl Neighbours {
    pub fn of(dialogues: &[&Dialogue]) -> Self {
        let mut turns = Vec::new();
        for (number, dialogue) in dialogues.iter().enumerate() {
            for (at, verdict) in dialogue.needs_human.iter().enumerate() {
                let Some(needs_human) = *verdict else { continue };
                let place = Place::of(&dialogue.said, at);
                turns.push(Turn { place, needs_human, weight: dialogue.weight, dialogue: number as u32 });
            }
        }
        Self { turns }
    }

    /// For each turn: the share of its neighbours that needed a human, and how near the nearest is. `except` is left
    /// out.
    pub fn opinions(&self, said: &[Said], except: Option<usize>) -> Vec<[f32; 2]> {
        (0..said.len()).map(|at| self.opinion(&Place::of(said, at), except)).collect()
    }

    fn opinion(&self, place: &Place, except: Option<usize>) -> [f32; 2] {
        let others = self.turns.iter().filter(|turn| except != Some(turn.dialogue as usize));
        let mut near: Vec<(f32, &Turn)> = others.map(|turn| (place.likeness(&turn.place), turn)).collect();
        if near.len() > HEARD {
            near.select_nth_unstable_by(HEARD, |(one, _), (other, _)| other.total_cmp(one));
            near.truncate(HEARD);
        }
        let (mut needed, mut in_all, mut nearest) = (0.0f32, 0.0f32, 0.0f32);
        for (likeness, turn) in near {
            let weight = (likeness.powi(3) + LEAST) * turn.weight;
            needed += if turn.needs_human { weight } else { 0.0 };
            in_all += weight;
            nearest = nearest.max(likeness);
        }
        [if in_all > 0.0 { needed / in_all } else { 0.0 }, nearest]
    }
}

impl Place {
    fn of(said: &[Said], at: usize) -> Self {
        let by_shopper = said[at].by_shopper;
        let before = said[..at].iter().rev().find(|turn| turn.by_shopper != by_shopper);
        Self { by_shopper, own: set(&said[at]), before: before.map(set).unwrap_or_default() }
    }

    fn likeness(&self, other: &Self) -> f32 {
        if self.by_shopper != other.by_shopper {
            return 0.0;
        }
        OWN_SHARE * jaccard(&self.own, &other.own) + (1.0 - OWN_SHARE) * jaccard(&self.before, &other.before)
    }
}

fn set(turn: &Said) -> Vec<u64> {
    let mut words = turn.words.clone();
    words.sort_unstable();
    words.dedup();
    words
}

/// Of rising lists.
fn jaccard(one: &[u64], other: &[u64]) -> f32 {
    let (mut left, mut right, mut shared) = (0, 0, 0);
    while left < one.len() && right < other.len() {
        match one[left].cmp(&other[right]) {
            std::cmp::Ordering::Less => left += 1,
            std::cmp::Ordering::Greater => right += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                left += 1;
                right += 1;
            }
        }
    }
    if shared == 0 { 0.0 } else { shared as f32 / (one.len() + other.len() - shared) as f32 }
}
