//! Runs of characters weighted by how rare they are, and the likeness of texts by them.

use std::collections::HashMap;

use understanding::text::normal;

const LONGEST_RUN: usize = 3;
/// A run in fewer texts says nothing about another text.
const LEAST_TEXTS: u32 = 2;

/// A text as weights of runs, of length 1.
pub type Row = Vec<(usize, f32)>;

pub struct Runs {
    places: HashMap<String, usize>,
    rarity: Vec<f32>,
    /// For each run, the known texts that have it.
    texts: Vec<Vec<(usize, f32)>>,
    count: usize,
}

impl Runs {
    pub fn of(texts: &[String]) -> Self {
        let mut seen: HashMap<String, u32> = HashMap::new();
        let counted: Vec<HashMap<String, u32>> = texts.iter().map(|text| counts(text)).collect();
        for run in counted.iter().flat_map(HashMap::keys) {
            *seen.entry(run.clone()).or_insert(0) += 1;
        }
        let mut kept: Vec<(String, u32)> = seen.into_iter().filter(|(_, texts)| *texts >= LEAST_TEXTS).collect();
        kept.sort_unstable();
        let rarity =
            kept.iter().map(|(_, seen)| ((1.0 + texts.len() as f32) / (1.0 + *seen as f32)).ln() + 1.0).collect();
        let places = kept.into_iter().enumerate().map(|(place, (run, _))| (run, place)).collect();
        let mut runs = Self { places, rarity, texts: Vec::new(), count: texts.len() };
        runs.texts = vec![Vec::new(); runs.rarity.len()];
        for (number, counts) in counted.iter().enumerate() {
            for (run, weight) in runs.row_of(counts) {
                runs.texts[run].push((number, weight));
            }
        }
        runs
    }

    fn row_of(&self, counts: &HashMap<String, u32>) -> Row {
        let known = counts.iter().filter_map(|(run, count)| Some((*self.places.get(run)?, *count)));
        let mut row: Row = known.map(|(run, count)| (run, ((count as f32).ln() + 1.0) * self.rarity[run])).collect();
        let length = row.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        if length > 0.0 {
            row.iter_mut().for_each(|(_, weight)| *weight /= length);
        }
        row.sort_unstable_by_key(|(run, _)| *run);
        row
    }

    /// How alike a text is to each known one, 0 to 1.
    pub fn alike(&self, text: &str) -> Vec<f32> {
        let mut alike = vec![0.0; self.count];
        for (run, weight) in self.row_of(&counts(text)) {
            for (number, other) in &self.texts[run] {
                alike[*number] += weight * other;
            }
        }
        alike
    }
}

fn counts(text: &str) -> HashMap<String, u32> {
    let symbols: Vec<char> = normal(text).chars().collect();
    let mut counts = HashMap::new();
    for length in 1..=LONGEST_RUN {
        for run in symbols.windows(length) {
            *counts.entry(run.iter().collect()).or_insert(0) += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_most_like_itself() {
        let texts: Vec<String> = ["怎么退货", "怎么退款", "发票抬头", "退货退款"].map(str::to_owned).into();
        let alike = Runs::of(&texts).alike("怎么退货");
        assert!(alike[0] > alike[1] && alike[1] > alike[2], "{alike:?}");
    }
}
