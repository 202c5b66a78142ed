//! A small logistic regression over a handful of signals: is this text known, is this answer right?

use serde::{Deserialize, Serialize};

use super::descent::minimum;

const MAX_STEPS: usize = 200;
/// Keeps weights small when the signals say nothing.
const CALM: f64 = 1e-3;

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Judge {
    means: Vec<f32>,
    deviations: Vec<f32>,
    /// One for each signal, then the bias.
    weights: Vec<f32>,
}

/// Signals of one text, the verdict, and how much it counts.
pub struct Case {
    pub signals: Vec<f32>,
    pub verdict: bool,
    pub weight: f32,
}

impl Judge {
    /// `None` when all verdicts are the same.
    pub fn train(cases: &[Case]) -> Option<Self> {
        let count = cases.first()?.signals.len();
        if !cases.iter().any(|case| case.verdict) || cases.iter().all(|case| case.verdict) {
            return None;
        }
        let (mut means, mut deviations) = (vec![0.0; count], vec![0.0; count]);
        for place in 0..count {
            let values = || cases.iter().map(|case| f64::from(case.signals[place]));
            let mean = values().sum::<f64>() / cases.len() as f64;
            let variance = values().map(|value| (value - mean).powi(2)).sum::<f64>() / cases.len() as f64;
            means[place] = mean as f32;
            deviations[place] = variance.sqrt().max(1e-6) as f32;
        }
        let mut judge = Self { means, deviations, weights: vec![0.0; count + 1] };
        let placed: Vec<Vec<f32>> = cases.iter().map(|case| judge.place(&case.signals)).collect();
        let total: f64 = cases.iter().map(|case| f64::from(case.weight)).sum();
        judge.weights = minimum(judge.weights.clone(), MAX_STEPS, |weights| {
            let mut gradient: Vec<f64> = weights.iter().map(|weight| CALM * f64::from(*weight)).collect();
            let mut value = 0.5 * CALM * weights.iter().map(|weight| f64::from(*weight).powi(2)).sum::<f64>();
            for (case, row) in cases.iter().zip(&placed) {
                let score = weigh(weights, row);
                let side = if case.verdict { 1.0 } else { -1.0 };
                let share = f64::from(case.weight) / total;
                let miss = f64::from(-side * score);
                value += share * (miss.max(0.0) + (-miss.abs()).exp().ln_1p());
                let pull = -f64::from(side) * share / (1.0 + (-miss).exp());
                gradient.iter_mut().zip(row.iter().chain([&1.0])).for_each(|(g, x)| *g += pull * f64::from(*x));
            }
            (value, gradient.into_iter().map(|g| g as f32).collect())
        });
        Some(judge)
    }

    /// The chance of "yes", as log odds.
    pub fn odds(&self, signals: &[f32]) -> f32 {
        weigh(&self.weights, &self.place(signals))
    }

    fn place(&self, signals: &[f32]) -> Vec<f32> {
        signals.iter().zip(&self.means).zip(&self.deviations).map(|((x, mean), by)| (x - mean) / by).collect()
    }
}

fn weigh(weights: &[f32], row: &[f32]) -> f32 {
    weights.iter().zip(row.iter().chain([&1.0])).map(|(w, x)| w * x).sum()
}

pub fn chance(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learns_which_signal_tells() {
        let cases: Vec<Case> = (0..200)
            .map(|number| {
                let tells = (number % 20) as f32;
                let noise = (number * 7 % 13) as f32;
                Case { signals: vec![noise, tells], verdict: tells + noise * 0.01 > 10.0, weight: 1.0 }
            })
            .collect();
        let judge = Judge::train(&cases).expect("both verdicts are there");
        assert!(chance(judge.odds(&[6.0, 18.0])) > 0.9);
        assert!(chance(judge.odds(&[6.0, 2.0])) < 0.1);
        assert!(Judge::train(&cases[..5]).is_none(), "one verdict only");
    }
}
