//! One classifier design for everything that is told apart by examples: intents, topics, feelings. Words and meaning
//! each give every label a score; the mix, the probabilities and the score that says how far a text lies from
//! everything known are learned on examples that were held out.

mod descent;
mod judge;
mod margins;
mod meaning;
mod parts;
#[cfg(test)]
mod tests;
mod training;
mod words;

use serde::{Deserialize, Serialize};

pub(crate) use descent::minimum;
use judge::{Judge, chance};
use meaning::to_chances;
use parts::{Opinion, Parts};
use words::Counts;

/// A labelled text and its vector; no vector when there is no model, and then words decide alone.
#[derive(Debug, Clone, Copy)]
pub struct Example<'a> {
    pub text: &'a str,
    pub vector: Option<&'a [f32]>,
    /// Index into the labels given to `train`. A text with several labels is given once with each.
    pub label: usize,
    /// How much it counts; 1 is usual.
    pub weight: f32,
}

/// A text that belongs to no label.
#[derive(Debug, Clone, Copy)]
pub struct Outside<'a> {
    pub text: &'a str,
    pub vector: Option<&'a [f32]>,
}

/// How a classifier is trained. The defaults suit intents.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The same seed and examples make the same classifier.
    pub seed: u64,
    /// The examples are held out in this many parts to learn the mix; 0 skips that and takes usual values.
    pub folds: usize,
    /// How closely words follow the examples.
    pub words_strength: f32,
    /// How closely meaning follows the examples; `None` tries a few and takes the best.
    pub meaning_strength: Option<f32>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 1, folds: 3, words_strength: 1.0, meaning_strength: None }
    }
}

/// What the classifier makes of a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Prediction {
    /// Labels by probability, likeliest first; probabilities are calibrated and sum to 1 over all labels.
    pub ranked: Vec<(usize, f32)>,
    /// Higher is better known: low means that the text belongs to no label. Comparable between texts of one model.
    pub familiarity: f32,
    /// The chance that the likeliest label is right, where a text outside every label is always wrong.
    pub reliability: f32,
}

impl Prediction {
    /// The likeliest label.
    pub fn best(&self) -> Option<(usize, f32)> {
        self.ranked.first().copied()
    }
}

/// Tells texts apart by examples.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Classifier {
    labels: usize,
    parts: Parts,
    with_vector: Voice,
    words_alone: Voice,
}

/// How opinions become one: learned twice, with vectors and without.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Voice {
    /// What each part's scores are worth.
    mix: Vec<f32>,
    familiar: Option<Judge>,
    reliable: Option<Judge>,
    /// Slope and bias that turn a mixed score into the chance that a label is among a text's labels.
    among: (f32, f32),
}

impl Classifier {
    /// Labels without examples are allowed and are never likely.
    pub fn train(labels: usize, examples: &[Example<'_>], settings: &Settings) -> Self {
        Self::train_with_outside(labels, examples, &[], settings)
    }

    /// `outside` are texts known to belong to no label; without any, labels held out in turn stand in for them.
    pub fn train_with_outside(
        labels: usize,
        examples: &[Example<'_>],
        outside: &[Outside<'_>],
        settings: &Settings,
    ) -> Self {
        training::train(labels, examples, outside, settings)
    }

    pub fn labels(&self) -> usize {
        self.labels
    }

    pub fn predict(&self, text: &str, vector: Option<&[f32]>) -> Prediction {
        let opinion = self.parts.opinion(self.labels, &Counts::of(text), vector);
        let voice = self.voice(&opinion);
        let mut chances = voice.mixed(&opinion);
        to_chances(&mut chances);
        let signals = opinion.signals(&chances);
        let familiarity = voice.familiar.as_ref().map_or_else(|| opinion.usual_familiarity(), |by| by.odds(&signals));
        let mut ranked: Vec<(usize, f32)> = chances.into_iter().enumerate().collect();
        ranked.sort_by(|(a, one), (b, other)| other.total_cmp(one).then(a.cmp(b)));
        let likeliest = ranked.first().map_or(0.0, |(_, chance)| *chance);
        let reliability = voice.reliable.as_ref().map_or(likeliest, |by| chance(by.odds(&signals)));
        Prediction { ranked, familiarity, reliability }
    }

    /// For texts that may have several labels: the chance of each label to be among them. They don't sum to 1.
    pub fn among(&self, text: &str, vector: Option<&[f32]>) -> Vec<f32> {
        let opinion = self.parts.opinion(self.labels, &Counts::of(text), vector);
        let voice = self.voice(&opinion);
        let mut scores = voice.mixed(&opinion);
        to_chances(&mut scores);
        let (slope, bias) = voice.among;
        scores.into_iter().map(|share| chance(slope * share.max(1e-9).ln() + bias)).collect()
    }

    fn voice(&self, opinion: &Opinion) -> &Voice {
        if opinion.has_meaning() { &self.with_vector } else { &self.words_alone }
    }
}

impl Voice {
    fn mixed(&self, opinion: &Opinion) -> Vec<f32> {
        let mut mixed: Vec<f32> = Vec::new();
        for (scores, worth) in opinion.scores.iter().zip(&self.mix) {
            mixed.resize(scores.len(), 0.0);
            mixed.iter_mut().zip(scores).for_each(|(sum, score)| *sum += worth * score);
        }
        mixed
    }
}
