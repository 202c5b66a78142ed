//! Training: parts on all examples, and the mix on what parts trained without an example say about it.

use std::collections::BTreeMap;

use rand::{SeedableRng, rngs::StdRng, seq::SliceRandom};

use super::{
    Classifier, Example, Outside, Settings, Voice,
    descent::minimum,
    judge::{Case, Judge},
    meaning::to_chances,
    parts::{Lesson, Opinion, Parts},
    words::Counts,
};

/// With fewer lessons nothing can be held out.
const FEWEST_LESSONS: usize = 30;
/// One label of so many is held out in each fold, to see what a text of no label looks like.
const HELD_LABELS: usize = 4;
/// With this many texts known to be outside, labels needn't be held out.
const ENOUGH_OUTSIDE: usize = 50;
/// The mix has few numbers to learn; more held-out texts than this only cost time.
const MAX_MIXED: usize = 4_000;
/// What margins, the regression and nearness are worth when nothing could be held out.
const USUAL_MIX: [f32; 3] = [1.5, 0.6, 0.4];
/// Tried for the regression when the settings name none.
const STRENGTHS: [f32; 2] = [0.1, 0.03];
/// The share of texts outside every label that reliability reckons with.
const OUTSIDE_SHARE: f32 = 0.15;

/// A text that was held out, and what was said about it.
struct Heard<'a> {
    opinion: Opinion,
    /// Empty: outside, or its label was held out and it stands in for what is outside.
    labels: &'a [usize],
}

pub fn train(labels: usize, examples: &[Example<'_>], outside: &[Outside<'_>], settings: &Settings) -> Classifier {
    let lessons = lessons(labels, examples);
    let every: Vec<&Lesson<'_>> = lessons.iter().collect();
    let mut strengths = (settings.words_strength, settings.meaning_strength.unwrap_or(STRENGTHS[0]));
    let mut heard = Vec::new();
    if settings.folds >= 2 && lessons.len() >= FEWEST_LESSONS {
        let folds = Folds::new(labels, &lessons, outside.len() >= ENOUGH_OUTSIDE, settings);
        if settings.meaning_strength.is_none() {
            strengths.1 = folds.best_strength(labels, &lessons, strengths.1);
        }
        heard = folds.hear(labels, &lessons, outside, strengths, settings.seed);
    }
    let parts = Parts::train(labels, &every, strengths, settings.seed);
    let with_vector = if parts.has_meaning() { voice(&heard, |heard| heard.opinion.clone()) } else { Voice::usual() };
    let words_alone = voice(&heard, |heard| heard.opinion.words_alone());
    Classifier { labels, parts, with_vector, words_alone }
}

/// Examples with the same text become one lesson with several labels.
fn lessons<'a>(labels: usize, examples: &[Example<'a>]) -> Vec<Lesson<'a>> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut lessons: Vec<Lesson<'a>> = Vec::new();
    for example in examples.iter().filter(|example| example.label < labels && example.weight > 0.0) {
        let place = *places.entry(example.text).or_insert_with(|| {
            lessons.push(Lesson {
                counts: Counts::of(example.text),
                vector: example.vector,
                labels: Vec::new(),
                weight: example.weight,
            });
            lessons.len() - 1
        });
        let lesson = &mut lessons[place];
        if !lesson.labels.contains(&example.label) {
            lesson.labels.push(example.label);
        }
        lesson.weight = lesson.weight.max(example.weight);
    }
    lessons
}

/// Which lessons and which labels are held out together.
struct Folds {
    count: usize,
    of_lesson: Vec<usize>,
    /// `usize::MAX`: never held out.
    of_label: Vec<usize>,
}

