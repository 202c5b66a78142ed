//! Reading articles: by id and key, as a list, in their versions, and by what has changed.

use domain::{
    article::Article,
    id::{ArticleId, ShopId},
    time::Timestamp,
};

use crate::{Result, Store};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArticleState {
    /// Holds now.
    Live,
    Archived,
    /// Will hold later.
    Scheduled,
    Expired,
}

#[derive(Debug, Clone, Copy)]
pub struct ArticleFilter<'a> {
    pub shops: &'a [ShopId],
    /// In the key, the questions, their aliases or the answers.
    pub text: Option<&'a str>,
    pub category: Option<&'a str>,
    pub state: Option<ArticleState>,
    pub now: Timestamp,
    pub cursor: Option<&'a str>,
    pub limit: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticlePage {
    /// The latest change first.
    pub articles: Vec<Article>,
    pub next: Option<String>,
    /// On all pages together.
    pub total: i64,
}

impl Store {
    pub async fn article(&self, id: ArticleId) -> Result<Option<Article>> {
        unimplemented!("{id}")
    }

    pub async fn article_by_key(&self, shop: ShopId, key: &str) -> Result<Option<Article>> {
        unimplemented!("{shop} {key}")
    }

    pub async fn articles(&self, filter: &ArticleFilter<'_>) -> Result<ArticlePage> {
        unimplemented!("{filter:?}")
    }

    /// The categories in use, by name.
    pub async fn article_categories(&self, shop: ShopId) -> Result<Vec<String>> {
        unimplemented!("{shop}")
    }

    /// The latest first.
    pub async fn article_versions(&self, id: ArticleId) -> Result<Vec<Article>> {
        unimplemented!("{id}")
    }

    pub async fn article_version(&self, id: ArticleId, version: i64) -> Result<Option<Article>> {
        unimplemented!("{id} {version}")
    }

    /// What was saved after `revision`, archived ones too, in the order of saving.
    pub async fn articles_changed_since(&self, revision: i64, limit: i64) -> Result<Vec<(i64, Article)>> {
        unimplemented!("{revision} {limit}")
    }

    pub async fn max_article_revision(&self) -> Result<i64> {
        unimplemented!()
    }
}
