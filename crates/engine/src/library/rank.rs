//! Learning from the shop's own phrasings which article answers, again whenever articles have changed.

use std::sync::{Arc, PoisonError, atomic::Ordering};

use domain::{article::Article, id::ArticleId, language::Language};
use knowledge::Trial;

use super::{follow::stored_vectors, index_failed};
use crate::{
    desk::Desk,
    error::{DeskError, Result},
    reader::Phrase,
};

/// Articles a shop's ranker learns from; more teach it nothing new.
pub(super) const MAX_SAMPLED: usize = 400;
/// Phrasings asked per shop and language; bounds the time it takes to a few seconds.
const MAX_TRIALS: usize = 800;

/// Learns anew what has changed since the last time. Does nothing while articles wait for their vectors.
pub async fn learn(desk: &Desk) -> Result<()> {
    let library = &desk.library;
    let revision = library.revision.load(Ordering::SeqCst);
    if library.embedder.is_none() || library.pending() > 0 || library.ranked_revision.load(Ordering::SeqCst) == revision
    {
        return Ok(());
    }
    let sample: Vec<_> = library.sample().iter().map(|(shop, ids)| (*shop, ids.iter().copied().collect())).collect();
    for (shop, ids) in sample {
        let ids: Vec<ArticleId> = ids;
        let vectors = stored_vectors(desk, &ids).await?;
        for language in Language::ALL {
            let trials: Vec<Trial> = ids
                .iter()
                .filter_map(|id| Some((*id, vectors.get(id)?.1.wording(language)?.queries())))
                .flat_map(|(article, queries)| {
                    let trial = move |(phrasing, vector)| Trial { article, phrasing, vector };
                    queries.into_iter().enumerate().map(trial)
                })
                .take(MAX_TRIALS)
                .collect();
            let (index, now) = (library.index.clone(), desk.now());
            let learning = move || index.learn_ranker(shop, language, now, &trials);
            let ranker = tokio::task::spawn_blocking(learning)
                .await
                .map_err(|_| DeskError::Internal("learning from phrasings stopped"))?
                .map_err(index_failed)?;
            let mut rankers = library.rankers.write().unwrap_or_else(PoisonError::into_inner);
            match ranker {
                Some(ranker) => rankers.insert((shop, language), Arc::new(ranker)),
                None => rankers.remove(&(shop, language)),
            };
        }
    }
    library.ranked_revision.store(revision, Ordering::SeqCst);
    Ok(())
}

/// Notes which articles there are to learn from.
pub(super) fn note<'a>(desk: &Desk, live: impl Iterator<Item = &'a Article>, gone: &[Article]) {
    let mut sample = desk.library.sample();
    for article in live {
        let ids = sample.entry(article.shop).or_default();
        if ids.len() < MAX_SAMPLED {
            ids.insert(article.id);
        }
    }
    for article in gone {
        sample.entry(article.shop).or_default().remove(&article.id);
    }
}

/// Phrasings of these articles with their vectors, evenly thinned out to at most `max`.
pub(crate) async fn phrasings(desk: &Desk, ids: &[ArticleId], max: usize) -> Result<Vec<Phrase>> {
    let vectors = stored_vectors(desk, ids).await?;
    let mut phrases = Vec::new();
    for id in ids {
        let Some(article) = desk.store.article(*id).await? else { continue };
        for language in Language::ALL {
            let Some(wording) = article.draft.wording(language) else { continue };
            let fitting = vectors.get(id).filter(|(version, _)| *version == article.version);
            let mut queries =
                fitting.and_then(|(_, it)| it.wording(language)).map(|it| it.queries()).unwrap_or_default().into_iter();
            let texts = std::iter::once(&wording.question).chain(&wording.aliases);
            phrases.extend(texts.map(|text| Phrase { text: text.clone(), vector: queries.next() }));
        }
    }
    let step = phrases.len().div_ceil(max).max(1);
    Ok(phrases.into_iter().step_by(step).collect())
}
