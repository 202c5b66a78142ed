//! Vectors of many texts, kept on disk between runs: the model is fixed, so a text's vector never changes.

use std::{collections::HashMap, path::PathBuf};

use anyhow::{Context, Result};
use indicatif::ProgressBar;
use models::{Embedder, TextKind};
use sha2::{Digest, Sha256};

const BATCH: usize = 128;

/// Embeds texts, remembering them in a file of the user's cache.
pub struct Texts<'a> {
    embedder: &'a Embedder,
}

impl<'a> Texts<'a> {
    pub const fn new(embedder: &'a Embedder) -> Self {
        Self { embedder }
    }

    /// The vectors of `texts`, in their order.
    pub async fn embed(&self, kind: TextKind, texts: &[String]) -> Result<Vec<Vec<f32>>> {
        let file = self.file(kind, texts)?;
        if let Some(vectors) = read(&file, texts.len()) {
            return Ok(vectors);
        }
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut unique: Vec<String> = Vec::new();
        for text in texts {
            places.entry(text).or_insert_with(|| {
                unique.push(text.clone());
                unique.len() - 1
            });
        }
        let bar = ProgressBar::new(unique.len() as u64).with_message("embedding");
        let mut vectors = Vec::with_capacity(unique.len());
        for batch in unique.chunks(BATCH) {
            vectors.extend(self.embedder.embed(kind, batch).await.context("embedding")?);
            bar.inc(batch.len() as u64);
        }
        bar.finish_and_clear();
        let vectors: Vec<Vec<f32>> = texts.iter().map(|text| vectors[places[text.as_str()]].clone()).collect();
        // A cache that can't be written only costs time.
        let _ = write(&file, &vectors);
        Ok(vectors)
    }

    fn file(&self, kind: TextKind, texts: &[String]) -> Result<PathBuf> {
        let mut hash = Sha256::new();
        hash.update(format!("{} {kind:?}", self.embedder.name()));
        for text in texts {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        }
        let name: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        let model = models::fetch::model_path().context("finding the cache")?;
        let folder = model.parent().context("finding the cache")?.join("eval");
        Ok(folder.join(format!("{name}.f32")))
    }
}

fn read(file: &PathBuf, rows: usize) -> Option<Vec<Vec<f32>>> {
    let bytes = std::fs::read(file).ok()?;
    let dims = bytes.len() / 4 / rows.max(1);
    if dims == 0 || bytes.len() != rows * dims * 4 {
        return None;
    }
    let number = |four: &[u8]| f32::from_le_bytes([four[0], four[1], four[2], four[3]]);
    Some(bytes.chunks_exact(dims * 4).map(|row| row.chunks_exact(4).map(number).collect()).collect())
}

fn write(file: &PathBuf, vectors: &[Vec<f32>]) -> std::io::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let bytes: Vec<u8> = vectors.iter().flatten().flat_map(|number| number.to_le_bytes()).collect();
    let unfinished = file.with_extension("part");
    std::fs::write(&unfinished, bytes)?;
    std::fs::rename(unfinished, file)
}
