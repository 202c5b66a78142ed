//! Telling how likely each found article is the one that answers, learned from the shop's own phrasings: every
//! phrasing is asked as if it weren't there, with and without its article. What is left of 1 is "none of these".

mod learn;
mod sight;
mod trials;

use serde::{Deserialize, Serialize};

pub use learn::{MIN_TRIALS, Trial};
pub(crate) use sight::Lens;
pub(crate) use trials::learn_ranker;

/// How many candidates compete; the rest are no likelier than chance.
pub const RANKED: usize = 20;
/// What is seen of a candidate: see [`Sight`].
pub(crate) const FEATURES: usize = 4;
/// What speaks for "none": a constant, and for each feature the best value and its lead over the second.
pub(crate) const DOUBTS: usize = 1 + 2 * FEATURES;

/// What is seen of a candidate: the cosine of its nearest phrasing, the same after the mean of all phrasings is taken
/// off (which spreads texts of one field apart), and the TF-IDF cosines of the phrasing nearest in words and of the
/// article's question and answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Sight(pub(crate) [f32; FEATURES]);

/// What one shop's phrasings in one language taught. Conditional logistic regression over the candidates, with one
/// more option for "none of these".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ranker {
    /// The mean of the phrasings' vectors.
    pub(crate) centre: Vec<f32>,
    mean: [f32; FEATURES],
    deviation: [f32; FEATURES],
    weights: [f32; FEATURES],
    doubt: [f32; DOUBTS],
}

impl Ranker {
    /// The chance of each candidate to be the answer; the sum stays below 1 by the chance that none is.
    pub(crate) fn chances(&self, sights: &[Sight]) -> Vec<f32> {
        let standard: Vec<[f32; FEATURES]> = sights.iter().map(|sight| self.standardise(sight)).collect();
        let scores = standard.iter().map(|features| dot(features, &self.weights));
        let none = dot(&doubts(&standard), &self.doubt);
        let mut chances: Vec<f32> = scores.collect();
        soften(none, &mut chances);
        chances
    }

    fn standardise(&self, sight: &Sight) -> [f32; FEATURES] {
        std::array::from_fn(|at| (sight.0[at] - self.mean[at]) / self.deviation[at])
    }
}

fn dot<const N: usize>(a: &[f32; N], b: &[f32; N]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// Scores become chances beside `none`, whose own chance is returned.
fn soften(none: f32, scores: &mut [f32]) -> f32 {
    let largest = scores.iter().copied().fold(none, f32::max);
    let of_none = (none - largest).exp();
    let mut total = of_none;
    for score in scores.iter_mut() {
        *score = (*score - largest).exp();
        total += *score;
    }
    scores.iter_mut().for_each(|score| *score /= total);
    of_none / total
}

/// A constant, then the best of each feature, then its lead over the second best.
fn doubts(candidates: &[[f32; FEATURES]]) -> [f32; DOUBTS] {
    let mut doubts = [0.0; DOUBTS];
    doubts[0] = 1.0;
    for feature in 0..FEATURES {
        let (mut first, mut second) = (f32::NEG_INFINITY, f32::NEG_INFINITY);
        for candidate in candidates {
            let value = candidate[feature];
            if value > first {
                (first, second) = (value, first);
            } else {
                second = second.max(value);
            }
        }
        if first.is_finite() {
            doubts[1 + feature] = first;
            doubts[1 + FEATURES + feature] = if second.is_finite() { first - second } else { 0.0 };
        }
    }
    doubts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_leave_room_for_none() {
        let ranker = Ranker {
            centre: vec![],
            mean: [0.0; FEATURES],
            deviation: [1.0; FEATURES],
            weights: [1.0; FEATURES],
            doubt: [0.0; DOUBTS],
        };
        let chances = ranker.chances(&[Sight([2.0, 1.0, 0.0, 0.0]), Sight([0.0; FEATURES])]);
        let none = 1.0 - chances.iter().sum::<f32>();
        assert!(chances[0] > chances[1] && (none - chances[1]).abs() < 1e-6, "{chances:?}");
        assert!(ranker.chances(&[]).is_empty());
    }

    #[test]
    fn doubts_see_the_best_and_its_lead() {
        let doubts = doubts(&[[1.0, 0.0, 3.0, 0.5], [4.0, 0.0, 1.0, 0.0]]);
        assert_eq!(doubts, [1.0, 4.0, 0.0, 3.0, 0.5, 3.0, 0.0, 2.0, 0.5]);
    }
}
