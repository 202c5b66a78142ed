//! The parts of a classifier that are trained on examples, and what they say about one text before it is weighed.

use serde::{Deserialize, Serialize};

use super::{
    margins::Margins,
    meaning::{Logistic, Neighbours, Placed, Space},
    words::{Counts, Row, Vocabulary},
};

/// A text to learn from, with all its labels.
#[derive(Debug, Clone)]
pub struct Lesson<'a> {
    pub counts: Counts,
    pub vector: Option<&'a [f32]>,
    pub labels: Vec<usize>,
    pub weight: f32,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Parts {
    vocabulary: Vocabulary,
    margins: Margins,
    meaning: Option<Meaning>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Meaning {
    space: Space,
    logistic: Logistic,
    neighbours: Neighbours,
}

/// What the parts say about a text.
#[derive(Debug, Clone)]
pub struct Opinion {
    /// Scores of all labels by each part: words first, then meaning if there was a vector.
    pub scores: Vec<Vec<f32>>,
    nearest: f32,
    known: f32,
    features: usize,
}

impl Parts {
    pub fn train(labels: usize, lessons: &[&Lesson<'_>], strengths: (f32, f32), seed: u64) -> Self {
        let vocabulary = Vocabulary::of(lessons.iter().map(|lesson| &lesson.counts));
        let rows: Vec<Row> = lessons.iter().map(|lesson| vocabulary.row(&lesson.counts).0).collect();
        let weights: Vec<f32> = lessons.iter().map(|lesson| lesson.weight * strengths.0).collect();
        let is_of = |row: usize, label: usize| lessons[row].labels.contains(&label);
        let margins = Margins::train(labels, vocabulary.len(), &rows, &weights, is_of, seed);
        Self { vocabulary, margins, meaning: Meaning::train(labels, lessons, strengths.1) }
    }

    /// What lessons whose vectors are known say by these alone.
    pub fn meaning_alone(labels: usize, lessons: &[&Lesson<'_>], strength: f32) -> Self {
        Self { meaning: Meaning::train(labels, lessons, strength), ..Self::default() }
    }

    pub fn has_meaning(&self) -> bool {
        self.meaning.is_some()
    }

    pub fn opinion(&self, labels: usize, counts: &Counts, vector: Option<&[f32]>) -> Opinion {
        let (row, known) = self.vocabulary.row(counts);
        let mut opinion = Opinion { scores: vec![self.margins.scores(&row)], nearest: 0.0, known, features: row.len() };
        if let (Some(meaning), Some(vector)) = (&self.meaning, vector)
            && vector.len() == meaning.space.dims()
        {
            let placed = meaning.space.place(vector);
            let (near, nearest) = meaning.neighbours.scores(labels, &placed);
            opinion.scores.push(meaning.logistic.scores(&placed));
            opinion.scores.push(near);
            opinion.nearest = nearest;
        }
        opinion
    }
}

impl Meaning {
    fn train(labels: usize, lessons: &[&Lesson<'_>], strength: f32) -> Option<Self> {
        let with_vector = || lessons.iter().filter_map(|lesson| Some((lesson, lesson.vector?)));
        let dims = with_vector().next()?.1.len();
        let fitting = || with_vector().filter(|(_, vector)| vector.len() == dims && dims > 0);
        let space = Space::of(&fitting().map(|(_, vector)| vector).collect::<Vec<_>>());
        let (mut rows, mut own, mut weights) = (Vec::new(), Vec::new(), Vec::new());
        for (lesson, vector) in fitting() {
            for label in &lesson.labels {
                rows.extend(space.place(vector));
                own.push(*label);
                weights.push(lesson.weight / lesson.labels.len() as f32);
            }
        }
        let placed = Placed { dims, rows: &rows, labels: &own, strengths: &weights };
        let logistic = Logistic::train(labels, &placed, strength);
        Some(Self { space, logistic, neighbours: Neighbours::of(&placed) })
    }
}

impl Opinion {
    pub fn has_meaning(&self) -> bool {
        self.scores.len() > 1
    }

    /// The same without what the vector said.
    pub fn words_alone(&self) -> Self {
        Self { scores: self.scores[..1].to_vec(), nearest: 0.0, ..*self }
    }

    /// What judges look at, given the chances of all labels.
    pub fn signals(&self, chances: &[f32]) -> Vec<f32> {
        let (first, second) = two_highest(chances);
        let mut signals = vec![
            first.max(1e-6).ln(),
            (first.max(1e-6) / second.max(1e-6)).ln().min(8.0),
            self.known,
            (1.0 + self.features as f32).ln(),
        ];
        for scores in &self.scores {
            let (first, second) = two_highest(scores);
            signals.push(first);
            signals.push(first - second);
        }
        if self.has_meaning() {
            signals.push(self.nearest);
        }
        signals
    }

    /// Before anything was learned about what lies outside.
    pub fn usual_familiarity(&self) -> f32 {
        self.scores[0].iter().copied().fold(-1.0, f32::max) + self.nearest
    }
}

fn two_highest(values: &[f32]) -> (f32, f32) {
    let mut two = (f32::NEG_INFINITY, f32::NEG_INFINITY);
    for value in values {
        if *value > two.0 {
            two = (*value, two.0);
        } else if *value > two.1 {
            two.1 = *value;
        }
    }
    if two.1 == f32::NEG_INFINITY { (two.0.max(-1e6), two.0.max(-1e6)) } else { two }
}
