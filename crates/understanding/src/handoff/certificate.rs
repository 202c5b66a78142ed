//! How many of the turns that need a human the bot may miss at most: certified on turns that people judged, in the way
//! answers are certified (`crate::selective`). It holds for turns drawn like the judged ones.

use serde::{Deserialize, Serialize};

use crate::selective::{Promise, upper_bound};

/// Handing over more than this many thresholds is a walk along the edge of what is allowed.
const MAX_TESTS: usize = 50;
/// A shop that would have to judge more than this is told that its misses are too many instead.
const MOST_NEEDED: usize = 20_000;

/// A turn that somebody judged: the chance the model gave it, and whether a human was needed. What a hard rule hands
/// over has the chance 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    pub chance: f32,
    pub needed_human: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct MissBound {
    /// Hand over from this chance on, whatever the queue; a lower threshold misses less.
    pub threshold: f32,
    /// Judged turns that needed a human.
    pub needed: usize,
    /// Of these, how many stayed with the bot.
    pub missed: usize,
    /// The highest share of misses that the judgements leave possible; not above what was allowed.
    pub upper_bound: f64,
    /// Of the judged turns that needed none, the share handed over at this threshold.
    pub false_share: f64,
    pub judged: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum MissVerdict {
    Certified(MissBound),
    /// Nothing can be promised yet: so many more turns that needed a human have to be among the judged.
    TooFewLabels {
        judged: usize,
        needed: usize,
        more: usize,
    },
}

impl MissVerdict {
    pub const fn bound(&self) -> Option<&MissBound> {
        if let Self::Certified(bound) = self { Some(bound) } else { None }
    }
}

/// The highest threshold whose misses are proved to stay within the promise. Thresholds are tested from the lowest,
/// at which nothing is missed, upwards, and the first failure ends it: so the promise keeps its confidence however many
/// are tested.
pub fn certify_misses(judged: &[Judged], promise: Promise) -> MissVerdict {
    let mut needed: Vec<f32> = judged.iter().filter(|turn| turn.needed_human).map(|turn| turn.chance).collect();
    needed.sort_by(f32::total_cmp);
    let count = needed.len();
    if upper_bound(0, count, promise.doubt) > promise.error {
        let least = (count + 1..=MOST_NEEDED).find(|count| upper_bound(0, *count, promise.doubt) <= promise.error);
        let more = least.unwrap_or(MOST_NEEDED) - count;
        return MissVerdict::TooFewLabels { judged: judged.len(), needed: count, more };
    }
    let mut certified = (0.0, 0);
    for threshold in thresholds(&needed) {
        let missed = needed.partition_point(|chance| *chance < threshold);
        if upper_bound(missed, count, promise.doubt) > promise.error {
            break;
        }
        certified = (threshold, missed);
    }
    let (threshold, missed) = certified;
    let calm = judged.iter().filter(|turn| !turn.needed_human).count();
    let falsely = judged.iter().filter(|turn| !turn.needed_human && turn.chance >= threshold).count();
    MissVerdict::Certified(MissBound {
        threshold,
        needed: count,
        missed,
        upper_bound: upper_bound(missed, count, promise.doubt),
        false_share: falsely as f64 / calm.max(1) as f64,
        judged: judged.len(),
    })
}

/// Thresholds at the chances of turns that needed a human, rising.
fn thresholds(needed: &[f32]) -> impl Iterator<Item = f32> {
    let by = needed.len().div_ceil(MAX_TESTS).max(1);
    needed.iter().copied().step_by(by)
}

#[cfg(test)]
mod tests {
    use rand::{Rng, SeedableRng, rngs::StdRng};

    use super::*;

    const PROMISE: Promise = Promise { error: 0.1, doubt: 0.05 };

    fn turn(chance: f32, needed_human: bool) -> Judged {
        Judged { chance, needed_human }
    }

    #[test]
    fn too_few_judgements_promise_nothing() {
        let judged: Vec<Judged> = (0..20).map(|_| turn(0.9, true)).collect();
        // 29 turns without a miss prove 10 %.
        assert_eq!(certify_misses(&judged, PROMISE), MissVerdict::TooFewLabels { judged: 20, needed: 20, more: 9 });
        let nobody: Vec<Judged> = (0..500).map(|_| turn(0.1, false)).collect();
        assert!(certify_misses(&nobody, PROMISE).bound().is_none(), "turns that needed nobody prove nothing");
    }

    #[test]
    fn the_threshold_is_as_high_as_is_proved() {
        let judged: Vec<Judged> =
            (0..200).map(|place| turn(place as f32 / 200.0, true)).chain((0..50).map(|_| turn(0.05, false))).collect();
        let verdict = certify_misses(&judged, PROMISE);
        let bound = verdict.bound().unwrap();
        assert!(bound.missed > 0 && bound.upper_bound <= 0.1, "{bound:?}");
        assert!(bound.threshold > 0.03 && bound.threshold < 0.1, "{bound:?}");
        assert_eq!((bound.needed, bound.judged), (200, 250));
    }

    #[test]
    fn the_promise_is_kept_as_often_as_it_says() {
        let mut random = StdRng::seed_from_u64(7);
        let mut broken = 0;
        for _ in 0..400 {
            let judged: Vec<Judged> = (0..120).map(|_| turn(random.random_range(0.0..1.0f32).powi(2), true)).collect();
            let threshold = certify_misses(&judged, PROMISE).bound().unwrap().threshold;
            // The chance of a square below t is the root of t.
            broken += usize::from(f64::from(threshold).sqrt() > 0.1);
        }
        assert!(broken <= 32, "{broken} of 400; 5 % are allowed, and chance adds a little");
    }
}
