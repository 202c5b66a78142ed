//! How many people it takes, said before the start.

use super::interval::quantile;

/// People in each arm to see `rate` change by `change` (absolute), two-sided at `alpha`, with `power`.
pub fn per_arm(rate: f64, change: f64, alpha: f64, power: f64) -> Option<u64> {
    let other = rate + change;
    if change == 0.0 || !(0.0..=1.0).contains(&rate) || !(0.0..=1.0).contains(&other) {
        return None;
    }
    let middle = rate.midpoint(other);
    let (za, zb) = (quantile(1.0 - alpha / 2.0), quantile(power));
    let spread =
        za * (2.0 * middle * (1.0 - middle)).sqrt() + zb * (rate * (1.0 - rate) + other * (1.0 - other)).sqrt();
    Some((spread / change).powi(2).ceil() as u64)
}
