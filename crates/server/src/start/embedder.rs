//! Opening the embedding model. A missing model is no reason not to start: search is by words then, and says so.

use std::{path::PathBuf, sync::Arc, time::Duration};

use anyhow::Context;
use models::{Embedder, LocalE5, OpenAiEmbedder, OpenAiSettings};

use crate::config::{Embedding, EmbeddingModel};

/// A shopper waits for the answer.
const REMOTE_TIMEOUT: Duration = Duration::from_secs(3);

/// Where the local model is, or would be.
pub fn path(settings: &Embedding) -> anyhow::Result<PathBuf> {
    if settings.path.as_os_str().is_empty() {
        return models::fetch::model_path().context("finding the folder for models");
    }
    Ok(settings.path.clone())
}

pub async fn open(settings: &Embedding) -> anyhow::Result<Option<Embedder>> {
    match settings.model {
        EmbeddingModel::None => Ok(None),
        EmbeddingModel::Openai => {
            let key = settings.api_key.expose();
            let remote = OpenAiEmbedder::new(OpenAiSettings {
                base: settings.url.clone(),
                model: settings.name.clone(),
                key: (!key.is_empty()).then(|| key.to_owned()),
                dims: settings.dimensions,
                query_prefix: String::new(),
                passage_prefix: String::new(),
                timeout: REMOTE_TIMEOUT,
            })
            .context("setting up the embedding server")?;
            Ok(Some(Embedder::OpenAiCompatible(Arc::new(remote))))
        }
        EmbeddingModel::Local => {
            let path = path(settings)?;
            if !path.exists() {
                tracing::warn!(path = %path.display(), "no embedding model: search is by words only; run `tandem model fetch`");
                return Ok(None);
            }
            let model = tokio::task::spawn_blocking(move || LocalE5::load(&path))
                .await
                .context("loading the embedding model")?
                .context("loading the embedding model; `tandem model fetch` gets it anew")?;
            Ok(Some(Embedder::Local(Arc::new(model))))
        }
    }
}
