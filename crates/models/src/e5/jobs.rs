//! Runs the model off the async runtime: short jobs on blocking threads, at most one per core at a time,
//! so that a shopper's question waits for one job of an import and not for all of it.

use super::{Embedding, LocalE5, NotFinite};
use crate::TextKind;
use std::ops::Range;
use std::sync::Arc;
use tokio::task::JoinSet;

/// Text bytes per job: about 250 tokens, under 100 ms on one core. A longer text is a job of its own.
const JOB_BYTES: usize = 1024;
/// Texts per job, so that progress moves even when texts are tiny.
const JOB_TEXTS: usize = 64;

/// Why a job came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// See [`NotFinite`].
    #[error(transparent)]
    NotFinite(#[from] NotFinite),
    /// The runtime was shut down, or the job panicked.
    #[error("the embedding job was stopped")]
    Stopped(#[source] Option<tokio::task::JoinError>),
}

impl LocalE5 {
    /// Embeds `texts` in order without blocking the runtime, on as many cores as there are.
    /// `progress` is told how many texts are done, at most once per job. Dropping the future starts no
    /// further job.
    ///
    /// # Errors
    /// When the model is damaged or the runtime shuts down.
    pub async fn embed_in_background(
        self: &Arc<Self>,
        kind: TextKind,
        texts: &[String],
        progress: &mut (dyn FnMut(usize) + Send),
    ) -> Result<Vec<Embedding>, JobError> {
        let mut running = JoinSet::new();
        let mut parts = Vec::new();
        let mut done = 0;
        let mut keep = |part: Part, parts: &mut Vec<_>| -> Result<(), JobError> {
            let (start, embeddings) = part;
            let embeddings = embeddings?;
            done += embeddings.len();
            progress(done);
            parts.push((start, embeddings));
            Ok(())
        };
        for range in jobs(texts) {
            let permit = self.permits.clone().acquire_owned().await;
            let permit = permit.map_err(|_| JobError::Stopped(None))?;
            let (model, start) = (self.clone(), range.start);
            let texts = texts[range].to_vec();
            running.spawn_blocking(move || {
                let _permit = permit;
                (start, model.embed(kind, &texts))
            });
            while let Some(joined) = running.try_join_next() {
                keep(joined.map_err(|error| JobError::Stopped(Some(error)))?, &mut parts)?;
            }
        }
        while let Some(joined) = running.join_next().await {
            keep(joined.map_err(|error| JobError::Stopped(Some(error)))?, &mut parts)?;
        }
        parts.sort_unstable_by_key(|(start, _)| *start);
        Ok(parts.into_iter().flat_map(|(_, embeddings)| embeddings).collect())
    }
}

/// The place of a job's first text, and what became of its texts.
type Part = (usize, Result<Vec<Embedding>, NotFinite>);

/// Cuts `texts` into consecutive jobs of bounded size.
fn jobs(texts: &[String]) -> Vec<Range<usize>> {
    let mut jobs = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (at, text) in texts.iter().enumerate() {
        if at > start && (bytes + text.len() > JOB_BYTES || at - start == JOB_TEXTS) {
            jobs.push(start..at);
            (start, bytes) = (at, 0);
        }
        bytes += text.len();
    }
    if start < texts.len() {
        jobs.push(start..texts.len());
    }
    jobs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_cover_all_texts_in_order() {
        let texts: Vec<String> = (0..300).map(|n| "x".repeat(n * 37 % 9000)).collect();
        let jobs = jobs(&texts);
        let covered: Vec<usize> = jobs.iter().cloned().flatten().collect();
        assert_eq!(covered, (0..300).collect::<Vec<_>>());
        for job in jobs {
            let bytes: usize = texts[job.clone()].iter().map(String::len).sum();
            assert!(job.len() <= JOB_TEXTS && (bytes <= JOB_BYTES || job.len() == 1));
        }
        assert!(super::jobs(&[]).is_empty());
    }
}
