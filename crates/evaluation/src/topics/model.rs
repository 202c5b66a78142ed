//! Topics by likeness to known texts, in words and in meaning together.

use anyhow::{Context, Result};

use super::Vectors;
use super::{
    examples::{Dialogue, Phrasing, plain},
    ridge::{Square, solve},
    words::Runs,
};

// Chosen by cross-validation over the dialogues of csds `val`; neighbouring values do as well within a point.
/// How steeply likeness falls off.
const STEEPNESS: f32 = 1.5;
/// How much of likeness is meaning; the rest is words.
const MEANING: f32 = 0.5;
const STRENGTH: f64 = 0.15;
/// Topics with many examples would win whatever is asked; each example counts less by this power of their number.
const EVENNESS: f64 = 0.25;
/// What the best single turn adds to the whole.
const BEST_TURN: f64 = 0.25;

/// The shopper's side of one dialogue.
pub struct Asked<'a> {
    pub turns: &'a [String],
    pub whole: &'a [f32],
    pub turn_vectors: &'a [&'a [f32]],
}

pub struct Model {
    topics: Vec<String>,
    runs: Runs,
    meanings: Vec<Vec<f32>>,
    /// For each topic, what likeness to each known text is worth.
    weights: Vec<Vec<f64>>,
    usual_whole: Vec<f32>,
    usual_turn: Vec<f32>,
}

/// Known texts of one kind: what words are read from, what meaning is read from, and their topics.
type Known = Vec<(String, String, Vec<usize>)>;

impl Model {
    pub fn train(dialogues: &[Dialogue], phrasings: &[Phrasing], vectors: &Vectors) -> Result<Self> {
        let mut topics: Vec<String> = dialogues.iter().flat_map(|dialogue| dialogue.topics().iter().cloned()).collect();
        topics.extend(phrasings.iter().flat_map(|phrasing| phrasing.topics.iter().cloned()));
        topics.sort_unstable();
        topics.dedup();
        let of = |text: &str| vectors.get(text).map(Vec::as_slice).context("a text without its vector");
        let kinds = known(&topics, dialogues, phrasings);
        let mut meanings = Vec::new();
        let mut usual_whole = Vec::new();
        for kind in &kinds {
            let vectors = kind.iter().map(|(_, whole, _)| of(whole)).collect::<Result<Vec<_>>>()?;
            let usual = mean(&vectors);
            meanings.extend(vectors.iter().map(|vector| direction(vector, &usual)));
            // Wholes of dialogues come first.
            if usual_whole.is_empty() {
                usual_whole = usual;
            }
        }
        let turns = dialogues.iter().flat_map(|dialogue| &dialogue.shopper);
        let usual_turn = mean(&turns.map(|turn| of(turn)).collect::<Result<Vec<_>>>()?);
        let (words, labels): (Vec<String>, Vec<Vec<usize>>) =
            kinds.into_iter().flatten().map(|(words, _, labels)| (words, labels)).unzip();
        let runs = Runs::of(&words);
        let mut model = Self { topics, runs, meanings, weights: Vec::new(), usual_whole, usual_turn };
        model.weights = solve(model.likenesses(&words), STRENGTH, &wanted(model.topics.len(), &labels))?;
        Ok(model)
    }

    fn likenesses(&self, words: &[String]) -> Square {
        let likeness = words.iter().zip(&self.meanings).flat_map(|(words, meaning)| self.alike(words, meaning));
        Square { side: words.len(), cells: likeness.map(f64::from).collect() }
    }

    fn alike(&self, words: &str, meaning: &[f32]) -> Vec<f32> {
        let by_words = self.runs.alike(words);
        let by_meaning = self.meanings.iter().map(|other| dot(meaning, other));
        let both = by_words.into_iter().zip(by_meaning);
        both.map(|(words, meaning)| (STEEPNESS * ((1.0 - MEANING) * words + MEANING * meaning - 1.0)).exp()).collect()
    }

