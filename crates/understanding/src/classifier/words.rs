//! Texts as sparse vectors of their words, pairs of words and short runs of characters, weighted by rarity.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text::normal;

/// Rarest features beyond this many are dropped: they cost memory for every label and decide little.
const MAX_FEATURES: usize = 60_000;
/// From this many texts on, a run of characters seen once is noise.
const MANY_TEXTS: usize = 1_000;
const LATIN_RUNS: std::ops::RangeInclusive<usize> = 2..=4;
const HAN_RUNS: std::ops::RangeInclusive<usize> = 1..=3;

/// Which features there are, and how much each tells.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Vocabulary {
    /// Hashes of features in rising order; a feature's number is its place.
    keys: Vec<u64>,
    rarity: Vec<f32>,
}

/// A text's features by number, rising, with their weights.
pub type Row = Vec<(u32, f32)>;

/// The features of one text before anything is known about others: hash, how often, and whether it is a word.
struct Counts {
    words: BTreeMap<u64, u32>,
    runs: BTreeMap<u64, u32>,
}

impl Vocabulary {
    pub fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut seen: BTreeMap<u64, (u32, bool)> = BTreeMap::new();
        let mut count = 0usize;
        for text in texts {
            let counts = counts(text);
            count += 1;
            for key in counts.words.keys() {
                seen.entry(*key).or_insert((0, true)).0 += 1;
            }
            for key in counts.runs.keys() {
                seen.entry(*key).or_insert((0, false)).0 += 1;
            }
        }
        let least = if count >= MANY_TEXTS { 2 } else { 1 };
        let mut kept: Vec<(u64, u32)> = seen
            .into_iter()
            .filter(|(_, (texts, is_word))| *is_word || *texts >= least)
            .map(|(key, (texts, _))| (key, texts))
            .collect();
        if kept.len() > MAX_FEATURES {
            kept.sort_by_key(|(key, texts)| (std::cmp::Reverse(*texts), *key));
            kept.truncate(MAX_FEATURES);
            kept.sort_unstable();
        }
        let rarity = |texts: u32| ((1.0 + count as f32) / (1.0 + texts as f32)).ln() + 1.0;
        Self {
            keys: kept.iter().map(|(key, _)| *key).collect(),
            rarity: kept.iter().map(|(_, t)| rarity(*t)).collect(),
        }
    }

    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// The text's row, and which share of its words is known.
    pub fn row(&self, text: &str) -> (Row, f32) {
        let counts = counts(text);
        let (words, known) = self.part(&counts.words);
        let (runs, _) = self.part(&counts.runs);
        let mut row: Row = words.into_iter().chain(runs).collect();
        row.sort_unstable_by_key(|(number, _)| *number);
        row.dedup_by_key(|(number, _)| *number);
        (row, known)
    }

    /// One kind of feature, of length 1 in all.
    fn part(&self, counts: &BTreeMap<u64, u32>) -> (Row, f32) {
        let mut row: Row = counts
            .iter()
            .filter_map(|(key, count)| {
                let place = self.keys.binary_search(key).ok()?;
                Some((place as u32, (1.0 + (*count as f32).ln()) * self.rarity[place]))
            })
            .collect();
        let known = row.len() as f32 / counts.len().max(1) as f32;
        let length = row.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        if length > 0.0 {
            row.iter_mut().for_each(|(_, weight)| *weight /= length);
        }
        (row, known)
    }
}

fn counts(text: &str) -> Counts {
    let mut counts = Counts { words: BTreeMap::new(), runs: BTreeMap::new() };
    let text = normal(text);
    let mut before: Option<&str> = None;
    for piece in text.split(|symbol: char| !symbol.is_alphanumeric() && symbol != '\'') {
        let mut rest = piece;
        while let Some(first) = rest.chars().next() {
            let is_han = !first.is_ascii();
            let end = rest.find(|symbol: char| symbol.is_ascii() == is_han).unwrap_or(rest.len());
            let (word, later) = rest.split_at(end);
            rest = later;
            let symbols: Vec<char> = if is_han {
                word.chars().collect()
            } else {
                std::iter::once(' ').chain(word.chars()).chain(std::iter::once(' ')).collect()
            };
            if is_han {
                before = None;
            } else {
                *counts.words.entry(hash(&["w", word])).or_default() += 1;
                if let Some(before) = before {
                    *counts.words.entry(hash(&["p", before, word])).or_default() += 1;
                }
                before = Some(word);
            }
            let kind = if is_han { &mut counts.words } else { &mut counts.runs };
            for length in if is_han { HAN_RUNS } else { LATIN_RUNS } {
                for run in symbols.windows(length) {
                    let run: String = run.iter().collect();
                    *kind.entry(hash(&["r", &run])).or_default() += 1;
                }
            }
        }
    }
    counts
}

/// FNV-1a: the same on every machine and in every version, because models are stored.
fn hash(parts: &[&str]) -> u64 {
    let mut state = 0xcbf2_9ce4_8422_2325u64;
    for part in parts {
        for byte in part.bytes().chain([0xff]) {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    state
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_length_one_for_each_kind() {
        let vocabulary = Vocabulary::of(["where is my parcel", "cancel my order", "怎么退货"].into_iter());
        let (row, known) = vocabulary.row("where is the order");
        let square: f32 = row.iter().map(|(_, weight)| weight * weight).sum();
        assert!((square - 2.0).abs() < 1e-3, "{square}");
        // Three words of four and one pair of three.
        assert!((known - 4.0 / 7.0).abs() < 1e-6, "{known}");
        let (row, known) = vocabulary.row("怎麼退貨");
        assert!(!row.is_empty() && (known - 1.0).abs() < 1e-6, "traditional characters are the same words");
    }

    #[test]
    fn unknown_words_are_an_empty_row() {
        let vocabulary = Vocabulary::of(["cancel"].into_iter());
        assert_eq!(vocabulary.row("退").1, 0.0);
        assert!(vocabulary.row("").0.is_empty());
    }
}
