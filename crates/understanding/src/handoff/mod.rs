//! Whether a human is needed: a model of what was said, turn by turn, that looks at the past only. Words give a first
//! opinion and the turns most like it a second; a forest weighs both together with repetition, turn position and what
//! the desk itself knows. Trained on
//! labelled turns, of a merchant's own history or of anything else in this form.

mod certificate;
mod forest;
mod linear;
mod neighbours;
mod signals;
#[cfg(test)]
mod tests;
mod training;
mod words;

use serde::{Deserialize, Serialize};

pub use certificate::{Judged, MissBound, MissVerdict, certify_misses};
pub use training::held_out;

use forest::Forest;
use linear::Linear;
use neighbours::Neighbours;
use words::Vocabulary;

/// One thing said, by either side.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Said {
    pub by_shopper: bool,
    /// Hashes of the words, in their order.
    pub words: Vec<u64>,
    /// Coarse kinds of the words, where they are known.
    pub kinds: Vec<u64>,
    /// How much was written.
    pub length: usize,
    pub is_question: bool,
    /// What only the desk knows of this turn, such as the mood or how sure the bot was; as many for every turn.
    pub known: Vec<f32>,
    /// The text's meaning, when there is a model; empty otherwise.
    pub meaning: Vec<f32>,
}

/// A conversation with its verdicts: `None` for turns that nobody judged and that are context only.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dialogue {
    pub said: Vec<Said>,
    pub needs_human: Vec<Option<bool>>,
    /// How much its verdicts count; 1 is usual.
    pub weight: f32,
}

/// How a model is trained. The same seed and dialogues make the same model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    pub seed: u64,
    /// How closely the words follow the verdicts.
    pub words_strength: f32,
    /// Parts in which dialogues are held out, to see the words' opinion of turns they weren't trained on.
    pub folds: usize,
    pub trees: usize,
    pub least_leaf: usize,
    /// The share of the signals that each split may choose from.
    pub signal_share: f32,
}

impl Default for Settings {
    /// Chosen by cross-validation on the training files; see docs/measurements.md.
    fn default() -> Self {
        Self { seed: 1, words_strength: 0.1, folds: 8, trees: 300, least_leaf: 5, signal_share: 0.4 }
    }
}

/// Tells from the past of a conversation how likely a human is needed now.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Model {
    vocabulary: Vocabulary,
    whole: Linear,
    now: Linear,
    neighbours: Neighbours,
    forest: Forest,
    /// Slope and bias that make chances of the forest's votes.
    calibration: (f32, f32),
    /// The number of `Said::known` and of `Said::meaning` it was trained with.
    known: usize,
    meaning: usize,
}

impl Model {
    /// `None` when the verdicts are all the same.
    pub fn train(dialogues: &[Dialogue], settings: &Settings) -> Option<Self> {
        training::train(dialogues, settings)
    }

    /// The chance at every turn that a human is needed, each from what was said up to it.
    pub fn chances(&self, said: &[Said]) -> Vec<f32> {
        let rows = words::rows(said, &self.vocabulary);
        let signals = signals::of(said, self.known);
        let opinions = training::opinions(&self.whole, &self.now, &rows, &signals, said, self.meaning);
        let inputs = training::forest_inputs(&signals, &opinions, &self.neighbours.opinions(said, None));
        inputs.iter().map(|input| calibrated(self.forest.share(input), self.calibration)).collect()
    }

    /// The chance at the last turn.
    pub fn chance(&self, said: &[Said]) -> f32 {
        self.chances(said).last().copied().unwrap_or(0.0)
    }
}

fn calibrated(share: f32, (slope, bias): (f32, f32)) -> f32 {
    let share = share.clamp(1e-4, 1.0 - 1e-4);
    linear::sigmoid(slope * (share / (1.0 - share)).ln() + bias)
}
