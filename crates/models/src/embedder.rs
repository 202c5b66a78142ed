//! The one type the rest of the desk embeds with, whatever stands behind it.

use crate::e5::{JobError, LocalE5, MODEL_NAME, NotFinite};
use crate::hashing;
use crate::openai::{OpenAiEmbedder, RemoteError};
use std::sync::Arc;

/// Whether a text asks or answers; models are trained to treat the two differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextKind {
    /// What a shopper asks.
    Query,
    /// What may answer it.
    Passage,
}

/// Turns texts into vectors of length one. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Embedder {
    /// The embedded model, on this machine's processor.
    Local(Arc<LocalE5>),
    /// A server that speaks the OpenAI protocol.
    OpenAiCompatible(Arc<OpenAiEmbedder>),
    /// Hashed characters: for tests and simulations only.
    Hashing {
        /// Length of the vectors.
        dims: usize,
    },
}

/// Why texts were not embedded.
#[derive(Debug, thiserror::Error)]
pub enum EmbedError {
    /// The embedded model failed.
    #[error(transparent)]
    NotFinite(#[from] NotFinite),
    /// The embedding server failed.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// The work was stopped before its end.
    #[error("embedding was stopped")]
    Stopped(#[source] Option<tokio::task::JoinError>),
    /// `embed_now` was asked of a server, which can only be waited for.
    #[error("this embedder works over the network and cannot embed at once")]
    NeedsNetwork,
}

impl EmbedError {
    /// True when trying again later may help.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Remote(error) => error.is_transient(),
            Self::Stopped(_) => true,
            Self::NotFinite(_) | Self::NeedsNetwork => false,
        }
    }
}

impl From<JobError> for EmbedError {
    fn from(error: JobError) -> Self {
        match error {
            JobError::NotFinite(error) => Self::NotFinite(error),
            JobError::Stopped(error) => Self::Stopped(error),
        }
    }
}

impl Embedder {
    /// The model's name, recorded with every stored vector. Vectors of different names are not comparable.
    pub fn name(&self) -> &str {
        match self {
            Self::Local(_) => MODEL_NAME,
            Self::OpenAiCompatible(remote) => remote.name(),
            Self::Hashing { .. } => "hashing",
        }
    }

    /// Length of the vectors.
    pub fn dims(&self) -> usize {
        match self {
            Self::Local(model) => model.dims(),
            Self::OpenAiCompatible(remote) => remote.dims(),
            Self::Hashing { dims } => *dims,
        }
    }

    /// Embeds `texts` in order. Does not block the async runtime.
    ///
    /// Very long texts lose their end (see [`LocalE5::embed`]); how many did is logged.
    ///
    /// # Errors
    /// See [`EmbedError`]; either every text is embedded or none.
    pub async fn embed(&self, kind: TextKind, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbedError> {
        self.embed_with_progress(kind, texts, &mut |_| ()).await
    }

    /// As [`Embedder::embed`], for imports: `progress` is told again and again how many texts are done.
    ///
    /// # Errors
    /// See [`EmbedError`]; either every text is embedded or none.
    pub async fn embed_with_progress(
        &self,
        kind: TextKind,
        texts: &[String],
        progress: &mut (dyn FnMut(usize) + Send),
    ) -> Result<Vec<Vec<f32>>, EmbedError> {
        match self {
            Self::Local(model) => {
                let embeddings = model.embed_in_background(kind, texts, progress).await?;
                let truncated = embeddings.iter().filter(|one| one.is_truncated).count();
                if truncated > 0 {
                    tracing::warn!(truncated, texts = texts.len(), "texts too long to embed whole");
                }
                Ok(embeddings.into_iter().map(|one| one.vector).collect())
            }
            Self::OpenAiCompatible(remote) => Ok(remote.embed(kind, texts, progress).await?),
            Self::Hashing { dims } => {
                let vectors = texts.iter().map(|text| hashing::embed(*dims, text)).collect();
                progress(texts.len());
                Ok(vectors)
            }
        }
    }

    /// Embeds `texts` on the calling thread, for places that may block.
    ///
    /// # Errors
    /// [`EmbedError::NeedsNetwork`] for a server; else when the model is damaged.
    pub fn embed_now(&self, kind: TextKind, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbedError> {
        match self {
            Self::Local(model) => {
                let embeddings = model.embed(kind, texts)?;
                Ok(embeddings.into_iter().map(|one| one.vector).collect())
            }
            Self::OpenAiCompatible(_) => Err(EmbedError::NeedsNetwork),
            Self::Hashing { dims } => Ok(texts.iter().map(|text| hashing::embed(*dims, text)).collect()),
        }
    }
}
