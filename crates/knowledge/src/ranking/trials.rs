//! Asking each of a shop's phrasings as if it weren't there, to see what right and wrong candidates look like.

use domain::{id::ShopId, language::Language, time::Timestamp};

use super::{
    Lens, RANKED, Ranker, Trial,
    learn::{Lesson, learn},
};
use crate::{
    fusion::fuse,
    index::{IndexError, Snapshot},
    lexicon::{self, GramWeights},
    search::{Query, candidates},
    shelf::Shelf,
    vectors::QueryVector,
};

/// What the trials teach about a shop's articles in one language; `None` when they are too few.
pub(crate) fn learn_ranker(
    snapshot: &Snapshot,
    shop: ShopId,
    language: Language,
    now: Timestamp,
    trials: &[Trial],
) -> Result<Option<Ranker>, IndexError> {
    let Some(shelf) = snapshot.shelves.get(&(shop, language)) else { return Ok(None) };
    let fitting: Vec<&Trial> = trials.iter().filter(|trial| trial.vector.len() == snapshot.dimension).collect();
    let centre = centre_of(&fitting, snapshot.dimension);
    let weights = GramWeights::new(&snapshot.searcher, snapshot.fields, shelf);
    let mut lessons = Vec::with_capacity(fitting.len());
    for trial in fitting {
        lessons.extend(lesson(snapshot, shelf, &weights, shop, now, &centre, trial)?);
    }
    Ok(learn(centre, lessons))
}

fn centre_of(trials: &[&Trial], dimension: usize) -> Vec<f32> {
    let mut centre = vec![0.0; dimension];
    for trial in trials {
        centre.iter_mut().zip(&trial.vector).for_each(|(sum, value)| *sum += value / trials.len() as f32);
    }
    centre
}

/// Asks a phrasing as if it weren't there. `None`: it is the article's only one, or the article is gone.
fn lesson(
    snapshot: &Snapshot,
    shelf: &Shelf,
    weights: &GramWeights<'_>,
    shop: ShopId,
    now: Timestamp,
    centre: &[f32],
    trial: &Trial,
) -> Result<Option<Lesson>, IndexError> {
    let Some((own_slot, own)) = shelf.find(trial.article) else { return Ok(None) };
    let Some(wording) = own.article.draft.wording(shelf.language) else { return Ok(None) };
    let phrasings = std::iter::once(&wording.question).chain(&wording.aliases);
    let Some(text) = phrasings.clone().nth(trial.phrasing).filter(|_| phrasings.count() > 1) else { return Ok(None) };
    let query = Query {
        shop,
        text,
        vector: Some(&trial.vector),
        language: Some(shelf.language),
        now,
        product: None,
        category: None,
        limit: RANKED,
        ranker: None,
    };
    let (lexical, _) = lexicon::score(&snapshot.searcher, snapshot.fields, shelf, text)?;
    let vector = QueryVector::new(&trial.vector);
    let pool = candidates(shelf, 0, &query, Some(&vector), &lexical);
    let lens = Lens::new(shelf, weights, text, &trial.vector, centre)?;
    let others = fuse(&pool).into_iter().map(|(candidate, _)| candidate.slot).filter(|slot| *slot != own_slot);
    let mut sights = Vec::with_capacity(RANKED);
    for slot in others.take(RANKED - 1) {
        let Some(placed) = shelf.placed(slot) else { continue };
        let Some(wording) = placed.article.draft.wording(shelf.language) else { continue };
        sights.extend(lens.sight(placed, wording, None)?);
    }
    let Some(own) = lens.sight(own, wording, Some(trial.phrasing))? else { return Ok(None) };
    sights.insert(0, own);
    Ok(Some(Lesson { sights, right: Some(0) }))
}
