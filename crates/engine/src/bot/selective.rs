//! Answering only when sure enough. Where the shop's phrasings have taught chances, those decide; before that, a cosine
//! above a threshold and clearly ahead of the next.

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
/// Chance of the first article from which the bot answers alone; a certified guarantee replaces it.
/// Chosen on the demo shop's phrasings by `tandem eval answers`; see docs/measurements.md.
pub const DEFAULT_ANSWER_CHANCE: f32 = 0.5;
/// Chance that one of the offered articles answers, from which a choice is offered.
pub const DEFAULT_CHOICE_CHANCE: f32 = 0.35;
/// An article less likely than this is no help in a choice.
const MIN_OPTION_CHANCE: f32 = 0.08;

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

/// How sure a hit is, on the scale of what is known.
pub fn confidence(hit: &Hit, basis: Basis) -> f32 {
    match (hit.chance, basis, hit.cosine) {
        (Some(chance), ..) => chance,
        (None, Basis::Hybrid, Some(cosine)) => cosine,
        // An article still without vectors can't be judged by meaning; its words must cover everything.
        (None, Basis::Hybrid, None) => hit.coverage - 0.1,
        (None, Basis::LexicalOnly, _) => hit.coverage,
    }
}

/// What the bot would do, and the threshold it went by. `answer_chance` is the one in force: the shop's, or that of its
/// guarantee.
pub fn would(hits: &[Hit], basis: Basis, settings: &ShopSettings, answer_chance: f32) -> (Would, f32) {
    let Some(best) = hits.first() else { return (Would::Abstain, answer_chance) };
    if best.chance.is_some() {
        return (by_chance(hits, settings, answer_chance), answer_chance);
    }
    let (threshold, margin) = match basis {
        Basis::Hybrid => (settings.answer_threshold.of(best.language), settings.clarify_margin),
        Basis::LexicalOnly => (LEXICAL_THRESHOLD, LEXICAL_MARGIN),
    };
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

/// Answer when the first is likely enough; offer the likely ones when one of them probably is.
fn by_chance(hits: &[Hit], settings: &ShopSettings, answer_chance: f32) -> Would {
    let chance = |hit: &Hit| hit.chance.unwrap_or_default();
    if chance(&hits[0]) >= answer_chance {
        return Would::Answer { article: hits[0].article.id };
    }
    let likely = hits.iter().take(MAX_OPTIONS).filter(|hit| chance(hit) >= MIN_OPTION_CHANCE);
    if likely.clone().map(chance).sum::<f32>() < settings.choice_chance {
        return Would::Abstain;
    }
    Would::Clarify { articles: likely.map(|hit| hit.article.id).collect() }
}
