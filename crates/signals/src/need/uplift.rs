//! Whom outreach helps most: two models, one of those who got it and one of those who didn't. It is only worth using
//! where its ranking beats chance for sure; often it doesn't.

use serde::{Deserialize, Serialize};

use super::{Settings, Table, Trees};

/// The difference between what would happen with outreach and without.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TwoModels {
    treated: Trees,
    control: Trees,
}

/// Somebody with a score, whether they were contacted, and whether they did it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scored {
    pub score: f64,
    pub treated: bool,
    pub reached: bool,
}

/// Resamplings for an interval.
const RESAMPLES: usize = 200;
/// Points of the curve; finer ones don't change its area.
const POINTS: usize = 100;

impl TwoModels {
    pub fn train(table: &Table, treated: &[bool], reached: &[bool], rows: &[usize], settings: &Settings) -> Self {
        let of = |is: bool| {
            let mine: Vec<usize> = rows.iter().copied().filter(|row| treated[*row] == is).collect();
            Trees::train(table, reached, &mine, settings)
        };
        Self { treated: of(true), control: of(false) }
    }

    pub fn uplift(&self, row: &[f32]) -> f64 {
        let chance = |score: f64| 1.0 / (1.0 + (-score).exp());
        chance(self.treated.score(row)) - chance(self.control.score(row))
    }

    /// How likely it is without outreach: what ranking by propensity would use.
    pub fn propensity(&self, row: &[f32]) -> f64 {
        self.control.score(row)
    }
}

/// Of everything that outreach to all would add, the part that outreach to the best `share` adds.
pub fn captured(scored: &[Scored], share: f64) -> f64 {
    captured_of(&sorted(scored), share)
}

/// The area between the curve of [`captured`] and chance, in units of the whole effect.
pub fn qini(scored: &[Scored]) -> f64 {
    qini_of(&sorted(scored))
}

/// The lower and upper end of an interval for [`qini`] by resampling; use a ranking only if the lower is above 0.
pub fn qini_interval(scored: &[Scored], seed: u64, alpha: f64) -> (f64, f64) {
    let mut draws = super::boost::Draws(seed);
    let mut areas: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let one = |_| scored[((draws.next() * scored.len() as f64) as usize).min(scored.len() - 1)];
            qini_of(&sorted(&(0..scored.len()).map(one).collect::<Vec<_>>()))
        })
        .collect();
    areas.sort_by(f64::total_cmp);
    let at = |part: f64| areas[((part * (RESAMPLES - 1) as f64).round() as usize).min(RESAMPLES - 1)];
    (at(alpha / 2.0), at(1.0 - alpha / 2.0))
}

fn sorted(scored: &[Scored]) -> Vec<Scored> {
    let mut sorted = scored.to_vec();
    sorted.sort_by(|one, two| two.score.total_cmp(&one.score));
    sorted
}

fn added(some: &[Scored]) -> f64 {
    let rate = |is: bool| {
        let (reached, all) = some
            .iter()
            .filter(|it| it.treated == is)
            .fold((0.0, 0.0), |(reached, all), it| (reached + f64::from(u8::from(it.reached)), all + 1.0));
        if all > 0.0 { reached / all } else { 0.0 }
    };
    (rate(true) - rate(false)) * some.len() as f64
}

fn captured_of(sorted: &[Scored], share: f64) -> f64 {
    let count = (sorted.len() as f64 * share).round() as usize;
    let whole = added(sorted);
    if whole == 0.0 { 0.0 } else { added(&sorted[..count.min(sorted.len())]) / whole }
}

fn qini_of(sorted: &[Scored]) -> f64 {
    let points = (1..=POINTS).map(|point| point as f64 / POINTS as f64);
    points.map(|share| captured_of(sorted, share) - share).sum::<f64>() / POINTS as f64
}
