//! Answers one question from a snapshot: judges which articles may be used, scores them by meaning and by words,
//! and says how each hit came about.

use std::{collections::HashSet, sync::Arc};

use domain::{
    article::{Article, Wording},
    id::ShopId,
    language::Language,
    shop::{CategoryKey, ProductKey},
    time::Timestamp,
};
use serde::Serialize;

use crate::{
    conditions::ScopeMatch,
    fusion::{Candidate, POOL, fuse, largest},
    index::{IndexError, Snapshot},
    lexicon::{self, GramWeights, WeightedGrams},
    ranking::{Lens, RANKED, Ranker},
    shelf::{Placed, Shelf},
    vectors::{QueryVector, unit},
};

/// A question to the index.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// Only this shop's articles answer.
    pub shop: ShopId,
    /// What the shopper asked.
    pub text: &'a str,
    /// The text embedded as a query; without it only words count.
    pub vector: Option<&'a [f32]>,
    /// Wordings in this language answer, and only when there are none, those in the other. `None` lets both compete.
    pub language: Option<Language>,
    /// Articles must hold at this moment.
    pub now: Timestamp,
    /// The product the shopper is looking at or asking about.
    pub product: Option<&'a ProductKey>,
    /// That product's category.
    pub category: Option<&'a CategoryKey>,
    /// At most this many hits.
    pub limit: usize,
    /// What the shop's phrasings taught, for the language asked; with it and a vector, hits carry a `chance` and are in
    /// its order.
    pub ranker: Option<&'a Ranker>,
}

/// What a hit's score rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Meaning and words.
    Hybrid,
    /// Words alone: the question or the article has no vector.
    LexicalOnly,
}

/// Which of an article's phrasings is nearest to the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phrasing {
    /// The question as the article puts it.
    Question,
    /// One of its aliases, by position.
    Alias(usize),
}

/// An article that may answer, and why. `score` orders the hits of one question; put thresholds on `cosine`
/// (or on `coverage` when there is none), which mean the same for every question.
#[derive(Debug, Clone, Serialize)]
pub struct Hit {
    /// The version that answers.
    pub article: Arc<Article>,
    /// Which of its wordings was found.
    pub language: Language,
    /// The question's language had no article, so this is in the other one.
    pub is_other_language: bool,
    /// In units of cosine when the question has a vector, otherwise BM25.
    pub score: f32,
    /// Mean of the cosines to the nearest phrasing and to the passage.
    pub cosine: Option<f32>,
    /// BM25 over grams, from 0.
    pub lexical: f32,
    /// The share of the question's gram weight that the wording contains, from 0 to 1.
    pub coverage: f32,
    /// Which phrasing is nearest.
    pub matched_phrasing: Phrasing,
    /// Whether the article is about what the shopper looks at.
    pub scope: ScopeMatch,
    /// What the score rests on.
    pub basis: Basis,
    /// The chance that this article answers the question, when a ranker judged. What is left of 1 over all hits is the
    /// chance that none does.
    pub chance: Option<f32>,
}

impl Hit {
    /// The wording that was found.
    pub fn wording(&self) -> Option<&Wording> {
        self.article.draft.wording(self.language)
    }
}

/// How far the first hit is ahead of the second, in units of `score`; `None` without a second.
pub fn margin(hits: &[Hit]) -> Option<f32> {
    match hits {
        [first, second, ..] => Some(first.score - second.score),
        _ => None,
    }
}

pub(crate) fn search(snapshot: &Snapshot, query: &Query<'_>) -> Result<Vec<Hit>, IndexError> {
    if let Some(got) = query.vector.map(<[f32]>::len).filter(|&got| got != snapshot.dimension) {
        return Err(IndexError::Dimension { expected: snapshot.dimension, got });
    }
    let vector = query.vector.map(QueryVector::new);
    let Some(wanted) = query.language else {
        return search_in(snapshot, query, vector.as_ref(), &Language::ALL);
    };
    let hits = search_in(snapshot, query, vector.as_ref(), &[wanted])?;
    if !hits.is_empty() {
        return Ok(hits);
    }
    let mut hits = search_in(snapshot, query, vector.as_ref(), &[wanted.other()])?;
    hits.iter_mut().for_each(|hit| hit.is_other_language = true);
    Ok(hits)
}

