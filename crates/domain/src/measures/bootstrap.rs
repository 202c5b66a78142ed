//! Intervals for medians and ratios: the people are drawn again, not the rounds, because one person's are alike.

use super::estimate::Interval;

/// Enough for the ends of a 95 % interval to be steady to about a percent of its width.
const DRAWS: usize = 400;
/// Fewer people than this say nothing about how people differ.
const FEWEST_SUBJECTS: usize = 5;

/// The middle 95 % of `figure` over redrawn subjects; the same `seed` gives the same interval.
pub fn bootstrap_by_subject<T>(
    subjects: &[Vec<T>],
    seed: u64,
    figure: impl Fn(&mut dyn Iterator<Item = &T>) -> Option<f64>,
) -> Option<Interval> {
    if subjects.len() < FEWEST_SUBJECTS {
        return None;
    }
    let mut state = seed;
    let mut figures: Vec<f64> = (0..DRAWS)
        .filter_map(|_| {
            let drawn: Vec<usize> = subjects.iter().map(|_| draw(&mut state, subjects.len())).collect();
            figure(&mut drawn.iter().flat_map(|at| subjects[*at].iter()))
        })
        .collect();
    // Where the figure is unknown in most draws (a median nobody reached), so are its bounds.
    if figures.len() * 2 < DRAWS {
        return None;
    }
    figures.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| figures[((figures.len() - 1) as f64 * share).round() as usize];
    Some(Interval { low: at(0.025), high: at(0.975) })
}

/// SplitMix64: the seed is passed in, so nothing here is random.
fn draw(state: &mut u64, below: usize) -> usize {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) % below as u64) as usize
}
