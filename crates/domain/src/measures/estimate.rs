//! A figure with what it rests on: how many cases, and between which bounds it lies with 95 % confidence.

use serde::{Deserialize, Serialize};

/// The normal quantile of a two-sided interval of 95 %.
pub(super) const Z: f64 = 1.959_963_984_540_054;

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

/// One measure, computed. Rates are shares of 1, times are milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Value {
    /// `None` when there is nothing to measure, or less than the definition asks for.
    pub value: Option<f64>,
    pub interval: Option<Interval>,
    /// What it rests on: rounds, episodes or ratings.
    pub n: u64,
    /// How many of them count, for rates.
    pub hits: Option<u64>,
    /// Unanswered so far, in the figure as "at least so long".
    pub censored: u64,
    /// What is needed at least for the figure to be assessed.
    pub least: u64,
}

/// The score interval of Wilson: honest for few cases and near 0 and 1.
pub fn wilson(hits: u64, n: u64) -> Option<Interval> {
    if n == 0 {
        return None;
    }
    let (p, count) = (hits as f64 / n as f64, n as f64);
    let z2 = Z * Z;
    let middle = (p + z2 / (2.0 * count)) / (1.0 + z2 / count);
    let half = Z / (1.0 + z2 / count) * (p * (1.0 - p) / count + z2 / (4.0 * count * count)).sqrt();
    Some(Interval { low: (middle - half).max(0.0), high: (middle + half).min(1.0) })
}

impl Value {
    pub fn rate(hits: u64, n: u64) -> Self {
        Self {
            value: (n > 0).then(|| hits as f64 / n as f64),
            interval: wilson(hits, n),
            n,
            hits: Some(hits),
            ..Self::default()
        }
    }

    pub fn rate_of<T>(all: impl IntoIterator<Item = T>, counts: impl Fn(&T) -> bool) -> Self {
        let (hits, n) = all.into_iter().fold((0, 0), |(hits, n), one| (hits + u64::from(counts(&one)), n + 1));
        Self::rate(hits, n)
    }

    /// Below `least` cases the figure is not assessed: n stays, the value goes.
    pub fn at_least(self, least: u64) -> Self {
        if self.n >= least {
            return Self { least, ..self };
        }
        Self { value: None, interval: None, least, ..self }
    }
}

/// Prediction-powered mean: the automatic verdict on everybody, corrected by how it differed from people's verdict on
/// a random sample. `audited` are (automatic, person's) pairs.
pub fn prediction_powered(automatic: &[bool], audited: &[(bool, bool)]) -> Value {
    let plain = Value::rate_of(automatic, |right| **right);
    let Some(mean) = plain.value else { return plain };
    if audited.len() < 2 {
        return plain;
    }
    let differences: Vec<f64> =
        audited.iter().map(|(machine, person)| f64::from(*machine) - f64::from(*person)).collect();
    let (n, m) = (automatic.len() as f64, audited.len() as f64);
    let off = differences.iter().sum::<f64>() / m;
    let spread = differences.iter().map(|each| (each - off).powi(2)).sum::<f64>() / (m - 1.0);
    let error = (mean * (1.0 - mean) / n + spread / m).sqrt();
    let value = (mean - off).clamp(0.0, 1.0);
    let interval = Interval { low: (value - Z * error).max(0.0), high: (value + Z * error).min(1.0) };
    Value { value: Some(value), interval: Some(interval), hits: None, ..plain }
}
