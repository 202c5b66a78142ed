//! Joins what the vectors and the grams say about the candidates into one order.
//!
//! Measured on hard Chinese paraphrases, standardised cosine plus a small share of standardised BM25 ranks best,
//! and equal weights (or reciprocal ranks) rank worse than the vectors alone.

use crate::conditions::ScopeMatch;

/// What a standard deviation of BM25 is worth in standard deviations of cosine.
pub const LEXICAL_WEIGHT: f32 = 0.2;
/// Scores are standardised over this many of the best by cosine together with as many of the best by BM25.
/// The weights were measured with 88 articles; the pool keeps the spread the same in a shop with 100,000.
pub const POOL: usize = 100;
/// In standard deviations: an article about a product the shopper didn't name is a little less likely meant.
pub const SCOPE_UNASKED_PENALTY: f32 = 0.25;
/// In standard deviations: the product's own article goes before the shop's general one that says nearly the same.
pub const SCOPE_MATCH_BONUS: f32 = 0.25;

/// One wording that may answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    /// Which of the searched shelves, and which slot on it.
    pub(crate) shelf: usize,
    pub(crate) slot: usize,
    pub(crate) cosine: Option<f32>,
    pub(crate) lexical: f32,
    pub(crate) scope: ScopeMatch,
}

struct Spread {
    mean: f32,
    deviation: f32,
}

impl Spread {
    fn of(values: impl Iterator<Item = f32> + Clone) -> Self {
        let count = values.clone().count().max(1) as f32;
        let mean = values.clone().sum::<f32>() / count;
        let variance = values.map(|value| (value - mean).powi(2)).sum::<f32>() / count;
        Self { mean, deviation: variance.sqrt() }
    }

    /// 0 when all values are equal: then they tell nothing.
    fn standardise(&self, value: f32) -> f32 {
        if self.deviation > f32::EPSILON { (value - self.mean) / self.deviation } else { 0.0 }
    }
}

/// Scores the candidates, best first. With vectors the score is in units of cosine,
/// `cosine + deviation x (0.2 x z(BM25) + scope)`, so that it can be compared between questions;
/// without any it is BM25 itself.
pub(crate) fn fuse(pool: &[Candidate]) -> Vec<(Candidate, f32)> {
    let lexical = Spread::of(pool.iter().map(|candidate| candidate.lexical));
    let cosines = pool.iter().filter_map(|candidate| candidate.cosine);
    let best_cosine = cosines.clone().fold(f32::NEG_INFINITY, f32::max);
    let cosine = cosines.clone().next().map(|_| Spread::of(cosines));
    let score = |candidate: &Candidate| {
        let scope = match candidate.scope {
            ScopeMatch::Everywhere => 0.0,
            ScopeMatch::InFocus => SCOPE_MATCH_BONUS,
            ScopeMatch::Unasked => -SCOPE_UNASKED_PENALTY,
        };
        let lexical_z = lexical.standardise(candidate.lexical);
        let Some(spread) = &cosine else {
            return candidate.lexical + lexical.deviation * scope;
        };
        // An article that has no vector yet is as near as its words suggest, but never nearer than the nearest.
        let stand_in = || (spread.mean + spread.deviation * lexical_z).min(best_cosine);
        candidate.cosine.unwrap_or_else(stand_in) + spread.deviation * (LEXICAL_WEIGHT * lexical_z + scope)
    };
    let mut scored: Vec<_> = pool.iter().map(|candidate| (*candidate, score(candidate))).collect();
    // Ties keep a fixed order, so that the same question always gets the same answer.
    scored.sort_by(|(a, x), (b, y)| y.total_cmp(x).then((a.shelf, a.slot).cmp(&(b.shelf, b.slot))));
    scored
}

/// The positions of the `count` largest of `values`, in no order; `NEG_INFINITY` never counts.
pub(crate) fn largest(values: impl Iterator<Item = f32>, count: usize) -> Vec<usize> {
    let mut kept: Vec<(f32, usize)> = Vec::with_capacity(2 * count);
    let mut least = f32::NEG_INFINITY;
    for (position, value) in values.enumerate() {
        if value > least {
            kept.push((value, position));
            if kept.len() == 2 * count {
                least = keep_largest(&mut kept, count);
            }
        }
    }
    if kept.len() > count {
        keep_largest(&mut kept, count);
    }
    kept.into_iter().map(|(_, position)| position).collect()
}

/// Drops all but the `count` largest and says which is the least of them.
fn keep_largest(kept: &mut Vec<(f32, usize)>, count: usize) -> f32 {
    let (_, least, _) = kept.select_nth_unstable_by(count - 1, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let least = least.0;
    kept.truncate(count);
    least
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn candidate(slot: usize, cosine: Option<f32>, lexical: f32) -> Candidate {
        Candidate { shelf: 0, slot, cosine, lexical, scope: ScopeMatch::Everywhere }
    }

    fn order(pool: &[Candidate]) -> Vec<usize> {
        fuse(pool).iter().map(|(candidate, _)| candidate.slot).collect()
    }

    #[test]
    fn words_decide_between_near_meanings_only() {
        let near = [candidate(0, Some(0.90), 0.0), candidate(1, Some(0.899), 9.0), candidate(2, Some(0.80), 0.0)];
        assert_eq!(order(&near), [1, 0, 2]);
        let far = [candidate(0, Some(0.90), 0.0), candidate(1, Some(0.80), 9.0), candidate(2, Some(0.80), 0.0)];
        assert_eq!(order(&far), [0, 1, 2]);
    }

    #[test]
    fn a_lone_candidate_scores_its_own_cosine() {
        assert_eq!(fuse(&[candidate(0, Some(0.83), 4.0)])[0].1, 0.83);
    }

    #[test]
    fn without_vectors_words_are_the_score() {
        let fused = fuse(&[candidate(0, None, 1.0), candidate(1, None, 3.0)]);
        assert_eq!(fused.iter().map(|(c, score)| (c.slot, *score)).collect::<Vec<_>>(), [(1, 3.0), (0, 1.0)]);
    }

    proptest! {
        #[test]
        fn the_largest_are_the_largest(values in prop::collection::vec(-5i16..50, 0..400), count in 1usize..60) {
            let floats = values.iter().map(|&value| f32::from(value));
            let mut kept: Vec<i16> = largest(floats, count).into_iter().map(|position| values[position]).collect();
            kept.sort_unstable_by(|a, b| b.cmp(a));
            let mut sorted = values.clone();
            sorted.sort_unstable_by(|a, b| b.cmp(a));
            sorted.truncate(count);
            prop_assert_eq!(kept, sorted);
        }
    }
}
