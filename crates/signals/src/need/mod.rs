//! What a person will need: small boosted trees over what is known live, with chances that mean what they say, and
//! with reasons.

mod bins;
mod boost;
mod calibrate;
pub mod live;
mod question;
#[cfg(test)]
mod tests;
pub mod uplift;

use serde::{Deserialize, Serialize};

pub use boost::{Settings, Trees};
pub use calibrate::Calibration;
pub use question::{Likely, Questions, Situation};

/// Rows of numbers, one column for each feature; `NaN` is unknown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    pub names: Vec<String>,
    pub rows: Vec<Vec<f32>>,
}

/// How much a feature moved a prediction, in log-odds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Because {
    pub feature: String,
    pub value: f32,
    pub weight: f32,
}

/// A model as it ships: several runs of boosting, and the calibration learned on rows none of them had seen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    pub names: Vec<String>,
    runs: Vec<Trees>,
    calibration: Calibration,
}

/// Parts into which rows are split to calibrate; enough that each run sees most rows.
const FOLDS: usize = 4;

impl Model {
    /// `None` when there are too few rows, or all ended alike: then nothing can be said.
    pub fn train(table: &Table, outcomes: &[bool], settings: &Settings) -> Option<Self> {
        let reached = outcomes.iter().filter(|it| **it).count();
        // Twenty of each kind for every fold are the least from which anything is learned.
        if reached.min(outcomes.len() - reached) < FOLDS * 20 {
            return None;
        }
        let held_out = |fold: usize| (0..outcomes.len()).filter(move |row| row % FOLDS == fold);
        let (mut runs, mut scored) = (Vec::new(), Vec::new());
        for fold in 0..FOLDS {
            let rows: Vec<usize> = (0..outcomes.len()).filter(|row| row % FOLDS != fold).collect();
            let run =
                Trees::train(table, outcomes, &rows, &Settings { seed: settings.seed + fold as u64, ..*settings });
            scored.extend(held_out(fold).map(|row| (run.score(&table.rows[row]), outcomes[row])));
            runs.push(run);
        }
        Some(Self { names: table.names.clone(), runs, calibration: Calibration::fit(&scored) })
    }

    /// How likely it is.
    pub fn chance(&self, row: &[f32]) -> f64 {
        self.calibration.chance(self.score(row))
    }

    fn score(&self, row: &[f32]) -> f64 {
        self.runs.iter().map(|run| run.score(row)).sum::<f64>() / self.runs.len().max(1) as f64
    }

    /// The features that moved it most, largest first.
    pub fn reasons(&self, row: &[f32], most: usize) -> Vec<Because> {
        let mut weights = vec![0.0; self.names.len()];
        for run in &self.runs {
            run.contribute(row, 1.0 / self.runs.len() as f64, &mut weights);
        }
        let mut reasons: Vec<Because> = self
            .names
            .iter()
            .zip(row)
            .zip(&weights)
            .map(|((feature, value), weight)| Because {
                feature: feature.clone(),
                value: *value,
                weight: *weight as f32,
            })
            .collect();
        reasons.sort_by(|one, two| {
            two.weight.abs().total_cmp(&one.weight.abs()).then_with(|| one.feature.cmp(&two.feature))
        });
        reasons.truncate(most);
        reasons
    }
}
