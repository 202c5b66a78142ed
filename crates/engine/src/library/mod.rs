//! The shop's knowledge: articles in the database, found through an index in memory that follows them.

mod edit;
mod exchange;
mod follow;
mod rank;
mod search;

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError, RwLock, atomic::AtomicI64},
};

use domain::{
    id::{ArticleId, ShopId},
    language::Language,
};
use knowledge::{Index, Ranker};
use models::Embedder;

pub use edit::{archive, create, findings, restore, restore_version, update};
pub use exchange::{ImportOutcome, export, import, load_drafts};
pub use follow::refresh;
pub(crate) use follow::{INDEX_JOB, embed_article};
pub use rank::learn;
pub(crate) use rank::phrasings;
pub use search::{Ask, Found, Would, search};
pub(crate) use search::{embed_question, nearest_phrasing, search_with};

use crate::error::{DeskError, Result};

/// The index of one process, and how far it has followed the database.
pub struct Library {
    pub(crate) index: Arc<Index>,
    pub(crate) embedder: Option<Embedder>,
    /// The last article revision taken in.
    pub(crate) revision: AtomicI64,
    /// Articles indexed by words only, whose vectors are still being made.
    pub(crate) without_vectors: Mutex<HashSet<ArticleId>>,
    /// What each shop's phrasings taught.
    pub(crate) rankers: RwLock<HashMap<(ShopId, Language), Arc<Ranker>>>,
    /// Articles they are taught from.
    sampled: Mutex<HashMap<ShopId, BTreeSet<ArticleId>>>,
    /// The revision they were taught at.
    pub(crate) ranked_revision: AtomicI64,
}

impl Library {
    pub fn new(embedder: Option<Embedder>) -> Result<Self> {
        let index = match &embedder {
            Some(embedder) => Index::with_dimension(embedder.dims()),
            None => Index::new(),
        };
        Ok(Self {
            index: Arc::new(index.map_err(index_failed)?),
            embedder,
            revision: AtomicI64::new(0),
            without_vectors: Mutex::default(),
            rankers: RwLock::default(),
            sampled: Mutex::default(),
            ranked_revision: AtomicI64::new(0),
        })
    }

    /// The name of the embedding model; `None` means that search is by words only.
    pub fn model(&self) -> Option<&str> {
        self.embedder.as_ref().map(Embedder::name)
    }

    pub fn article_count(&self) -> usize {
        self.index.article_count()
    }

    /// Articles that wait for their vectors.
    pub fn pending(&self) -> usize {
        self.waiting().len()
    }

    pub fn is_waiting_for_vectors(&self, article: ArticleId) -> bool {
        self.embedder.is_some() && self.waiting().contains(&article)
    }

    /// `None` while there are too few phrasings, or nothing has been learned yet.
    pub(crate) fn ranker(&self, shop: ShopId, language: Language) -> Option<Arc<Ranker>> {
        self.rankers.read().unwrap_or_else(PoisonError::into_inner).get(&(shop, language)).cloned()
    }

    pub(crate) fn sample(&self) -> std::sync::MutexGuard<'_, HashMap<ShopId, BTreeSet<ArticleId>>> {
        self.sampled.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn waiting(&self) -> std::sync::MutexGuard<'_, HashSet<ArticleId>> {
        self.without_vectors.lock().unwrap_or_else(|broken| broken.into_inner())
    }
}

pub(crate) fn index_failed(error: knowledge::IndexError) -> DeskError {
    tracing::error!(%error, "knowledge index");
    DeskError::Internal("the knowledge index failed")
}
