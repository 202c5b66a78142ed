//! Saving articles: the row, the version, the jobs and the audit entry in one transaction.

use domain::article::Article;

use crate::{NewAudit, NewJob, Result, Store};

/// Imports commit this many at a time, so that chats aren't kept waiting behind a long transaction.
pub const MAX_ARTICLES_PER_TRANSACTION: usize = 100;

#[derive(Debug)]
pub struct SaveArticle<'a> {
    /// Already the next version.
    pub article: &'a Article,
    /// The version it was made from; 0 creates.
    pub expected_version: i64,
    pub jobs: Vec<NewJob>,
    pub audit: NewAudit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    Done,
    /// Somebody saved first; 0 when there is no such article.
    Conflict {
        current: i64,
    },
    /// Another article of the shop has this key.
    KeyTaken,
}

impl Store {
    pub async fn save_article(&self, save: SaveArticle<'_>) -> Result<Saved> {
        unimplemented!("{save:?}")
    }

    /// For imports: an answer for each, in order. Each chunk of `MAX_ARTICLES_PER_TRANSACTION` is one transaction; an
    /// article that isn't saved keeps none of the others from being saved.
    pub async fn save_articles(&self, saves: Vec<SaveArticle<'_>>) -> Result<Vec<Saved>> {
        unimplemented!("{saves:?}")
    }
}
