//! What the vectors say: a multinomial logistic regression over standardised vectors, and how near the examples of
//! each label lie.

use ndarray::{ArrayView2, Axis, linalg::general_mat_mul};
use serde::{Deserialize, Serialize};

use super::descent::minimum;

const MAX_STEPS: usize = 40;
/// How quickly nearness fades with the angle: an example at cosine 1 counts e^15 times one at 0.
const FADE: f32 = 15.0;

/// Every dimension with mean 0 and deviation 1 over the training examples.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Space {
    centre: Vec<f32>,
    scale: Vec<f32>,
}

impl Space {
    pub fn of(vectors: &[&[f32]]) -> Self {
        let dims = vectors.first().map_or(0, |vector| vector.len());
        let count = vectors.len().max(1) as f32;
        let mut centre = vec![0.0f32; dims];
        for vector in vectors {
            centre.iter_mut().zip(*vector).for_each(|(sum, x)| *sum += x / count);
        }
        let mut scale = vec![0.0f32; dims];
        for vector in vectors {
            scale.iter_mut().zip(*vector).zip(&centre).for_each(|((sum, x), mean)| *sum += (x - mean).powi(2) / count);
        }
        let scale = scale.into_iter().map(|variance| 1.0 / variance.sqrt().max(1e-3)).collect();
        Self { centre, scale }
    }

    pub fn dims(&self) -> usize {
        self.centre.len()
    }

    /// Only the direction counts; its length is that of a usual placed vector.
    pub fn place(&self, vector: &[f32]) -> Vec<f32> {
        let spread = vector.iter().zip(&self.centre).zip(&self.scale);
        let mut placed: Vec<f32> = spread.map(|((x, mean), scale)| (x - mean) * scale).collect();
        to_direction(&mut placed);
        let length = (placed.len() as f32).sqrt();
        placed.iter_mut().for_each(|x| *x *= length);
        placed
    }
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Logistic {
    labels: usize,
    /// For each dimension the weights of all labels; the last row is the bias.
    weights: Vec<f32>,
}

/// Placed vectors, one after the other, with their labels and how much each counts.
pub struct Placed<'a> {
    pub dims: usize,
    pub rows: &'a [f32],
    pub labels: &'a [usize],
    pub strengths: &'a [f32],
}

impl Logistic {
    pub fn train(labels: usize, placed: &Placed<'_>, strength: f32) -> Self {
        let (dims, count) = (placed.dims, placed.labels.len());
        let Ok(rows) = ArrayView2::from_shape((count, dims), placed.rows) else { return Self::default() };
        let mut chances = ndarray::Array2::<f32>::zeros((count, labels));
        let mut gradient = ndarray::Array2::<f32>::zeros((dims, labels));
        let weights = minimum(vec![0.0; (dims + 1) * labels], MAX_STEPS, |weights| {
            let (slopes, bias) = weights.split_at(dims * labels);
            chances.outer_iter_mut().for_each(|mut row| row.iter_mut().zip(bias).for_each(|(s, b)| *s = *b));
            if let Ok(slopes) = ArrayView2::from_shape((dims, labels), slopes) {
                general_mat_mul(1.0, &rows, &slopes, 1.0, &mut chances);
            }
            let mut loss = 0.0f64;
            for ((mut row, label), weight) in chances.axis_iter_mut(Axis(0)).zip(placed.labels).zip(placed.strengths) {
                let Some(row) = row.as_slice_mut() else { continue };
                let own = row[*label];
                let total = to_chances(row);
                loss += f64::from(*weight) * f64::from(total - own);
                row[*label] -= 1.0;
                row.iter_mut().for_each(|chance| *chance *= weight * strength);
            }
            general_mat_mul(1.0, &rows.t(), &chances, 0.0, &mut gradient);
            let mut all: Vec<f32> = gradient.iter().zip(slopes).map(|(g, w)| g + w).collect();
            all.extend(chances.sum_axis(Axis(0)).iter());
            let length: f64 = slopes.iter().map(|w| f64::from(*w).powi(2)).sum();
            (f64::from(strength) * loss + 0.5 * length, all)
        });
        Self { labels, weights }
    }

    pub fn scores(&self, placed: &[f32]) -> Vec<f32> {
        let (slopes, bias) = self.weights.split_at(self.weights.len() - self.labels);
        let mut scores = bias.to_vec();
        for (x, weights) in placed.iter().zip(slopes.chunks_exact(self.labels.max(1))) {
            scores.iter_mut().zip(weights).for_each(|(score, weight)| *score += x * weight);
        }
        scores
    }
}

/// Scores become chances that sum to 1; returns the logarithm of the sum of their exponentials.
pub fn to_chances(scores: &mut [f32]) -> f32 {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - most).exp();
        sum += *score;
    }
    scores.iter_mut().for_each(|score| *score /= sum);
    most + sum.ln()
}

/// The examples themselves, as directions.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Neighbours {
    dims: usize,
    directions: Vec<f32>,
    labels: Vec<usize>,
}

impl Neighbours {
    pub fn of(placed: &Placed<'_>) -> Self {
        let mut directions = placed.rows.to_vec();
        directions.chunks_exact_mut(placed.dims.max(1)).for_each(to_direction);
        Self { dims: placed.dims, directions, labels: placed.labels.to_vec() }
    }

    /// For each label the logarithm of the summed nearness of its examples; and the cosine of the nearest of all.
    pub fn scores(&self, labels: usize, placed: &[f32]) -> (Vec<f32>, f32) {
        let mut direction = placed.to_vec();
        to_direction(&mut direction);
        // What a label without examples has: an example at a right angle.
        let mut sums = vec![1.0f32; labels];
        let mut nearest = -1.0f32;
        for (other, label) in self.directions.chunks_exact(self.dims.max(1)).zip(&self.labels) {
            let cosine = dot(&direction, other);
            nearest = nearest.max(cosine);
            sums[*label] += (FADE * cosine).exp();
        }
        (sums.into_iter().map(f32::ln).collect(), nearest)
    }
}

fn to_direction(vector: &mut [f32]) {
    let length = dot(vector, vector).sqrt().max(1e-9);
    vector.iter_mut().for_each(|x| *x /= length);
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0f32; 16];
    for (a, b) in a.chunks_exact(16).zip(b.chunks_exact(16)) {
        for place in 0..16 {
            sums[place] += a[place] * b[place];
        }
    }
    let rest = a.len() / 16 * 16;
    sums.iter().sum::<f32>() + a[rest..].iter().zip(&b[rest..]).map(|(a, b)| a * b).sum::<f32>()
}
