//! Finds the passage that answers a question, in Chinese and English, and moves articles in and out as files.
//! Knows no model and no database: vectors and articles are handed in, hits and drafts are handed out.

mod conditions;
pub mod exchange;
mod fusion;
mod grams;
mod index;
mod lexicon;
mod ranking;
mod recall;
mod search;
mod shelf;
mod vectors;

pub use conditions::ScopeMatch;
pub use fusion::{LEXICAL_WEIGHT, POOL, SCOPE_MATCH_BONUS, SCOPE_UNASKED_PENALTY};
pub use index::{Entry, Index, IndexError, Upserted};
pub use ranking::{MIN_TRIALS, RANKED, Ranker, Trial};
pub use recall::{Mix, Near, Recall, SmallVector, by_consensus, overlap};
pub use search::{Basis, Hit, Phrasing, Query, margin};
pub use vectors::{
    ArticleVectors, MAX_PASSAGE_CHARS, TextRole, TextToEmbed, VectorError, WordingVectors, texts_to_embed, vectors_from,
};
