//! Answering alone with a guarantee: from labelled turns, the lowest score at which the share of wrong answers stays
//! under what the merchant allows, with the confidence the merchant wants. It holds for turns drawn like the labelled.

use serde::{Deserialize, Serialize};
use statrs::function::beta::beta_reg;

/// Where the sequence of tests begins, as a share of the labelled turns: far enough that one unlucky error among the
/// surest doesn't end it at once. Fixed beforehand, as the guarantee demands.
const FIRST_SHARE: f64 = 0.25;
/// The first test should survive this many errors, if there are labels for that.
const SPARED_ERRORS: usize = 2;
/// Tests in the sequence, at most: with fewer, each is less of a walk along the edge of what is allowed.
const MAX_TESTS: usize = 50;
/// A shop that would have to label more than this is told that its errors are too many instead.
const MOST_LABELS: usize = 20_000;
const HALVINGS: usize = 60;

/// How wrong the bot may be, and how sure one wants to be of that.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Promise {
    /// The share of wrong answers allowed, for example 0.05.
    pub error: f64,
    /// The chance allowed that the promise doesn't hold, for example 0.05.
    pub doubt: f64,
}

/// What may be answered alone.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Certificate {
    /// Answer alone from this score on.
    pub threshold: f32,
    /// The share of labelled turns that would have been answered.
    pub coverage: f64,
    /// Of the labelled turns, how many would have been answered.
    pub answered: usize,
    /// Of these, how many wrongly.
    pub errors: usize,
    pub labelled: usize,
    /// The highest error rate that the labels leave possible; not above what was allowed.
    pub upper_bound: f64,
}

/// Whether the bot may answer alone.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Verdict {
    Certified(Certificate),
    /// Nothing can be promised yet: label so many more turns. An estimate, unless all answers so far were right.
    TooFewLabels {
        labelled: usize,
        more: usize,
    },
    /// More labels wouldn't help: even the surest answers are wrong too often.
    TooManyErrors {
        labelled: usize,
        answered: usize,
        errors: usize,
    },
}

impl Verdict {
    pub const fn certificate(&self) -> Option<&Certificate> {
        if let Self::Certified(certificate) = self { Some(certificate) } else { None }
    }
}

