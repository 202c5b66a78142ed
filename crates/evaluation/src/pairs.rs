//! `match`: do two questions mean the same? Meaning by the embedding model, words by shared pairs of characters.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    time::Instant,
};

use anyhow::{Context, Result, bail};
use engine::bot::likeness;
use indicatif::ProgressBar;
use models::{Embedder, TextKind};
use serde::Deserialize;
use serde_json::json;

use super::{
    Report, rounded,
    scores::{accuracy, auc, best_threshold, spread},
};

/// What a standard deviation of shared words is worth in standard deviations of cosine; the best on one half of the
/// pairs is used for the other.
const WEIGHTS: [f64; 6] = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0];
const BATCH: usize = 256;

#[derive(Deserialize)]
struct Pair {
    a: String,
    b: String,
    y: u8,
}

/// A pair as it is scored.
struct Likeness {
    cosine: f64,
    words: f64,
    same: bool,
}

pub async fn pairs(data: &Path, embedder: &Embedder) -> Result<Report> {
    let begun = Instant::now();
    let file = std::fs::File::open(data).with_context(|| format!("{} can't be opened", data.display()))?;
    let mut pairs = Vec::new();
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let line = line?;
        if !line.trim().is_empty() {
            let pair: Pair = serde_json::from_str(&line).with_context(|| format!("line {}", number + 1))?;
            pairs.push(pair);
        }
    }
    if pairs.len() < 4 {
        bail!("{} has too few pairs", data.display());
    }
    let scored = score(&pairs, embedder).await?;
    // Every other pair chooses, the rest is tested, and the other way round.
    let (even, odd): (Vec<_>, Vec<_>) = scored.iter().enumerate().partition(|(place, _)| place % 2 == 0);
    let halves = [even, odd].map(|half| half.into_iter().map(|(_, pair)| pair).collect::<Vec<_>>());
    let folds = [(&halves[0], &halves[1]), (&halves[1], &halves[0])].map(|(chosen, tested)| fold(chosen, tested));
    let mean = |value: fn(&(f64, f64, f64)) -> f64| rounded(folds.iter().map(value).sum::<f64>() / 2.0);
    let alone = |value: fn(&Likeness) -> f64| {
        rounded(auc(&scored.iter().map(|pair| (value(pair), pair.same)).collect::<Vec<_>>()))
    };
    let metrics = json!({
        "auc": mean(|fold| fold.0), "accuracy": mean(|fold| fold.1), "word_weight": mean(|fold| fold.2),
        "auc_embedding_alone": alone(|pair| pair.cosine), "auc_words_alone": alone(|pair| pair.words),
    });
    let floors = json!({ "bank sample: bigram Jaccard auc": 0.733, "bank sample: e5 auc": 0.749 });
    Ok(Report::new("match", data, pairs.len(), begun, metrics, floors))
}

async fn score(pairs: &[Pair], embedder: &Embedder) -> Result<Vec<Likeness>> {
    let bar = ProgressBar::new(pairs.len() as u64);
    let mut scored = Vec::with_capacity(pairs.len());
    for batch in pairs.chunks(BATCH) {
        let texts: Vec<String> = batch.iter().flat_map(|pair| [pair.a.clone(), pair.b.clone()]).collect();
        let vectors = embedder.embed(TextKind::Query, &texts).await?;
        for (pair, vectors) in batch.iter().zip(vectors.chunks_exact(2)) {
            let cosine = vectors[0].iter().zip(&vectors[1]).map(|(x, y)| f64::from(x * y)).sum();
            scored.push(Likeness { cosine, words: likeness(&pair.a, &pair.b), same: pair.y == 1 });
        }
        bar.inc(batch.len() as u64);
    }
    bar.finish_and_clear();
    Ok(scored)
}

/// Weight and threshold chosen on one half; area, accuracy and that weight on the other.
fn fold(chosen: &[&Likeness], tested: &[&Likeness]) -> (f64, f64, f64) {
    let cosine = spread(chosen.iter().map(|pair| pair.cosine));
    let words = spread(chosen.iter().map(|pair| pair.words));
    let mixed = |half: &[&Likeness], weight: f64| -> Vec<(f64, bool)> {
        half.iter()
            .map(|pair| {
                let meaning = (pair.cosine - cosine.0) / cosine.1;
                (meaning + weight * (pair.words - words.0) / words.1, pair.same)
            })
            .collect()
    };
    let area = |weight: &f64| auc(&mixed(chosen, *weight));
    let weight = WEIGHTS.into_iter().max_by(|a, b| area(a).total_cmp(&area(b))).unwrap_or(0.0);
    let threshold = best_threshold(&mixed(chosen, weight));
    let tested = mixed(tested, weight);
    (auc(&tested), accuracy(&tested, threshold), weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_one_half_chooses_is_tested_on_the_other() {
        let like = |cosine: f64, words: f64, same: bool| Likeness { cosine, words, same };
        // Words tell, meaning doesn't.
        let half: Vec<Likeness> = (0..40)
            .map(|place| like(f64::from(place % 7), f64::from(place % 2) + f64::from(place) / 100.0, place % 2 == 1))
            .collect();
        let half: Vec<&Likeness> = half.iter().collect();
        let (area, right, weight) = fold(&half, &half);
        assert!(area > 0.75 && right > 0.65, "{area} {right}");
        assert!(weight > 0.5, "{weight}");
    }
}