    fn scores(&self, words: &str, meaning: &[f32]) -> Vec<f64> {
        let alike = self.alike(words, meaning);
        let worth =
            |weights: &Vec<f64>| weights.iter().zip(&alike).map(|(weight, like)| weight * f64::from(*like)).sum();
        self.weights.iter().map(worth).collect()
    }

    /// All topics, likeliest first.
    pub fn rank(&self, asked: &Asked<'_>) -> Vec<&str> {
        let turns: Vec<String> = asked.turns.iter().map(|turn| plain(turn)).collect();
        let mut scores = self.scores(&turns.join(" "), &direction(asked.whole, &self.usual_whole));
        let mut best = vec![f64::NEG_INFINITY; scores.len()];
        for (turn, vector) in turns.iter().zip(asked.turn_vectors) {
            for (best, score) in best.iter_mut().zip(self.scores(turn, &direction(vector, &self.usual_turn))) {
                *best = best.max(score);
            }
        }
        for (score, best) in scores.iter_mut().zip(best).filter(|(_, best)| best.is_finite()) {
            *score += BEST_TURN * best;
        }
        let mut ranked: Vec<(f64, &str)> = scores.into_iter().zip(self.topics.iter().map(String::as_str)).collect();
        ranked.sort_by(|(one, a), (other, b)| other.total_cmp(one).then(a.cmp(b)));
        ranked.into_iter().map(|(_, topic)| topic).collect()
    }
}

fn known(topics: &[String], dialogues: &[Dialogue], phrasings: &[Phrasing]) -> [Known; 4] {
    let place = |topic: &String| topics.binary_search(topic).ok();
    let wholes = dialogues.iter().map(|dialogue| {
        let turns: Vec<String> = dialogue.shopper.iter().map(|turn| plain(turn)).collect();
        (turns.join(" "), dialogue.said(), dialogue.topics().iter().filter_map(place).collect())
    });
    let summaries = dialogues
        .iter()
        .flat_map(|dialogue| &dialogue.segments)
        .map(|segment| (segment.asked(), segment.summary.clone(), place(&segment.topic).into_iter().collect()));
    let names = topics.iter().enumerate().map(|(place, topic)| (topic.clone(), topic.clone(), vec![place]));
    let questions = phrasings.iter().filter(|phrasing| !phrasing.topics.is_empty()).map(|phrasing| {
        (phrasing.text.clone(), phrasing.text.clone(), phrasing.topics.iter().filter_map(place).collect())
    });
    [wholes.collect(), summaries.collect(), names.collect(), questions.collect()]
}

fn wanted(topics: usize, labels: &[Vec<usize>]) -> Vec<Vec<f64>> {
    let mut wanted = vec![vec![0.0; labels.len()]; topics];
    for (row, labels) in labels.iter().enumerate() {
        for label in labels {
            wanted[*label][row] = 1.0;
        }
    }
    for of_topic in &mut wanted {
        let worth = of_topic.iter().sum::<f64>().max(1.0).powf(-EVENNESS);
        of_topic.iter_mut().for_each(|value| *value *= worth);
    }
    wanted
}

fn mean(vectors: &[&[f32]]) -> Vec<f32> {
    let mut mean = vec![0.0; vectors.first().map_or(0, |first| first.len())];
    for vector in vectors {
        for (sum, value) in mean.iter_mut().zip(*vector) {
            *sum += value / vectors.len() as f32;
        }
    }
    mean
}

/// Where a vector points from what is usual, of length 1.
fn direction(vector: &[f32], usual: &[f32]) -> Vec<f32> {
    let mut away: Vec<f32> = vector.iter().zip(usual).map(|(value, usual)| value - usual).collect();
    let length = dot(&away, &away).sqrt().max(f32::EPSILON);
    away.iter_mut().for_each(|value| *value /= length);
    away
}

fn dot(one: &[f32], other: &[f32]) -> f32 {
    const LANES: usize = 8;
    let mut sums = [0.0; LANES];
    for (x, y) in one.chunks_exact(LANES).zip(other.chunks_exact(LANES)) {
        for lane in 0..LANES {
            sums[lane] += x[lane] * y[lane];
        }
    }
    sums.iter().sum()
}
