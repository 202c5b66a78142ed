//! Texts as sparse vectors of their words, pairs of words and short runs of characters, weighted by rarity.

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

/// The features of one text before anything is known about others: hashes in rising order, and how often each.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    words: Vec<(u64, u32)>,
    runs: Vec<(u64, u32)>,
}

impl Vocabulary {
    pub fn of<'a>(texts: impl Iterator<Item = &'a Counts>) -> Self {
        let (mut words, mut runs, mut count) = (Vec::new(), Vec::new(), 0usize);
        for counts in texts {
            count += 1;
            words.extend(counts.words.iter().map(|(key, _)| *key));
            runs.extend(counts.runs.iter().map(|(key, _)| *key));
        }
        let least = if count >= MANY_TEXTS { 2 } else { 1 };
        let mut kept = counted(words);
        kept.extend(counted(runs).into_iter().filter(|(_, texts)| *texts >= least));
        kept.sort_unstable();
        kept.dedup_by_key(|(key, _)| *key);
        if kept.len() > MAX_FEATURES {
            kept.sort_by_key(|(key, texts)| (std::cmp::Reverse(*texts), *key));
            kept.truncate(MAX_FEATURES);
            kept.sort_unstable();
        }
        let rarity = |texts: u32| ((1.0 + count as f32) / (1.0 + texts as f32)).ln() + 1.0;
        let (keys, texts): (Vec<u64>, Vec<u32>) = kept.into_iter().unzip();
        Self { keys, rarity: texts.into_iter().map(rarity).collect() }
    }

    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// The text's row, and which share of its words is known.
    pub fn row(&self, counts: &Counts) -> (Row, f32) {
        let (words, known) = self.part(&counts.words);
        let (runs, _) = self.part(&counts.runs);
        let mut row: Row = words.into_iter().chain(runs).collect();
        row.sort_unstable_by_key(|(number, _)| *number);
        row.dedup_by_key(|(number, _)| *number);
        (row, known)
    }

    /// One kind of feature, of length 1 in all.
    fn part(&self, counts: &[(u64, u32)]) -> (Row, f32) {
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

impl Counts {
    pub fn of(text: &str) -> Self {
        let text = normal(text);
        let (mut words, mut runs) = (Vec::new(), Vec::new());
        let mut before: Option<&str> = None;
        let mut symbols: Vec<char> = Vec::new();
        for piece in text.split(|symbol: char| !symbol.is_alphanumeric() && symbol != '\'') {
            let mut rest = piece;
            while let Some(first) = rest.chars().next() {
                let is_latin = first.is_ascii();
                let end = rest.find(|symbol: char| symbol.is_ascii() != is_latin).unwrap_or(rest.len());
                let (word, later) = rest.split_at(end);
                rest = later;
                symbols.clear();
                if !is_latin {
                    symbols.extend(word.chars());
                    add_runs(&mut words, &symbols, HAN_RUNS);
                    before = None;
                    continue;
                }
                symbols.extend(std::iter::once(' ').chain(word.chars()).chain(std::iter::once(' ')));
                add_runs(&mut runs, &symbols, LATIN_RUNS);
                words.push(hash('w', word.chars()));
                if let Some(before) = before {
                    words.push(hash('p', before.chars().chain(std::iter::once(' ')).chain(word.chars())));
                }
                before = Some(word);
            }
        }
        Self { words: counted(words), runs: counted(runs) }
    }
}

fn add_runs(keys: &mut Vec<u64>, symbols: &[char], lengths: std::ops::RangeInclusive<usize>) {
    for length in lengths {
        keys.extend(symbols.windows(length).map(|run| hash('r', run.iter().copied())));
    }
}

/// Each key once, rising, with how often it was there.
fn counted(mut keys: Vec<u64>) -> Vec<(u64, u32)> {
    keys.sort_unstable();
    keys.chunk_by(|one, other| one == other).map(|same| (same[0], same.len() as u32)).collect()
}

/// FNV-1a: the same on every machine and in every version, because models are stored.
fn hash(kind: char, symbols: impl Iterator<Item = char>) -> u64 {
    let mut state = 0xcbf2_9ce4_8422_2325u64;
    for symbol in std::iter::once(kind).chain(symbols) {
        state = (state ^ u64::from(symbol)).wrapping_mul(0x0100_0000_01b3);
    }
    // Whole characters at a time leave the upper bits poorly mixed.
    state ^ (state >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary(texts: &[&str]) -> Vocabulary {
        let counts: Vec<Counts> = texts.iter().map(|text| Counts::of(text)).collect();
        Vocabulary::of(counts.iter())
    }

    #[test]
    fn rows_have_length_one_for_each_kind() {
        let vocabulary = vocabulary(&["where is my parcel", "cancel my order", "怎么退货"]);
        let (row, known) = vocabulary.row(&Counts::of("where is the order"));
        let square: f32 = row.iter().map(|(_, weight)| weight * weight).sum();
        assert!((square - 2.0).abs() < 1e-3, "{square}");
        // Three words of four and one pair of three.
        assert!((known - 4.0 / 7.0).abs() < 1e-6, "{known}");
        let (row, known) = vocabulary.row(&Counts::of("怎麼退貨"));
        assert!(!row.is_empty() && (known - 1.0).abs() < 1e-6, "traditional characters are the same words");
    }

    #[test]
    fn unknown_words_are_an_empty_row() {
        let vocabulary = vocabulary(&["cancel"]);
        assert_eq!(vocabulary.row(&Counts::of("退")).1, 0.0);
        assert!(vocabulary.row(&Counts::of("")).0.is_empty());
    }
}
