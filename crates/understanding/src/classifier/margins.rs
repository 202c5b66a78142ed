//! One linear machine for each label over sparse rows: squared hinge loss, by coordinate descent in the dual
//! (Hsieh and others, 2008). Margins near 1 are sure, near -1 surely not.

use rand::{SeedableRng, rngs::StdRng, seq::SliceRandom};
use serde::{Deserialize, Serialize};

use super::words::Row;

/// Passes over the examples of one label; it is usually done after ten.
const MAX_PASSES: usize = 25;
/// A label's machine is done when no example would move further than this.
const DONE: f32 = 0.03;

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Margins {
    labels: usize,
    /// For each feature the weights of all labels; the last row is the bias.
    weights: Vec<f32>,
}

impl Margins {
    /// `is_of(example, label)` says whether an example has a label: an example may have several.
    pub fn train(
        labels: usize,
        features: usize,
        rows: &[Row],
        strengths: &[f32],
        is_of: impl Fn(usize, usize) -> bool,
        seed: u64,
    ) -> Self {
        let mut weights = vec![0.0; (features + 1) * labels];
        let squares: Vec<f32> = rows.iter().map(|row| row.iter().map(|(_, x)| x * x).sum::<f32>() + 1.0).collect();
        let mut one = vec![0.0f32; features + 1];
        for label in 0..labels {
            one.fill(0.0);
            let sides: Vec<f32> = (0..rows.len()).map(|row| if is_of(row, label) { 1.0 } else { -1.0 }).collect();
            if sides.contains(&1.0) {
                let mut random = StdRng::seed_from_u64(seed ^ label as u64);
                descend(&mut one, rows, &squares, &sides, strengths, &mut random);
            } else {
                one[features] = -1.0;
            }
            for (feature, weight) in one.iter().enumerate() {
                weights[feature * labels + label] = *weight;
            }
        }
        Self { labels, weights }
    }

    pub fn scores(&self, row: &Row) -> Vec<f32> {
        if self.weights.is_empty() {
            return Vec::new();
        }
        let bias = self.weights.len() - self.labels;
        let mut scores = self.weights[bias..].to_vec();
        for (feature, value) in row {
            let start = *feature as usize * self.labels;
            let weights = &self.weights[start..start + self.labels];
            scores.iter_mut().zip(weights).for_each(|(score, weight)| *score += value * weight);
        }
        scores
    }
}

fn descend(one: &mut [f32], rows: &[Row], squares: &[f32], sides: &[f32], strengths: &[f32], random: &mut StdRng) {
    let bias = one.len() - 1;
    let mut alphas = vec![0.0f32; rows.len()];
    let mut active: Vec<u32> = (0..rows.len() as u32).filter(|row| strengths[*row as usize] > 0.0).collect();
    let mut bound = f32::INFINITY;
    for pass in 0..MAX_PASSES {
        active.shuffle(random);
        let (mut worst, mut kept) = (0.0f32, Vec::with_capacity(active.len()));
        for &row in &active {
            let place = row as usize;
            let diagonal = 0.5 / strengths[place];
            let margin = rows[place].iter().map(|(f, x)| one[*f as usize] * x).sum::<f32>() + one[bias];
            let gradient = sides[place] * margin - 1.0 + diagonal * alphas[place];
            if alphas[place] == 0.0 && gradient > bound {
                continue;
            }
            kept.push(row);
            if alphas[place] == 0.0 && gradient >= 0.0 {
                continue;
            }
            worst = worst.max(gradient.abs());
            let alpha = (alphas[place] - gradient / (squares[place] + diagonal)).max(0.0);
            let step = (alpha - alphas[place]) * sides[place];
            alphas[place] = alpha;
            rows[place].iter().for_each(|(f, x)| one[*f as usize] += step * x);
            one[bias] += step;
        }
        if worst < DONE {
            return;
        }
        // What lies further beyond its margin than anything moved in this pass rests from now on.
        if pass > 0 {
            bound = worst;
        }
        active = kept;
    }
}
