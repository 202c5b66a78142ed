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

use super::{Lessons, MAX_ARTICLE_PHRASINGS, Phrase, Reader, Reading};
use crate::{
    desk::Desk,
    error::{DeskError, Result},
    library,
};

/// Texts embedded at once.
const BATCH: usize = 64;

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
pub async fn read(desk: &Desk, shop: ShopId, text: &str) -> Option<Reading> {
    let reader = desk.readers.of(shop)?;
    let vector = library::embed_question(desk, text).await;
    Some(reader.read(text, vector.as_deref()))
}

/// Trains anew what has changed since the last time. Does nothing while articles wait for their vectors.
pub async fn learn(desk: &Desk) -> Result<()> {
    let skills = desk.skills.skills();
    let state = (desk.library.revision.load(Ordering::SeqCst), fingerprint(&skills));
    let is_known = desk.readers.trained.lock().unwrap_or_else(PoisonError::into_inner).as_ref() == Some(&state);
    if is_known || desk.library.pending() > 0 {
        return Ok(());
    }
    let mut of_skills = Vec::new();
    for skill in skills.iter() {
        let examples = Language::ALL.iter().flat_map(|language| skill.examples.of(*language)).cloned().collect();
        of_skills.push((Arc::from(skill.name.as_str()), phrases(desk, examples).await?));
    }
    let sample: Vec<(ShopId, Vec<ArticleId>)> =
        desk.library.sample().iter().map(|(shop, ids)| (*shop, ids.iter().copied().collect())).collect();
    let mut shops: HashMap<ShopId, Vec<ArticleId>> = desk.shops.keys().map(|shop| (*shop, Vec::new())).collect();
    shops.extend(sample);
    for (shop, ids) in shops {
        let articles = library::phrasings(desk, &ids, MAX_ARTICLE_PHRASINGS).await?;
        let lessons = Lessons { skills: of_skills.clone(), articles, outside: Vec::new() };
        let reader = tokio::task::spawn_blocking(move || Reader::train(&lessons))
            .await
            .map_err(|_| DeskError::Internal("training the reader stopped"))?;
        let mut readers = desk.readers.by_shop.write().unwrap_or_else(PoisonError::into_inner);
        match reader {
            Some(reader) => readers.insert(shop, Arc::new(reader)),
            None => readers.remove(&shop),
        };
    }
    *desk.readers.trained.lock().unwrap_or_else(PoisonError::into_inner) = Some(state);
    Ok(())
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
async fn phrases(desk: &Desk, texts: Vec<String>) -> Result<Vec<Phrase>> {
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
