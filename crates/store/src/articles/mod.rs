//! Articles with their versions and vectors. Which article answers is not decided here.

mod list;
mod save;
mod vectors;

pub use list::{ArticleFilter, ArticlePage, ArticleState};
pub use save::{MAX_ARTICLES_PER_TRANSACTION, SaveArticle, Saved};
pub use vectors::StoredVectors;
