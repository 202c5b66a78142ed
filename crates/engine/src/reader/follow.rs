//! Keeping each shop's reader in step with the skills and the articles.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, RwLock, atomic::Ordering},
};

use domain::{
    id::{ArticleId, ShopId},
    language::Language,
};
use models::{Embedder, TextKind};
use sha2::{Digest, Sha256};
use store::ArticleFilter;

use super::{Lessons, MAX_ARTICLE_PHRASINGS, Phrase, Reader, Reading};
use crate::{
    desk::Desk,
    error::{DeskError, Result},
    library,
};

/// Texts embedded at once.
const BATCH: usize = 64;
/// Articles learned from before any of them has its vectors.
const EARLY_ARTICLES: i64 = 200;

/// The readers of one process.
#[derive(Debug, Default)]
pub struct Readers {
    by_shop: RwLock<HashMap<ShopId, Arc<Reader>>>,
    /// What they were trained on: the articles' revision and the skills.
    trained: Mutex<Option<(i64, String)>>,
}

impl Readers {
    fn of(&self, shop: ShopId) -> Option<Arc<Reader>> {
        self.by_shop.read().unwrap_or_else(PoisonError::into_inner).get(&shop).cloned()
    }

    /// Takes over what another desk with the same skills and articles was taught, instead of learning it again.
    pub(crate) fn take_from(&self, other: &Self) {
        let theirs = other.by_shop.read().unwrap_or_else(PoisonError::into_inner).clone();
        *self.by_shop.write().unwrap_or_else(PoisonError::into_inner) = theirs;
        let state = other.trained.lock().unwrap_or_else(PoisonError::into_inner).clone();
        *self.trained.lock().unwrap_or_else(PoisonError::into_inner) = state;
    }
}

/// What a text asks for. `None` until the shop's reader has been trained.
pub fn read(desk: &Desk, shop: ShopId, text: &str, vector: Option<&[f32]>) -> Option<Reading> {
    Some(desk.readers.of(shop)?.read(text, vector))
}

/// Trains anew what has changed since the last time. While articles wait for their vectors, words have to do: a desk
/// that was just set up must know a return from a question about returns.
pub async fn learn(desk: &Desk) -> Result<()> {
    let skills = desk.skills.skills();
    let is_early = desk.library.pending() > 0;
    let fingerprint = fingerprint(&skills);
    let state = (desk.library.revision.load(Ordering::SeqCst), fingerprint);
    let is_known = desk.readers.trained.lock().unwrap_or_else(PoisonError::into_inner).as_ref() == Some(&state);
    let has_any = !desk.readers.by_shop.read().unwrap_or_else(PoisonError::into_inner).is_empty();
    if is_known || is_early && has_any {
        return Ok(());
    }
    let mut of_skills = Vec::new();
    for skill in skills.iter() {
        let examples: Vec<String> =
            Language::ALL.iter().flat_map(|language| skill.examples.of(*language)).cloned().collect();
        let phrases = if is_early { in_words(examples) } else { phrases(desk, examples).await? };
        of_skills.push((Arc::from(skill.name.as_str()), phrases));
    }
    for shop in desk.shops.keys() {
        let ids = articles_of(desk, *shop, is_early).await?;
        let mut articles = library::phrasings(desk, &ids, MAX_ARTICLE_PHRASINGS).await?;
        if is_early {
            articles.iter_mut().for_each(|phrase| phrase.vector = None);
        }
        let lessons = Lessons { skills: of_skills.clone(), articles, outside: Vec::new() };
        let reader = tokio::task::spawn_blocking(move || Reader::train(&lessons))
            .await
            .map_err(|_| DeskError::Internal("training the reader stopped"))?;
        let mut readers = desk.readers.by_shop.write().unwrap_or_else(PoisonError::into_inner);
        match reader {
            Some(reader) => readers.insert(*shop, Arc::new(reader)),
            None => readers.remove(shop),
        };
    }
    if !is_early {
        *desk.readers.trained.lock().unwrap_or_else(PoisonError::into_inner) = Some(state);
    }
    Ok(())
}

/// The sample that rankings are learned on; before there is one, the shop's articles as they are.
async fn articles_of(desk: &Desk, shop: ShopId, is_early: bool) -> Result<Vec<ArticleId>> {
    let sample: Vec<ArticleId> = desk.library.sample().get(&shop).into_iter().flatten().copied().collect();
    if !sample.is_empty() || !is_early {
        return Ok(sample);
    }
    let filter = ArticleFilter {
        shops: &[shop],
        text: None,
        category: None,
        state: None,
        now: desk.now(),
        cursor: None,
        limit: EARLY_ARTICLES,
    };
    Ok(desk.store.articles(&filter).await?.articles.into_iter().map(|article| article.id).collect())
}

fn in_words(texts: Vec<String>) -> Vec<Phrase> {
    texts.into_iter().map(|text| Phrase { text, vector: None }).collect()
}

/// Names the examples of a set of skills.
fn fingerprint(skills: &skills::Skills) -> String {
    let mut hash = Sha256::new();
    for skill in skills.iter() {
        hash.update(&skill.name);
        for example in Language::ALL.iter().flat_map(|language| skill.examples.of(*language)) {
            hash.update([0]);
            hash.update(example);
        }
    }
    hex::encode(hash.finalize())
}

/// Texts with their vectors, made once and kept.
pub(crate) async fn phrases(desk: &Desk, texts: Vec<String>) -> Result<Vec<Phrase>> {
    let Some(embedder) = &desk.library.embedder else {
        return Ok(texts.into_iter().map(|text| Phrase { text, vector: None }).collect());
    };
    let hashes: Vec<String> = texts.iter().map(|text| hex::encode(Sha256::digest(text))).collect();
    let mut known: HashMap<String, Vec<f32>> = desk
        .store
        .phrase_vectors(embedder.name(), &hashes)
        .await?
        .into_iter()
        .filter(|(_, bytes)| bytes.len() == embedder.dims() * 4)
        .map(|(hash, bytes)| (hash, numbers(&bytes)))
        .collect();
    let missing: Vec<(String, String)> =
        hashes.iter().cloned().zip(texts.iter().cloned()).filter(|(hash, _)| !known.contains_key(hash)).collect();
    for batch in missing.chunks(BATCH) {
        let vectors = embed(embedder, batch).await?;
        let rows: Vec<(String, Vec<u8>)> = vectors.iter().map(|(hash, vector)| (hash.clone(), bytes(vector))).collect();
        desk.store.save_phrase_vectors(embedder.name(), &rows).await?;
        known.extend(vectors);
    }
    let phrase = |(text, hash): (String, String)| Phrase { vector: known.get(&hash).cloned(), text };
    Ok(texts.into_iter().zip(hashes).map(phrase).collect())
}

async fn embed(embedder: &Embedder, batch: &[(String, String)]) -> Result<Vec<(String, Vec<f32>)>> {
    let texts: Vec<String> = batch.iter().map(|(_, text)| text.clone()).collect();
    let vectors = embedder.embed(TextKind::Query, &texts).await?;
    Ok(batch.iter().map(|(hash, _)| hash.clone()).zip(vectors).collect())
}

fn bytes(vector: &[f32]) -> Vec<u8> {
    vector.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn numbers(bytes: &[u8]) -> Vec<f32> {
    let (numbers, _) = bytes.as_chunks::<4>();
    numbers.iter().map(|number| f32::from_le_bytes(*number)).collect()
}