impl Folds {
    fn new(labels: usize, lessons: &[Lesson<'_>], has_outside: bool, settings: &Settings) -> Self {
        let mut random = StdRng::seed_from_u64(settings.seed);
        let mut order: Vec<usize> = (0..lessons.len()).collect();
        order.shuffle(&mut random);
        order.sort_by_key(|lesson| lessons[*lesson].labels.first().copied());
        let mut of_lesson = vec![0; lessons.len()];
        for (place, lesson) in order.into_iter().enumerate() {
            of_lesson[lesson] = place % settings.folds;
        }
        let mut of_label = vec![usize::MAX; labels];
        if !has_outside && labels > HELD_LABELS {
            let mut order: Vec<usize> = (0..labels).collect();
            order.shuffle(&mut random);
            for (place, label) in order.into_iter().enumerate() {
                of_label[label] = place % HELD_LABELS.max(settings.folds);
            }
        }
        Self { count: settings.folds, of_lesson, of_label }
    }

    fn is_held_label(&self, lesson: &Lesson<'_>, fold: usize) -> bool {
        lesson.labels.iter().any(|label| self.of_label[*label] == fold)
    }

    fn kept<'a, 'b>(&self, lessons: &'b [Lesson<'a>], fold: usize) -> Vec<&'b Lesson<'a>> {
        let numbered = lessons.iter().enumerate();
        numbered
            .filter(|(place, lesson)| self.of_lesson[*place] != fold && !self.is_held_label(lesson, fold))
            .map(|(_, lesson)| lesson)
            .collect()
    }

    fn hear<'a>(
        &self,
        labels: usize,
        lessons: &'a [Lesson<'_>],
        outside: &[Outside<'_>],
        strengths: (f32, f32),
        seed: u64,
    ) -> Vec<Heard<'a>> {
        let mut heard = Vec::new();
        for fold in 0..self.count {
            let parts = Parts::train(labels, &self.kept(lessons, fold), strengths, seed);
            let held = lessons.iter().enumerate().filter(|(place, _)| self.of_lesson[*place] == fold);
            for (_, lesson) in held {
                let opinion = parts.opinion(labels, &lesson.counts, lesson.vector);
                let labels = if self.is_held_label(lesson, fold) { &[][..] } else { &lesson.labels };
                heard.push(Heard { opinion, labels });
            }
            for text in outside.iter().skip(fold).step_by(self.count) {
                let opinion = parts.opinion(labels, &Counts::of(text.text), text.vector);
                heard.push(Heard { opinion, labels: &[] });
            }
        }
        heard
    }

    /// The strength whose regression errs least on the first fold.
    fn best_strength(&self, labels: usize, lessons: &[Lesson<'_>], usual: f32) -> f32 {
        let kept = self.kept(lessons, 0);
        if kept.iter().all(|lesson| lesson.vector.is_none()) {
            return usual;
        }
        let errors = |strength: f32| {
            let parts = Parts::meaning_alone(labels, &kept, strength);
            let held = lessons.iter().enumerate().filter(|(place, lesson)| {
                self.of_lesson[*place] == 0 && !self.is_held_label(lesson, 0) && lesson.vector.is_some()
            });
            let wrong = held.filter(|(_, lesson)| {
                let opinion = parts.opinion(labels, &lesson.counts, lesson.vector);
                let best = opinion.scores.get(1).and_then(|scores| highest(scores));
                best.is_none_or(|best| !lesson.labels.contains(&best))
            });
            wrong.count()
        };
        STRENGTHS.into_iter().min_by_key(|strength| errors(*strength)).unwrap_or(usual)
    }
}

fn highest(scores: &[f32]) -> Option<usize> {
    scores.iter().enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(place, _)| place)
}

