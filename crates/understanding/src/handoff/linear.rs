//! A logistic regression over sparse words and a few standardised numbers.

use serde::{Deserialize, Serialize};

use crate::classifier::minimum;

const MAX_STEPS: usize = 80;

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Linear {
    means: Vec<f32>,
    deviations: Vec<f32>,
    /// Of the words, of the numbers, and the bias.
    weights: Vec<f32>,
    words: usize,
}

/// One turn: the numbers of its words, its dense numbers, the verdict and how much it counts.
pub struct Case<'a> {
    pub words: &'a [u32],
    pub numbers: &'a [f32],
    pub verdict: bool,
    pub weight: f32,
}

pub fn sigmoid(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}

impl Linear {
    pub fn train(words: usize, cases: &[Case<'_>], strength: f32) -> Self {
        let width = cases.first().map_or(0, |case| case.numbers.len());
        let (means, deviations) = spread(cases, width);
        let dense: Vec<Vec<f32>> = cases.iter().map(|case| scaled(case.numbers, &means, &deviations)).collect();
        let calm = 1.0 / f64::from(strength);
        let weights = minimum(vec![0.0; words + width + 1], MAX_STEPS, |at| {
            let mut value = 0.5 * calm * at.iter().map(|weight| f64::from(*weight).powi(2)).sum::<f64>();
            let mut gradient: Vec<f32> = at.iter().map(|weight| (calm * f64::from(*weight)) as f32).collect();
            for (case, dense) in cases.iter().zip(&dense) {
                let odds = odds(at, words, case.words, dense);
                let miss = if case.verdict { -odds } else { odds };
                value += f64::from(case.weight) * f64::from(miss.max(0.0) + (-miss.abs()).exp().ln_1p());
                let pull = case.weight * (sigmoid(odds) - if case.verdict { 1.0 } else { 0.0 });
                case.words.iter().for_each(|word| gradient[*word as usize] += pull);
                dense.iter().enumerate().for_each(|(place, x)| gradient[words + place] += pull * x);
                gradient[words + width] += pull;
            }
            (value, gradient)
        });
        Self { means, deviations, weights, words }
    }

    /// The logarithm of the odds.
    pub fn odds(&self, words: &[u32], numbers: &[f32]) -> f32 {
        odds(&self.weights, self.words, words, &scaled(numbers, &self.means, &self.deviations))
    }
}

fn odds(weights: &[f32], words: usize, row: &[u32], dense: &[f32]) -> f32 {
    let of_words: f32 = row.iter().map(|word| weights[*word as usize]).sum();
    let of_numbers: f32 = weights[words..].iter().zip(dense).map(|(weight, x)| weight * x).sum();
    of_words + of_numbers + weights[weights.len() - 1]
}

fn scaled(numbers: &[f32], means: &[f32], deviations: &[f32]) -> Vec<f32> {
    numbers.iter().zip(means).zip(deviations).map(|((x, mean), deviation)| (x - mean) / deviation).collect()
}

fn spread(cases: &[Case<'_>], width: usize) -> (Vec<f32>, Vec<f32>) {
    let count = cases.len().max(1) as f32;
    let mut means = vec![0.0f32; width];
    let mut deviations = vec![0.0f32; width];
    for case in cases {
        means.iter_mut().zip(case.numbers).for_each(|(mean, x)| *mean += x / count);
    }
    for case in cases {
        let apart = case.numbers.iter().zip(&means).map(|(x, mean)| (x - mean).powi(2) / count);
        deviations.iter_mut().zip(apart).for_each(|(sum, square)| *sum += square);
    }
    // What never changes tells nothing.
    let deviations = deviations.into_iter().map(|square| if square > 1e-9 { square.sqrt() } else { 1.0 }).collect();
    (means, deviations)
}
