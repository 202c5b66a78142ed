//! The measures: area under the curve, standardised scores, the threshold that is right most often.

/// The chance that a positive scores higher than a negative; ties count half. 0.5 when a class is missing.
pub fn auc(scored: &[(f64, bool)]) -> f64 {
    let mut sorted: Vec<&(f64, bool)> = scored.iter().collect();
    sorted.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let positives = scored.iter().filter(|(_, positive)| *positive).count() as f64;
    let negatives = scored.len() as f64 - positives;
    if positives == 0.0 || negatives == 0.0 {
        return 0.5;
    }
    let mut rank_sum = 0.0;
    let mut start = 0;
    while start < sorted.len() {
        let end = start + sorted[start..].iter().take_while(|(score, _)| *score == sorted[start].0).count();
        let mean_rank = (start + 1 + end) as f64 / 2.0;
        rank_sum += mean_rank * sorted[start..end].iter().filter(|(_, positive)| *positive).count() as f64;
        start = end;
    }
    (rank_sum - positives * (positives + 1.0) / 2.0) / (positives * negatives)
}

/// The score from which on "positive" is right most often.
pub fn best_threshold(scored: &[(f64, bool)]) -> f64 {
    let mut sorted: Vec<&(f64, bool)> = scored.iter().collect();
    sorted.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let (mut right, mut best, mut threshold) = (0i64, 0i64, f64::INFINITY);
    for (place, (score, positive)) in sorted.iter().enumerate() {
        right += if *positive { 1 } else { -1 };
        let is_last_of_ties = sorted.get(place + 1).is_none_or(|(next, _)| next != score);
        if is_last_of_ties && right > best {
            (best, threshold) = (right, *score);
        }
    }
    threshold
}

pub fn accuracy(scored: &[(f64, bool)], threshold: f64) -> f64 {
    let right = scored.iter().filter(|(score, positive)| (*score >= threshold) == *positive).count();
    right as f64 / scored.len().max(1) as f64
}

/// Mean and standard deviation.
pub fn spread(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let count = values.clone().count().max(1) as f64;
    let mean = values.clone().sum::<f64>() / count;
    let variance = values.map(|value| (value - mean).powi(2)).sum::<f64>() / count;
    (mean, variance.sqrt().max(f64::EPSILON))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas() {
        assert_eq!(auc(&[(1.0, false), (2.0, true)]), 1.0);
        assert_eq!(auc(&[(2.0, false), (1.0, true)]), 0.0);
        assert_eq!(auc(&[(1.0, false), (1.0, true)]), 0.5);
        assert!((auc(&[(1.0, false), (2.0, true), (3.0, false), (4.0, true)]) - 0.75).abs() < 1e-12);
    }

    #[test]
    fn thresholds() {
        let scored = [(0.1, false), (0.2, false), (0.3, true), (0.4, false), (0.5, true), (0.6, true)];
        assert_eq!(best_threshold(&scored), 0.5);
        assert!((accuracy(&scored, 0.5) - 5.0 / 6.0).abs() < 1e-12);
        // All negative: the best is never to say yes.
        assert_eq!(accuracy(&[(0.1, false)], best_threshold(&[(0.1, false)])), 1.0);
    }
}
