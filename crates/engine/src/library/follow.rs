//! Keeping the index in step: it reads what changed in the database, and embeds what has no vectors yet.

use std::{collections::HashMap, sync::Arc, sync::atomic::Ordering};

use domain::{
    article::Article,
    id::{ArticleId, JobId},
};
use knowledge::{ArticleVectors, Entry, TextRole, texts_to_embed, vectors_from};
use models::{Embedder, TextKind};
use store::{NewJob, StoredVectors};

use super::index_failed;
use crate::{
    bus::Hint,
    desk::Desk,
    error::{DeskError, Result},
};

pub(crate) const INDEX_JOB: &str = "embed_article";
/// Articles read at once; bounds memory while a large shop is loaded.
const CHUNK: i64 = 1_000;
const MAX_ATTEMPTS: i64 = 5;

/// Takes in every article that changed since the last time, and vectors that have come since.
pub async fn refresh(desk: &Desk) -> Result<()> {
    let library = &desk.library;
    loop {
        let since = library.revision.load(Ordering::SeqCst);
        let changed = desk.store.articles_changed_since(since, CHUNK).await?;
        let Some(last) = changed.last().map(|(revision, _)| *revision) else { break };
        let articles: Vec<Article> = changed.into_iter().map(|(_, article)| article).collect();
        take_in(desk, articles).await?;
        library.revision.fetch_max(last, Ordering::SeqCst);
    }
    let waiting: Vec<ArticleId> = library.waiting().iter().copied().collect();
    for ids in waiting.chunks(CHUNK as usize) {
        let arrived = stored_vectors(desk, ids).await?;
        let mut articles = Vec::new();
        for id in arrived.keys() {
            articles.extend(desk.store.article(*id).await?);
        }
        if !articles.is_empty() {
            take_in(desk, articles).await?;
        }
    }
    Ok(())
}

async fn take_in(desk: &Desk, articles: Vec<Article>) -> Result<()> {
    let library = &desk.library;
    let (archived, live): (Vec<Article>, Vec<Article>) = articles.into_iter().partition(|article| article.archived);
    super::rank::note(desk, live.iter(), &archived);
    let ids: Vec<ArticleId> = live.iter().map(|article| article.id).collect();
    let mut vectors = stored_vectors(desk, &ids).await?;
    let entries = live.into_iter().map(|article| {
        let fitting = vectors.remove(&article.id).filter(|(version, _)| *version == article.version);
        Entry { article: Arc::new(article), vectors: fitting.map(|(_, vectors)| Arc::new(vectors)) }
    });
    let upserted = library.index.upsert(entries).map_err(index_failed)?;
    let gone: Vec<ArticleId> = archived.iter().map(|article| article.id).collect();
    library.index.remove(gone.iter().copied()).map_err(index_failed)?;
    let mut waiting = library.waiting();
    for id in ids.iter().chain(&gone) {
        waiting.remove(id);
    }
    waiting.extend(upserted.without_vectors);
    Ok(())
}

pub(super) async fn stored_vectors(
    desk: &Desk,
    ids: &[ArticleId],
) -> Result<HashMap<ArticleId, (i64, ArticleVectors)>> {
    let Some(model) = desk.library.model() else { return Ok(HashMap::new()) };
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = desk.store.vectors(model, ids).await?;
    let read = rows.into_iter().filter_map(|row| match ArticleVectors::from_bytes(&row.data) {
        Ok(vectors) => Some((row.article, (row.version, vectors))),
        // They are made again; until then words do.
        Err(error) => {
            tracing::warn!(article = %row.article, %error, "stored vectors can't be read");
            None
        }
    });
    Ok(read.collect())
}

/// The job that gives an article version its vectors; `None` when there is no model.
pub(super) fn index_job(desk: &Desk, article: &Article) -> Option<NewJob> {
    if desk.library.embedder.is_none() || article.archived {
        return None;
    }
    Some(NewJob {
        id: JobId::from_bits(desk.ids.bits()),
        kind: INDEX_JOB,
        key: format!("{}:{}", article.id, article.version),
        payload: article.id.to_string(),
        run_at: desk.now(),
        max_attempts: MAX_ATTEMPTS,
    })
}

/// The work of that job.
pub(crate) async fn embed_article(desk: &Desk, id: ArticleId) -> Result<()> {
    let (Some(embedder), Some(article)) = (&desk.library.embedder, desk.store.article(id).await?) else {
        return Ok(());
    };
    if article.archived {
        return Ok(());
    }
    let vectors = embed(embedder, &article).await?;
    let row = StoredVectors {
        article: id,
        version: article.version,
        model: embedder.name().to_owned(),
        dims: embedder.dims() as i64,
        data: vectors.to_bytes(),
    };
    desk.store.save_vectors(&[row]).await?;
    take_in(desk, vec![article]).await?;
    desk.bus.send(Hint::Articles);
    Ok(())
}

async fn embed(embedder: &Embedder, article: &Article) -> Result<ArticleVectors> {
    let texts = texts_to_embed(article);
    let mut embedded: Vec<Vec<f32>> = vec![Vec::new(); texts.len()];
    for (role, kind) in [(TextRole::Query, TextKind::Query), (TextRole::Passage, TextKind::Passage)] {
        let places: Vec<usize> = (0..texts.len()).filter(|place| texts[*place].role == role).collect();
        let wanted: Vec<String> = places.iter().map(|place| texts[*place].text.clone()).collect();
        for (place, vector) in places.into_iter().zip(embedder.embed(kind, &wanted).await?) {
            embedded[place] = vector;
        }
    }
    vectors_from(article, &embedded).map_err(|error| {
        tracing::error!(article = %article.id, %error, "vectors don't fit the article");
        DeskError::Internal("vectors don't fit the article")
    })
}
