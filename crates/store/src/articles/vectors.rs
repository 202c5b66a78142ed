//! Embedding vectors of articles, stored with the model that made them; their layout is the caller's.

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::id::ArticleId;

use crate::{
    Result, Store,
    database::{corrupt, parse, sql},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredVectors {
    pub article: ArticleId,
    pub version: i64,
    pub model: String,
    pub dims: i64,
    pub data: Vec<u8>,
}

/// Well below the number of values either database takes in one statement.
const MAX_IDS_PER_STATEMENT: usize = 500;

#[derive(sqlx::FromRow)]
struct Row {
    article_id: String,
    version: i64,
    dims: i64,
    data: String,
}

impl Row {
    fn decode(self, model: &str) -> Result<StoredVectors> {
        Ok(StoredVectors {
            article: parse("vectors", &self.article_id)?,
            version: self.version,
            model: model.to_owned(),
            dims: self.dims,
            data: STANDARD.decode(self.data).map_err(|error| corrupt("vectors", error))?,
        })
    }
}

impl Store {
    /// Replaces those of older versions of the same article and model, never those of a newer one.
    pub async fn save_vectors(&self, vectors: &[StoredVectors]) -> Result<()> {
        let mut tx = self.write().await?;
        for vectors in vectors {
            sql("INSERT INTO article_vectors (article_id, model, version, dims, data) VALUES ($1, $2, $3, $4, $5) \
                 ON CONFLICT (article_id, model) DO UPDATE SET version = excluded.version, dims = excluded.dims, \
                 data = excluded.data WHERE article_vectors.version <= excluded.version")
            .bind(vectors.article)
            .bind(&vectors.model)
            .bind(vectors.version)
            .bind(vectors.dims)
            .bind(STANDARD.encode(&vectors.data))
            .execute(tx.on())
            .await?;
        }
        tx.commit().await
    }

    /// Those of `ids` that have vectors of this model.
    pub async fn vectors(&self, model: &str, ids: &[ArticleId]) -> Result<Vec<StoredVectors>> {
        let mut found = Vec::with_capacity(ids.len());
        for chunk in ids.chunks(MAX_IDS_PER_STATEMENT) {
            let rows: Vec<Row> =
                sql("SELECT article_id, version, dims, data FROM article_vectors WHERE model = $1 AND article_id IN ")
                    .bind(model)
                    .push_list(chunk.iter().copied())
                    .push(" ORDER BY article_id")
                    .all(self.read().await?.on())
                    .await?;
            for row in rows {
                found.push(row.decode(model)?);
            }
        }
        Ok(found)
    }

    /// Articles in use whose present version has no vectors of this model.
    pub async fn articles_without_vectors(&self, model: &str, limit: i64) -> Result<Vec<ArticleId>> {
        let rows: Vec<(String,)> = sql("SELECT a.id FROM articles a WHERE NOT a.archived AND NOT EXISTS \
             (SELECT 1 FROM article_vectors v \
             WHERE v.article_id = a.id AND v.model = $1 AND v.version = a.version) ORDER BY a.revision LIMIT $2")
        .bind(model)
        .bind(limit)
        .all(self.read().await?.on())
        .await?;
        rows.into_iter().map(|(id,)| parse("article", &id)).collect()
    }
}