/// The highest error rate under which `errors` or fewer among `answered` still has the chance `doubt`
/// (Clopper-Pearson, one-sided).
pub fn upper_bound(errors: usize, answered: usize, doubt: f64) -> f64 {
    if errors >= answered {
        return 1.0;
    }
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if chance_of_at_most(errors, answered, middle) > doubt {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// The chance of at most `errors` in `answered` tries that each fail at `rate`.
fn chance_of_at_most(errors: usize, answered: usize, rate: f64) -> f64 {
    if errors >= answered || rate <= 0.0 {
        return 1.0;
    }
    if rate >= 1.0 {
        return 0.0;
    }
    beta_reg((answered - errors) as f64, errors as f64 + 1.0, 1.0 - rate)
}

/// Whether so few errors prove the promise. The same as comparing the upper bound, and quicker.
fn is_proved(errors: usize, answered: usize, promise: Promise) -> bool {
    answered > 0 && chance_of_at_most(errors, answered, promise.error) <= promise.doubt
}

/// The fewest answers that prove the promise when so many of them are wrong.
fn answers_needed(errors: usize, promise: Promise) -> usize {
    (1..=MOST_LABELS).find(|answered| is_proved(errors, *answered, promise)).unwrap_or(usize::MAX)
}

/// `scored` are the turns that were labelled, a uniform sample of all turns the bot considered: the score, and whether
/// its answer was right.
pub fn certify(scored: &[(f32, bool)], promise: Promise) -> Verdict {
    let labelled = scored.len();
    let least = answers_needed(0, promise);
    if labelled < least {
        return Verdict::TooFewLabels { labelled, more: least.saturating_sub(labelled) };
    }
    let sorted = surest_first(scored);
    let wanted = answers_needed(SPARED_ERRORS, promise).max((FIRST_SHARE * labelled as f64) as usize);
    let first = if wanted <= labelled { wanted } else { least };
    let mut found = None;
    let (mut errors, mut counted) = (0, 0);
    for answered in steps(&sorted, first) {
        errors += sorted[counted..answered].iter().filter(|(_, right)| !right).count();
        counted = answered;
        if !is_proved(errors, answered, promise) {
            break;
        }
        found = Some(Certificate {
            threshold: sorted[answered - 1].0,
            coverage: answered as f64 / labelled as f64,
            answered,
            errors,
            labelled,
            upper_bound: 0.0,
        });
    }
    match found {
        Some(certificate) => {
            let upper_bound = upper_bound(certificate.errors, certificate.answered, promise.doubt);
            Verdict::Certified(Certificate { upper_bound, ..certificate })
        }
        None => refusal(labelled, counted, errors, promise),
    }
}

fn surest_first(scored: &[(f32, bool)]) -> Vec<(f32, bool)> {
    let mut sorted = scored.to_vec();
    sorted.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    sorted
}

/// How many answers are tested, rising; equal scores are never parted.
fn steps(sorted: &[(f32, bool)], first: usize) -> impl Iterator<Item = usize> {
    let by = (sorted.len() / MAX_TESTS).max(1);
    (first..=sorted.len()).step_by(by).filter_map(|answered| {
        let last = sorted.get(answered.checked_sub(1)?)?.0;
        Some(sorted.partition_point(|(score, _)| score.total_cmp(&last).is_ge()))
    })
}

/// Supposes that the first answers stay as wrong as they were.
fn refusal(labelled: usize, answered: usize, errors: usize, promise: Promise) -> Verdict {
    let rate = errors as f64 / answered.max(1) as f64;
    let needed = (1..=MOST_LABELS / 10)
        .map(|tens| tens * 10)
        .find(|answered| is_proved((rate * *answered as f64).ceil() as usize, *answered, promise));
    let share = answered as f64 / labelled as f64;
    match needed.map(|answers| (answers as f64 / share).ceil() as usize) {
        Some(needed) if needed > labelled => Verdict::TooFewLabels { labelled, more: needed - labelled },
        Some(_) => Verdict::TooFewLabels { labelled, more: 1 },
        None => Verdict::TooManyErrors { labelled, answered, errors },
    }
}

/// A point of the curve: answering the surest `coverage` of all turns, `risk` of the answers are wrong.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    pub threshold: f32,
    pub coverage: f64,
    pub risk: f64,
}

/// Coverage and risk at every threshold, strictest first.
pub fn curve(scored: &[(f32, bool)]) -> Vec<Point> {
    let sorted = surest_first(scored);
    let mut points = Vec::new();
    let mut errors = 0usize;
    for (place, (score, right)) in sorted.iter().enumerate() {
        errors += usize::from(!right);
        if sorted.get(place + 1).is_none_or(|(next, _)| next != score) {
            let answered = (place + 1) as f64;
            let coverage = answered / sorted.len() as f64;
            points.push(Point { threshold: *score, coverage, risk: errors as f64 / answered });
        }
    }
    points
}

/// Risk averaged over coverage (AURC) and the chance of a wrong answer averaged over coverage (AUGRC); lower is
/// better.
pub fn areas(scored: &[(f32, bool)]) -> (f64, f64) {
    let (mut before, mut risk, mut generalised) = (0.0, 0.0, 0.0);
    for point in curve(scored) {
        let width = point.coverage - before;
        before = point.coverage;
        risk += width * point.risk;
        generalised += width * point.risk * point.coverage;
    }
    (risk, generalised)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand::{Rng, SeedableRng, rngs::StdRng};

    use super::*;

    const PROMISE: Promise = Promise { error: 0.05, doubt: 0.05 };

    #[test]
    fn bounds_are_those_of_the_tables() {
        for (errors, answered, doubt, bound) in [
            (0, 59, 0.05, 0.049_507_610),
            (5, 100, 0.05, 0.102_253_378),
            (1, 93, 0.05, 0.049_993_978),
            (20, 412, 0.05, 0.069_759_964),
            (50, 1_000, 0.01, 0.068_404_894),
            (99, 100, 0.05, 0.999_487_199),
        ] {
            let found = upper_bound(errors, answered, doubt);
            assert!((found - bound).abs() < 1e-6, "{errors} of {answered}: {found}");
        }
        assert_eq!(upper_bound(3, 3, 0.05), 1.0);
        assert_eq!(upper_bound(0, 0, 0.05), 1.0);
    }

    #[test]
    fn the_fewest_answers_without_an_error() {
        for (error, answers) in [(0.01, 299), (0.02, 149), (0.03, 99), (0.05, 59), (0.10, 29)] {
            assert_eq!(answers_needed(0, Promise { error, doubt: 0.05 }), answers);
        }
    }

    #[test]
    fn too_few_labels_say_how_many_more() {
        let right = vec![(0.9, true); 40];
        assert_eq!(certify(&right, PROMISE), Verdict::TooFewLabels { labelled: 40, more: 19 });
        assert!(certify(&vec![(0.9, true); 59], PROMISE).certificate().is_some());
        let wrong = vec![(0.9, false); 200];
        assert!(matches!(certify(&wrong, PROMISE), Verdict::TooManyErrors { labelled: 200, .. }));
        // Three wrong of a hundred is below what is allowed, but not yet surely.
        let some: Vec<(f32, bool)> = (0..100).map(|place| (0.5, place % 33 != 0)).collect();
        let Verdict::TooFewLabels { more, .. } = certify(&some, PROMISE) else { panic!("not proved") };
        assert!((100..2_000).contains(&more), "{more}");
    }

    #[test]
    fn the_threshold_lies_where_errors_begin() {
        let scored: Vec<(f32, bool)> = (0..1_000).map(|place| (place as f32, place >= 400)).collect();
        let certificate = *certify(&scored, PROMISE).certificate().expect("600 right answers");
        assert!((370.0..=400.0).contains(&certificate.threshold), "{certificate:?}");
        assert!(certificate.upper_bound <= PROMISE.error);
        let answered = scored.iter().filter(|(score, _)| *score >= certificate.threshold).count();
        assert_eq!(answered, certificate.answered);
    }

    #[test]
    fn areas_of_a_curve() {
        let (risk, generalised) = areas(&[(2.0, true), (1.0, false)]);
        assert!((risk - 0.25).abs() < 1e-12 && (generalised - 0.25).abs() < 1e-12);
        let best = areas(&[(3.0, true), (2.0, true), (1.0, false)]).1;
        assert!(best < areas(&[(3.0, false), (2.0, true), (1.0, true)]).1);
        assert_eq!(curve(&[(1.0, true), (1.0, false)]).len(), 1, "equal scores are one point");
    }

    /// The chance of an error at a score: surer answers are seldomer wrong.
    fn error_at(score: f64) -> f64 {
        0.3 * (1.0 - score).powi(2)
    }

    /// The true share of wrong answers from a score on, scores being uniform.
    fn risk_from(score: f64) -> f64 {
        0.1 * (1.0 - score).powi(2)
    }

    #[test]
    fn the_promise_is_broken_as_seldom_as_was_said() {
        let mut random = StdRng::seed_from_u64(5);
        for labelled in [150, 600] {
            let broken = (0..1_000)
                .filter(|_| {
                    let scored: Vec<(f32, bool)> = (0..labelled)
                        .map(|_| {
                            let score: f64 = random.random();
                            (score as f32, random.random::<f64>() >= error_at(score))
                        })
                        .collect();
                    let verdict = certify(&scored, PROMISE);
                    verdict.certificate().is_some_and(|one| risk_from(one.threshold.into()) > PROMISE.error)
                })
                .count();
            // Three standard errors above fifty of a thousand.
            assert!(broken <= 70, "{broken} of 1000 with {labelled} labels");
        }
    }

    proptest! {
        #[test]
        fn bounds_rise_with_errors_and_fall_with_answers(errors in 0usize..50, more in 1usize..500, doubt in 0.001f64..0.5) {
            let answered = errors + more;
            let bound = upper_bound(errors, answered, doubt);
            prop_assert!(bound >= errors as f64 / answered as f64);
            prop_assert!(upper_bound(errors + 1, answered, doubt) >= bound);
            prop_assert!(upper_bound(errors, answered + 1, doubt) <= bound);
            prop_assert!(upper_bound(errors, answered, doubt / 2.0) >= bound);
        }

        #[test]
        fn a_certificate_counts_what_it_says(seed in 0u64..500, labelled in 30usize..400) {
            let mut random = StdRng::seed_from_u64(seed);
            let scored: Vec<(f32, bool)> =
                (0..labelled).map(|_| ((random.random::<f32>() * 20.0).floor(), random.random::<f32>() > 0.03)).collect();
            if let Some(certificate) = certify(&scored, PROMISE).certificate() {
                let answered: Vec<_> = scored.iter().filter(|(score, _)| *score >= certificate.threshold).collect();
                prop_assert_eq!(answered.len(), certificate.answered);
                prop_assert_eq!(answered.iter().filter(|(_, right)| !right).count(), certificate.errors);
                prop_assert!(certificate.upper_bound <= PROMISE.error + 1e-9);
            }
        }
    }
}
