//! Do the arms have the sizes they should have? If not, something sorts people, and no difference means anything.

use statrs::distribution::{ChiSquared, ContinuousCDF};

/// The chance of sizes this far off, given the shares (chi-square). Below 0.001 a report is blocked.
pub fn sample_ratio(people: &[u64], shares: &[f64]) -> f64 {
    let (all, total) = (people.iter().sum::<u64>() as f64, shares.iter().sum::<f64>());
    if all == 0.0 || people.len() < 2 || total <= 0.0 {
        return 1.0;
    }
    let off = |(seen, share): (&u64, &f64)| {
        let expected = all * share / total;
        if expected > 0.0 { (*seen as f64 - expected).powi(2) / expected } else { 0.0 }
    };
    let sum: f64 = people.iter().zip(shares).map(off).sum();
    ChiSquared::new((people.len() - 1) as f64).map_or(1.0, |distribution| distribution.sf(sum))
}