fn search_in(
    snapshot: &Snapshot,
    query: &Query<'_>,
    vector: Option<&QueryVector>,
    languages: &[Language],
) -> Result<Vec<Hit>, IndexError> {
    let mut pool = Vec::new();
    let mut searched: Vec<(&Shelf, WeightedGrams)> = Vec::new();
    let shelves = languages.iter().filter_map(|&language| snapshot.shelves.get(&(query.shop, language)));
    for shelf in shelves {
        let (lexical, grams) = lexicon::score(&snapshot.searcher, snapshot.fields, shelf, query.text)?;
        pool.extend(candidates(shelf, searched.len(), query, vector, &lexical));
        searched.push((shelf, grams));
    }
    let mut seen = HashSet::new();
    let ranked = fuse(&pool).into_iter().filter_map(|(candidate, score)| {
        let (shelf, grams) = searched.get(candidate.shelf)?;
        let placed = shelf.placed(candidate.slot)?;
        seen.insert(placed.article.id).then(|| (candidate.slot, hit(&candidate, score, shelf, grams, placed, vector)))
    });
    // A ranker knows one language.
    match (query.ranker, query.vector, &searched[..]) {
        (Some(ranker), Some(vector), [(shelf, _)]) if ranker.centre.len() == vector.len() => {
            let hits: Vec<(usize, Hit)> = ranked.take(query.limit.max(RANKED)).collect();
            let mut hits = judge(snapshot, query.text, &unit(vector), ranker, shelf, hits)?;
            hits.truncate(query.limit);
            Ok(hits)
        }
        _ => Ok(ranked.take(query.limit).map(|(_, hit)| hit).collect()),
    }
}

/// Gives the first hits, each with its slot, their chances, and puts them in that order.
fn judge(
    snapshot: &Snapshot,
    text: &str,
    vector: &[f32],
    ranker: &Ranker,
    shelf: &Shelf,
    mut hits: Vec<(usize, Hit)>,
) -> Result<Vec<Hit>, IndexError> {
    let weights = GramWeights::new(&snapshot.searcher, snapshot.fields, shelf);
    let lens = Lens::new(shelf, &weights, text, vector, &ranker.centre)?;
    let mut seen = Vec::with_capacity(RANKED);
    for (at, (slot, hit)) in hits.iter().enumerate().take(RANKED) {
        if let (Some(placed), Some(wording)) = (shelf.placed(*slot), hit.wording())
            && let Some(sight) = lens.sight(placed, wording, None)?
        {
            seen.push((at, sight));
        }
    }
    let sights: Vec<_> = seen.iter().map(|(_, sight)| *sight).collect();
    for ((at, _), chance) in seen.iter().zip(ranker.chances(&sights)) {
        hits[*at].1.chance = Some(chance);
    }
    let mut hits: Vec<Hit> = hits.into_iter().map(|(_, hit)| hit).collect();
    hits.sort_by(|a, b| b.chance.unwrap_or(-1.0).total_cmp(&a.chance.unwrap_or(-1.0)));
    Ok(hits)
}

/// The best by cosine together with the best by words. Without a vector an article must share a gram to be one.
pub(crate) fn candidates(
    shelf: &Shelf,
    number: usize,
    query: &Query<'_>,
    vector: Option<&QueryVector>,
    lexical: &[f32],
) -> Vec<Candidate> {
    let admissions = shelf.admissions(|conditions| conditions.admit(query.now, query.product, query.category));
    let by_slot = shelf.admissions_by_slot(&admissions);
    let admitted = |slot: usize, value: f32| if by_slot[slot].is_some() { value } else { f32::NEG_INFINITY };
    let cosines = vector.map(|vector| shelf.scan(vector, &admissions));
    let lexical_or_nothing = lexical
        .iter()
        .enumerate()
        .map(|(slot, &score)| admitted(slot, if score > 0.0 { score } else { f32::NEG_INFINITY }));
    let mut slots = largest(lexical_or_nothing, POOL);
    if let Some(cosines) = &cosines {
        slots.extend(largest(cosines.iter().copied(), POOL));
    }
    slots.sort_unstable();
    slots.dedup();
    let candidate = |slot: usize| {
        let cosine = cosines.as_ref().map(|cosines| cosines[slot]).filter(|cosine| cosine.is_finite());
        Some(Candidate { shelf: number, slot, cosine, lexical: lexical[slot], scope: by_slot[slot]? })
    };
    slots.into_iter().filter_map(candidate).collect()
}

fn hit(
    candidate: &Candidate,
    score: f32,
    shelf: &Shelf,
    grams: &WeightedGrams,
    placed: &Placed,
    vector: Option<&QueryVector>,
) -> Hit {
    let wording = placed.article.draft.wording(shelf.language);
    let nearest = vector.and_then(|vector| shelf.nearest_phrasing(placed, vector));
    let nearest = nearest.or_else(|| Some(most_covered(wording?, grams)));
    Hit {
        article: placed.article.clone(),
        language: shelf.language,
        is_other_language: false,
        score,
        cosine: candidate.cosine,
        lexical: candidate.lexical,
        coverage: wording.map_or(0.0, |wording| grams.share_in(&lexicon::counted_text(wording))),
        matched_phrasing: match nearest {
            None | Some(0) => Phrasing::Question,
            Some(phrasing) => Phrasing::Alias(phrasing - 1),
        },
        scope: candidate.scope,
        basis: if candidate.cosine.is_some() { Basis::Hybrid } else { Basis::LexicalOnly },
        chance: None,
    }
}

/// The phrasing that holds most of the question's weight; the earlier one when two hold the same.
fn most_covered(wording: &Wording, grams: &WeightedGrams) -> usize {
    let phrasings = std::iter::once(&wording.question).chain(&wording.aliases).map(|text| grams.share_in(text));
    let best = phrasings.enumerate().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
    best.map_or(0, |(phrasing, _)| phrasing)
}