/// Learns how opinions become one from what was heard.
fn voice(heard: &[Heard<'_>], of: impl Fn(&Heard<'_>) -> Opinion) -> Voice {
    let mut voice = Voice::usual();
    let opinions: Vec<(Opinion, &Heard<'_>)> = heard.iter().map(|heard| (of(heard), heard)).collect();
    let Some(parts) = opinions.iter().map(|(opinion, _)| opinion.scores.len()).max() else { return voice };
    let whole: Vec<&(Opinion, &Heard<'_>)> =
        opinions.iter().filter(|(opinion, _)| opinion.scores.len() == parts).collect();
    voice.mix = mix(&whole, &USUAL_MIX[..parts]);
    let verdicts: Vec<(Vec<f32>, &Heard<'_>, bool)> = whole
        .iter()
        .map(|(opinion, heard)| {
            let mut chances = voice.mixed(opinion);
            to_chances(&mut chances);
            let is_right = highest(&chances).is_some_and(|best| heard.labels.contains(&best));
            (opinion.signals(&chances), *heard, is_right)
        })
        .collect();
    let count = |test: &dyn Fn(&Heard<'_>) -> bool| verdicts.iter().filter(|(_, heard, _)| test(heard)).count() as f32;
    let inside = count(&|heard| !heard.labels.is_empty()).max(1.0);
    let outside = count(&|heard| heard.labels.is_empty()).max(1.0);
    let cases = |verdict: &dyn Fn(&Heard<'_>, bool) -> bool, share: f32| -> Vec<Case> {
        verdicts
            .iter()
            .map(|(signals, heard, is_right)| {
                let is_outside = heard.labels.is_empty();
                let weight = if is_outside { share / outside } else { (1.0 - share) / inside };
                Case { signals: signals.clone(), verdict: verdict(heard, *is_right), weight }
            })
            .collect()
    };
    voice.familiar = Judge::train(&cases(&|heard, _| !heard.labels.is_empty(), 0.5));
    voice.reliable = Judge::train(&cases(&|_, is_right| is_right, OUTSIDE_SHARE));
    voice.among = among(&whole, &voice);
    voice
}

/// What each part is worth, so that held-out labels are the least surprise.
fn mix(heard: &[&(Opinion, &Heard<'_>)], usual: &[f32]) -> Vec<f32> {
    let inside: Vec<_> = heard.iter().filter(|(_, heard)| !heard.labels.is_empty()).collect();
    let step = inside.len().div_ceil(MAX_MIXED).max(1);
    let chosen: Vec<_> = inside.into_iter().step_by(step).collect();
    if chosen.len() < FEWEST_LESSONS / 2 {
        return usual.to_vec();
    }
    let start = usual.iter().map(|worth| worth.ln()).collect();
    let found = minimum(start, 60, |logarithms| {
        let worths: Vec<f32> = logarithms.iter().map(|worth| worth.exp()).collect();
        let mut value = 0.0f64;
        let mut gradient = vec![0.0f64; worths.len()];
        for (opinion, heard) in &chosen {
            let mut chances = vec![0.0f32; opinion.scores[0].len()];
            for (scores, worth) in opinion.scores.iter().zip(&worths) {
                chances.iter_mut().zip(scores).for_each(|(sum, score)| *sum += worth * score);
            }
            let own: f32 = heard.labels.iter().map(|label| chances[*label]).sum::<f32>() / heard.labels.len() as f32;
            value += f64::from(to_chances(&mut chances) - own);
            for (place, scores) in opinion.scores.iter().enumerate() {
                let expected: f32 = scores.iter().zip(&chances).map(|(score, chance)| score * chance).sum();
                let own: f32 = heard.labels.iter().map(|label| scores[*label]).sum::<f32>() / heard.labels.len() as f32;
                gradient[place] += f64::from((expected - own) * worths[place]);
            }
        }
        let count = chosen.len() as f64;
        (value / count, gradient.into_iter().map(|g| (g / count) as f32).collect())
    });
    found.into_iter().map(f32::exp).collect()
}

/// Slope and bias of "this label is among the text's labels" over the logarithm of a label's share.
fn among(heard: &[&(Opinion, &Heard<'_>)], voice: &Voice) -> (f32, f32) {
    let step = heard.len().div_ceil(MAX_MIXED / 4).max(1);
    let mut pairs: Vec<(f32, bool)> = Vec::new();
    for (opinion, heard) in heard.iter().step_by(step) {
        let mut chances = voice.mixed(opinion);
        to_chances(&mut chances);
        pairs.extend(
            chances.iter().enumerate().map(|(label, share)| (share.max(1e-9).ln(), heard.labels.contains(&label))),
        );
    }
    if !pairs.iter().any(|(_, is_among)| *is_among) {
        return (1.0, 0.0);
    }
    let count = pairs.len() as f32;
    let found = minimum(vec![1.0, 0.0], 60, |line| {
        let (mut value, mut slope, mut bias) = (0.0f64, 0.0f32, 0.0f32);
        for (share, is_among) in &pairs {
            let odds = line[0] * share + line[1];
            let miss = if *is_among { -odds } else { odds };
            value += f64::from(miss.max(0.0) + (-miss.abs()).exp().ln_1p());
            let pull = 1.0 / (1.0 + (-odds).exp()) - if *is_among { 1.0 } else { 0.0 };
            slope += pull * share / count;
            bias += pull / count;
        }
        (value / f64::from(count), vec![slope, bias])
    });
    (found[0], found[1])
}

impl Voice {
    fn usual() -> Self {
        Self { mix: USUAL_MIX.to_vec(), among: (1.0, 0.0), ..Self::default() }
    }
}
