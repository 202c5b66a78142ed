//! One classifier design for everything that is told apart by examples: intents, topics, feelings. The mean of two
//! logistic regressions, one over TF-IDF of words and characters and one over the embedding, with a score that says
//! how far a text lies from everything known.

use serde::{Deserialize, Serialize};

/// A labelled text and its vector; no vector when there is no model, and then words decide alone.
#[derive(Debug, Clone, Copy)]
pub struct Example<'a> {
    pub text: &'a str,
    pub vector: Option<&'a [f32]>,
    /// Index into the labels given to `train`.
    pub label: usize,
    /// How much it counts; 1 is usual.
    pub weight: f32,
}

/// What the classifier makes of a text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Prediction {
    /// Labels by probability, likeliest first; probabilities are calibrated and sum to 1 over all labels.
    pub ranked: Vec<(usize, f32)>,
    /// Higher is better known: low means that the text belongs to no label. Comparable between texts of one model.
    pub familiarity: f32,
}
