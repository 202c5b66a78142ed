//! Vectors of phrases that belong to no article, by the hash of their text.

use std::collections::HashMap;

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{
    Result, Store,
    database::{corrupt, sql},
};

/// Well below the number of values either database takes in one statement.
const MAX_HASHES_PER_STATEMENT: usize = 500;

impl Store {
    /// Those that are known; bytes as they were saved.
    pub async fn phrase_vectors(&self, model: &str, hashes: &[String]) -> Result<HashMap<String, Vec<u8>>> {
        let mut found = HashMap::with_capacity(hashes.len());
        for chunk in hashes.chunks(MAX_HASHES_PER_STATEMENT) {
            let rows: Vec<(String, String)> =
                sql("SELECT hash, data FROM phrase_vectors WHERE model = $1 AND hash IN ")
                    .bind(model)
                    .push_list(chunk.iter().cloned())
                    .all(self.read().await?.on())
                    .await?;
            for (hash, data) in rows {
                found.insert(hash, STANDARD.decode(data).map_err(|error| corrupt("phrase vectors", error))?);
            }
        }
        Ok(found)
    }

    /// What is there already stays.
    pub async fn save_phrase_vectors(&self, model: &str, vectors: &[(String, Vec<u8>)]) -> Result<()> {
        let mut tx = self.write().await?;
        for (hash, data) in vectors {
            sql("INSERT INTO phrase_vectors (model, hash, data) VALUES ($1, $2, $3) ON CONFLICT (model, hash) DO NOTHING")
                .bind(model)
                .bind(hash)
                .bind(STANDARD.encode(data))
                .execute(tx.on())
                .await?;
        }
        tx.commit().await
    }
}
