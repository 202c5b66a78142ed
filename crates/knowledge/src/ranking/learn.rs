//! Learning the weights from trials: full-batch gradient ascent with momentum on the likelihood, a few hundred steps.

use domain::id::ArticleId;

use super::{DOUBTS, FEATURES, RANKED, Ranker, Sight, dot, doubts, soften};

/// Fewer trials teach nothing; the shop's thresholds stay in force.
pub const MIN_TRIALS: usize = 60;
const STEPS: usize = 600;
const RATE: f32 = 0.3;
const MOMENTUM: f32 = 0.8;
/// Keeps weights that nothing speaks for at zero.
const DECAY: f32 = 0.002;
/// What a question whose article was taken away counts beside one whose article is there.
const ABSENT_WEIGHT: f32 = 0.3;

/// A phrasing that is asked as if it weren't there.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    pub article: ArticleId,
    /// 0 is the question, then the aliases.
    pub phrasing: usize,
    /// The phrasing embedded as a query.
    pub vector: Vec<f32>,
}

/// The candidates of one question, and which is right; none when the right one is not among them.
pub(crate) struct Lesson {
    pub(crate) sights: Vec<Sight>,
    pub(crate) right: Option<usize>,
}

struct Sum {
    weights: [f32; FEATURES],
    doubt: [f32; DOUBTS],
}

/// `None`: too little to learn from.
pub(crate) fn learn(centre: Vec<f32>, lessons: Vec<Lesson>) -> Option<Ranker> {
    if lessons.len() < MIN_TRIALS {
        return None;
    }
    let (mean, deviation) = spread(&lessons);
    let mut ranker = Ranker { centre, mean, deviation, weights: [0.0; FEATURES], doubt: [0.0; DOUBTS] };
    let present: Vec<_> = lessons.iter().map(|lesson| prepared(&ranker, &lesson.sights, lesson.right)).collect();
    let absent: Vec<_> = lessons.iter().filter_map(|lesson| without_the_right_one(&ranker, lesson)).collect();
    let (mut speed, rate) = (Sum { weights: [0.0; FEATURES], doubt: [0.0; DOUBTS] }, RATE * (1.0 - MOMENTUM));
    for _ in 0..STEPS {
        let mut slope = Sum {
            weights: ranker.weights.map(|weight| -DECAY * weight),
            doubt: ranker.doubt.map(|weight| -DECAY * weight),
        };
        climb(&ranker, &present, 1.0 / present.len() as f32, &mut slope);
        climb(&ranker, &absent, ABSENT_WEIGHT / absent.len().max(1) as f32, &mut slope);
        step(&mut ranker.weights, &mut speed.weights, &slope.weights, rate);
        step(&mut ranker.doubt, &mut speed.doubt, &slope.doubt, rate);
    }
    Some(ranker)
}

struct Prepared {
    candidates: Vec<[f32; FEATURES]>,
    doubts: [f32; DOUBTS],
    right: Option<usize>,
}

fn prepared(ranker: &Ranker, sights: &[Sight], right: Option<usize>) -> Prepared {
    let candidates: Vec<_> = sights.iter().take(RANKED).map(|sight| ranker.standardise(sight)).collect();
    Prepared { doubts: doubts(&candidates), candidates, right: right.filter(|right| *right < RANKED) }
}

fn without_the_right_one(ranker: &Ranker, lesson: &Lesson) -> Option<Prepared> {
    let right = lesson.right?;
    let others = lesson.sights.iter().enumerate().filter(|(at, _)| *at != right).map(|(_, sight)| *sight);
    Some(prepared(ranker, &others.collect::<Vec<_>>(), None))
}

fn climb(ranker: &Ranker, lessons: &[Prepared], share: f32, slope: &mut Sum) {
    let mut chances = Vec::with_capacity(RANKED);
    for lesson in lessons {
        chances.clear();
        chances.extend(lesson.candidates.iter().map(|features| dot(features, &ranker.weights)));
        let none = soften(dot(&lesson.doubts, &ranker.doubt), &mut chances);
        for (at, (features, chance)) in lesson.candidates.iter().zip(&chances).enumerate() {
            let pull = share * (f32::from(u8::from(lesson.right == Some(at))) - chance);
            slope.weights.iter_mut().zip(features).for_each(|(slope, feature)| *slope += pull * feature);
        }
        let pull = share * (f32::from(u8::from(lesson.right.is_none())) - none);
        slope.doubt.iter_mut().zip(&lesson.doubts).for_each(|(slope, doubt)| *slope += pull * doubt);
    }
}

fn step<const N: usize>(weights: &mut [f32; N], speed: &mut [f32; N], slope: &[f32; N], rate: f32) {
    for at in 0..N {
        speed[at] = MOMENTUM * speed[at] + rate * slope[at];
        weights[at] += speed[at];
    }
}

fn spread(lessons: &[Lesson]) -> ([f32; FEATURES], [f32; FEATURES]) {
    let sights = || lessons.iter().flat_map(|lesson| lesson.sights.iter().take(RANKED));
    let count = sights().count().max(1) as f32;
    let mut mean = [0.0; FEATURES];
    let mut deviation = [0.0; FEATURES];
    for feature in 0..FEATURES {
        mean[feature] = sights().map(|sight| sight.0[feature]).sum::<f32>() / count;
        let variance = sights().map(|sight| (sight.0[feature] - mean[feature]).powi(2)).sum::<f32>() / count;
        deviation[feature] = variance.sqrt().max(1e-6);
    }
    (mean, deviation)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The right candidate stands out in the first feature; the others are noise.
    fn lessons() -> Vec<Lesson> {
        let noise = |n: usize| ((n * 7919) % 101) as f32 / 101.0;
        let lesson = |n: usize| {
            let mut sights: Vec<Sight> = (0..5)
                .map(|at| Sight([0.5 + 0.1 * noise(n + at), noise(n * at), noise(n + 3 * at), noise(5 * n + at)]))
                .collect();
            sights[n % 5].0[0] = 0.85 + 0.1 * noise(n);
            Lesson { sights, right: Some(n % 5) }
        };
        (0..120).map(lesson).collect()
    }

    #[test]
    fn what_stands_out_is_likely_and_noise_is_none() {
        let ranker = learn(vec![], lessons()).unwrap();
        let clear = ranker.chances(&[Sight([0.9, 0.5, 0.5, 0.5]), Sight([0.55, 0.9, 0.1, 0.5])]);
        assert!(clear[0] > 0.8, "{clear:?}");
        let unclear = ranker.chances(&[Sight([0.55, 0.9, 0.5, 0.5]), Sight([0.54, 0.1, 0.9, 0.5])]);
        assert!(unclear.iter().sum::<f32>() < 0.3, "{unclear:?}");
    }

    #[test]
    fn a_handful_of_phrasings_teaches_nothing() {
        assert_eq!(learn(vec![], lessons().into_iter().take(MIN_TRIALS - 1).collect()), None);
    }
}
