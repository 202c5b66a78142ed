//! From a score to a chance: a line through the log-odds, fitted on rows the model hadn't seen (Platt).

use serde::{Deserialize, Serialize};

/// Newton's method has long settled by then.
const ROUNDS: usize = 30;

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    slope: f64,
    shift: f64,
}

impl Calibration {
    pub fn fit(scored: &[(f64, bool)]) -> Self {
        let (mut slope, mut shift) = (1.0, 0.0);
        for _ in 0..ROUNDS {
            // A little pull towards a slope of 1, so that few rows can't turn it round.
            let (mut ga, mut gb, mut haa, mut hab, mut hbb) = (1.0 - slope, 0.0, 1.0, 0.0, 1e-9);
            for (score, reached) in scored {
                let chance = 1.0 / (1.0 + (-(slope * score + shift)).exp());
                let (off, weight) = (f64::from(u8::from(*reached)) - chance, chance * (1.0 - chance));
                ga += off * score;
                gb += off;
                haa += weight * score * score;
                hab += weight * score;
                hbb += weight;
            }
            let determinant = haa * hbb - hab * hab;
            if determinant.abs() < 1e-12 {
                break;
            }
            slope += (hbb * ga - hab * gb) / determinant;
            shift += (haa * gb - hab * ga) / determinant;
        }
        Self { slope, shift }
    }

    pub fn chance(&self, score: f64) -> f64 {
        1.0 / (1.0 + (-(self.slope * score + self.shift)).exp())
    }
}
