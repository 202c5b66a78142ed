//! Answering only when sure enough: above a threshold, and clearly ahead of the next candidate.

use domain::language::Language;
use knowledge::{Basis, Hit};
use serde::{Deserialize, Serialize};

use crate::{library::Would, settings::ShopSettings};

/// Cosine an article needs; the model's cosines lie higher in Chinese than in English.
/// Chosen on the demo shop's held-out phrasings by `tandem eval answers`; see docs/measurements.md.
pub const DEFAULT_ANSWER_THRESHOLD: Threshold = Threshold { zh: 0.89, en: 0.855 };
/// Candidates this close to the best, in cosine, are offered as a choice.
pub const DEFAULT_CLARIFY_MARGIN: f32 = 0.015;
/// Without a model: the share of the question's weight the article's words must cover.
pub const LEXICAL_THRESHOLD: f32 = 0.6;
const LEXICAL_MARGIN: f32 = 0.05;
const MAX_OPTIONS: usize = 3;

/// A cosine for each language.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Threshold {
    pub zh: f32,
    pub en: f32,
}

impl Threshold {
    pub const fn of(self, language: Language) -> f32 {
        match language {
            Language::Zh => self.zh,
            Language::En => self.en,
        }
    }
}

/// How sure a hit is, on the scale of the basis.
pub fn confidence(hit: &Hit, basis: Basis) -> f32 {
    match (basis, hit.cosine) {
        (Basis::Hybrid, Some(cosine)) => cosine,
        // An article still without vectors can't be judged by meaning; its words must cover everything.
        (Basis::Hybrid, None) => hit.coverage - 0.1,
        (Basis::LexicalOnly, _) => hit.coverage,
    }
}

/// What the bot would do, and the threshold it went by.
pub fn would(hits: &[Hit], basis: Basis, settings: &ShopSettings) -> (Would, f32) {
    let language = hits.first().map_or(Language::Zh, |hit| hit.language);
    let (threshold, margin) = match basis {
        Basis::Hybrid => (settings.answer_threshold.of(language), settings.clarify_margin),
        Basis::LexicalOnly => (LEXICAL_THRESHOLD, LEXICAL_MARGIN),
    };
    let Some(best) = hits.first() else { return (Would::Abstain, threshold) };
    let sure = confidence(best, basis);
    if sure < threshold {
        return (Would::Abstain, threshold);
    }
    let close: Vec<_> = hits
        .iter()
        .take(MAX_OPTIONS)
        .filter(|hit| sure - confidence(hit, basis) <= margin && confidence(hit, basis) >= threshold)
        .map(|hit| hit.article.id)
        .collect();
    let would =
        if close.len() > 1 { Would::Clarify { articles: close } } else { Would::Answer { article: best.article.id } };
    (would, threshold)
}
