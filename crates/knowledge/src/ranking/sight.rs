//! Looking at one candidate closely: its phrasings' vectors about the centre, and their words.

use std::collections::HashMap;

use domain::article::Wording;
use tantivy::TantivyError;

use super::{FEATURES, Sight};
use crate::{
    grams::for_each_gram,
    lexicon::GramWeights,
    shelf::{Placed, Shelf},
    vectors::MAX_PASSAGE_CHARS,
};

/// A question, ready to be compared with candidates of one shelf.
pub(crate) struct Lens<'a> {
    shelf: &'a Shelf,
    weights: &'a GramWeights<'a>,
    vector: &'a [f32],
    centre: &'a [f32],
    centred: Vec<f32>,
    words: HashMap<String, f32>,
}

impl<'a> Lens<'a> {
    /// `vector` and `centre` are of the same length; the vector has length 1.
    pub(crate) fn new(
        shelf: &'a Shelf,
        weights: &'a GramWeights<'a>,
        text: &str,
        vector: &'a [f32],
        centre: &'a [f32],
    ) -> Result<Self, TantivyError> {
        let centred = unit_difference(vector, centre);
        let lens = Self { shelf, weights, vector, centre, centred, words: HashMap::new() };
        let words = lens.weighted(text)?;
        Ok(Self { words, ..lens })
    }

    /// What is seen of a candidate, `without` one of its phrasings; `None` when no phrasing has a vector.
    pub(crate) fn sight(
        &self,
        placed: &Placed,
        wording: &Wording,
        without: Option<usize>,
    ) -> Result<Option<Sight>, TantivyError> {
        let mut best = [f32::NEG_INFINITY; FEATURES];
        best[3] = self.likeness(&passage(wording, without))?;
        let texts = std::iter::once(&wording.question).chain(&wording.aliases);
        for (phrasing, text) in texts.enumerate().filter(|(phrasing, _)| Some(*phrasing) != without) {
            best[2] = best[2].max(self.likeness(text)?);
            let Some(row) = self.shelf.row(placed, phrasing) else { continue };
            best[0] = best[0].max(dot(&row, self.vector));
            best[1] = best[1].max(dot(&unit_difference(&row, self.centre), &self.centred));
        }
        Ok(best.iter().all(|value| value.is_finite()).then_some(Sight(best)))
    }

    fn likeness(&self, text: &str) -> Result<f32, TantivyError> {
        let other = self.weighted(text)?;
        Ok(other.iter().filter_map(|(gram, weight)| Some(weight * self.words.get(gram)?)).sum())
    }

    /// The grams of a text by their weight, as a vector of length 1. Repetition counts by its logarithm.
    fn weighted(&self, text: &str) -> Result<HashMap<String, f32>, TantivyError> {
        let mut counts: HashMap<String, f32> = HashMap::new();
        for_each_gram(text, |gram| *counts.entry(gram.to_owned()).or_default() += 1.0);
        let mut square = 0.0;
        for (gram, value) in &mut counts {
            *value = (1.0 + value.ln()) * self.weights.of(gram)?;
            square += *value * *value;
        }
        let length = square.sqrt().max(f32::MIN_POSITIVE);
        counts.values_mut().for_each(|value| *value /= length);
        Ok(counts)
    }
}

/// Question and answer; the answer alone when the question is the phrasing that isn't there.
fn passage(wording: &Wording, without: Option<usize>) -> String {
    let answer = wording.answer.chars().take(MAX_PASSAGE_CHARS);
    let question = if without == Some(0) { "" } else { &wording.question };
    question.chars().chain(['\n']).chain(answer).collect()
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn unit_difference(a: &[f32], b: &[f32]) -> Vec<f32> {
    crate::vectors::unit(&a.iter().zip(b).map(|(x, y)| x - y).collect::<Vec<_>>())
}
