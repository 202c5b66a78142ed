//! How large a difference is, and how sure that is: for one look, and for looking whenever one likes.

use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, Normal};

/// How many there were, and how many of them did it. By assignment, whatever they saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    pub people: u64,
    pub reached: u64,
}

impl Counts {
    pub const fn new(people: u64, reached: u64) -> Self {
        Self { people, reached }
    }

    pub fn rate(self) -> f64 {
        self.reached as f64 / (self.people.max(1)) as f64
    }

    /// Variance of the rate. Half a person is added to both sides, so that none of ten isn't taken for never.
    pub fn variance(self) -> f64 {
        let rate = (self.reached as f64 + 0.5) / (self.people as f64 + 1.0);
        rate * (1.0 - rate) / self.people.max(1) as f64
    }
}

/// A difference of rates with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    pub difference: f64,
    pub low: f64,
    pub high: f64,
}

impl Effect {
    fn around(difference: f64, half: f64) -> Self {
        Self { difference, low: difference - half, high: difference + half }
    }

    pub fn half_width(self) -> f64 {
        (self.high - self.low) / 2.0
    }

    pub fn excludes_zero(self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

pub(crate) fn quantile(probability: f64) -> f64 {
    Normal::standard().inverse_cdf(probability)
}

/// The plain interval of a mean difference, for one look that was planned; `variance` is that of the difference.
pub fn fixed(difference: f64, variance: f64, alpha: f64) -> Effect {
    Effect::around(difference, quantile(1.0 - alpha / 2.0) * variance.sqrt())
}

/// Newcombe's interval of two rates (his method 10), for one look that was planned.
pub fn newcombe(treated: Counts, control: Counts, alpha: f64) -> Effect {
    let z = quantile(1.0 - alpha / 2.0);
    let ((low1, high1), (low0, high0)) = (wilson(treated, z), wilson(control, z));
    let (p1, p0) = (treated.rate(), control.rate());
    let difference = p1 - p0;
    let low = difference - ((p1 - low1).powi(2) + (high0 - p0).powi(2)).sqrt();
    let high = difference + ((high1 - p1).powi(2) + (p0 - low0).powi(2)).sqrt();
    Effect { difference, low, high }
}

fn wilson(counts: Counts, z: f64) -> (f64, f64) {
    let (n, p) = (counts.people.max(1) as f64, counts.rate());
    let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    (middle - half, middle + half)
}

/// An interval that holds at every look at once: the mixture sequential test with a normal mixture. `mixing` is about
/// half the effect worth finding, and is chosen before the start.
pub fn sequence(treated: Counts, control: Counts, mixing: f64, alpha: f64) -> Effect {
    let difference = treated.rate() - control.rate();
    if treated.people == 0 || control.people == 0 {
        return Effect { difference, low: -1.0, high: 1.0 };
    }
    let (v, t2) = (treated.variance() + control.variance(), mixing * mixing);
    // With s2 / n = v this is the formula of Johari, Pekelis and Walsh for arms of any sizes.
    let half = (2.0 * v * (v + t2) / t2 * ((1.0 / alpha).ln() + 0.5 * ((v + t2) / v).ln())).sqrt();
    Effect::around(difference, half.min(1.0))
}

/// The relative change with its interval after Fieller; `None` when the base rate may be nothing.
pub fn relative(treated: Counts, control: Counts, alpha: f64) -> Option<Effect> {
    let z2 = quantile(1.0 - alpha / 2.0).powi(2);
    let (p1, p0) = (treated.rate(), control.rate());
    let (v1, v0) = (treated.variance(), control.variance());
    let base = p0 * p0 - z2 * v0;
    if base <= 0.0 {
        return None;
    }
    let ratio = p1 / p0;
    let root = ((p1 * p0).powi(2) - base * (p1 * p1 - z2 * v1)).max(0.0).sqrt();
    Some(Effect { difference: ratio - 1.0, low: (p1 * p0 - root) / base - 1.0, high: (p1 * p0 + root) / base - 1.0 })
}
