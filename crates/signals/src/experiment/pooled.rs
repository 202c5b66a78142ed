//! What all triggers do together, and what that says about each: small shops can't test each one alone.

use serde::{Deserialize, Serialize};

use super::interval::{Effect, fixed};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pooled {
    /// The mean over triggers.
    pub all: Effect,
    /// How much triggers differ, as a standard deviation.
    pub spread: f64,
    /// Each trigger, drawn towards the mean by as much as it is unsure.
    pub each: Vec<Effect>,
}

/// Random effects after DerSimonian and Laird, each then shrunk (empirical Bayes). Takes differences with the variance
/// of each; signs have to mean the same: more is better.
pub fn pooled(differences: &[(f64, f64)], alpha: f64) -> Option<Pooled> {
    let known: Vec<(f64, f64)> = differences.iter().copied().filter(|(_, variance)| *variance > 0.0).collect();
    if known.is_empty() || known.len() != differences.len() {
        return None;
    }
    let weights = |between: f64| known.iter().map(move |(_, variance)| 1.0 / (variance + between));
    let mean = |between: f64| {
        let sum: f64 = weights(between).zip(&known).map(|(weight, (difference, _))| weight * difference).sum();
        sum / weights(between).sum::<f64>()
    };
    let plain = mean(0.0);
    let q: f64 = weights(0.0).zip(&known).map(|(weight, (difference, _))| weight * (difference - plain).powi(2)).sum();
    let (total, squares): (f64, f64) = (weights(0.0).sum(), weights(0.0).map(|it| it * it).sum());
    let freedom = known.len() as f64 - 1.0;
    let scale = total - squares / total;
    let between = if scale > 0.0 { ((q - freedom) / scale).max(0.0) } else { 0.0 };
    let middle = mean(between);
    let variance_of_mean = 1.0 / weights(between).sum::<f64>();
    let each = known.iter().map(|(difference, variance)| {
        // The share of what was seen that is the trigger's own.
        let own = between / (between + variance);
        let shrunk = own * difference + (1.0 - own) * middle;
        fixed(shrunk, own * variance + (1.0 - own).powi(2) * variance_of_mean, alpha)
    });
    Some(Pooled { all: fixed(middle, variance_of_mean, alpha), spread: between.sqrt(), each: each.collect() })
}
