//! Embedding vectors of articles, stored with the model that made them; their layout is the caller's.

use domain::id::ArticleId;

use crate::{Result, Store};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredVectors {
    pub article: ArticleId,
    pub version: i64,
    pub model: String,
    pub dims: i64,
    pub data: Vec<u8>,
}

impl Store {
    /// Replaces those of older versions of the same article and model, never those of a newer one.
    pub async fn save_vectors(&self, vectors: &[StoredVectors]) -> Result<()> {
        unimplemented!("{vectors:?}")
    }

    pub async fn vectors(&self, model: &str, ids: &[ArticleId]) -> Result<Vec<StoredVectors>> {
        unimplemented!("{model} {ids:?}")
    }

    /// Articles in use whose present version has no vectors of this model.
    pub async fn articles_without_vectors(&self, model: &str, limit: i64) -> Result<Vec<ArticleId>> {
        unimplemented!("{model} {limit}")
    }
}
