//! Reading articles: by id and key, as a list, in their versions, and by what has changed.

use domain::{
    article::Article,
    id::{ArticleId, ShopId},
    time::Timestamp,
};

use crate::{
    Result, Store,
    database::{Cursor, Sql, contains, from_json, sql},
};

/// More than anybody scrolls through; older ones are still read one by one.
const MAX_VERSIONS_LISTED: i64 = 200;

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

const LIST: &str = "articles";

fn decode((json,): (String,)) -> Result<Article> {
    from_json("article", &json)
}

impl ArticleFilter<'_> {
    /// The conditions all pages share.
    fn narrow(&self, query: Sql) -> Sql {
        let mut query = query.push_list(self.shops.iter().copied());
        if let Some(text) = self.text {
            let pattern = contains(&text.to_lowercase());
            query = query.push(" AND words LIKE ").push_bind(pattern).push(" ESCAPE '\\'");
        }
        if let Some(category) = self.category {
            query = query.push(" AND category = ").push_bind(category);
        }
        let now = self.now;
        match self.state {
            None => query,
            Some(ArticleState::Archived) => query.push(" AND archived"),
            Some(ArticleState::Scheduled) => query.push(" AND NOT archived AND valid_from > ").push_bind(now),
            Some(ArticleState::Expired) => query.push(" AND NOT archived AND valid_until <= ").push_bind(now),
            Some(ArticleState::Live) => query
                .push(" AND NOT archived AND COALESCE(valid_from, 0) <= ")
                .push_bind(now)
                .push(" AND (valid_until IS NULL OR valid_until > ")
                .push_bind(now)
                .push(")"),
        }
    }
}

impl Store {
    pub async fn article(&self, id: ArticleId) -> Result<Option<Article>> {
        let row = sql("SELECT json FROM articles WHERE id = $1").bind(id).optional(self.read().await?.on()).await?;
        row.map(decode).transpose()
    }

    pub async fn article_by_key(&self, shop: ShopId, key: &str) -> Result<Option<Article>> {
        let row = sql("SELECT json FROM articles WHERE shop_id = $1 AND key = $2")
            .bind(shop)
            .bind(key)
            .optional(self.read().await?.on())
            .await?;
        row.map(decode).transpose()
    }

    pub async fn articles(&self, filter: &ArticleFilter<'_>) -> Result<ArticlePage> {
        let mut page = filter.narrow(sql("SELECT json, updated_at, id FROM articles WHERE shop_id IN "));
        if let Some(cursor) = filter.cursor {
            let Cursor { at, id } = Cursor::decode::<ArticleId>(LIST, cursor)?;
            page = page.push(" AND (updated_at, id) < (").push_bind(at).push(", ").push_bind(id).push(")");
        }
        page = page.push(" ORDER BY updated_at DESC, id DESC LIMIT ").push_bind(filter.limit.saturating_add(1));
        let mut tx = self.snapshot().await?;
        let count = filter.narrow(sql("SELECT COUNT(*) FROM articles WHERE shop_id IN "));
        let (total,): (i64,) = count.one(tx.on()).await?;
        let mut rows: Vec<(String, i64, String)> = page.all(tx.on()).await?;
        tx.rollback().await?;
        let next = Cursor::cut(LIST, &mut rows, filter.limit, |(_, at, id)| (*at, id.clone()));
        let articles = rows.into_iter().map(|(json, ..)| decode((json,))).collect::<Result<_>>()?;
        Ok(ArticlePage { articles, next, total })
    }

    /// The categories in use, by name.
    pub async fn article_categories(&self, shop: ShopId) -> Result<Vec<String>> {
        let rows: Vec<(String,)> =
            sql("SELECT DISTINCT category FROM articles WHERE shop_id = $1 AND category <> '' ORDER BY category")
                .bind(shop)
                .all(self.read().await?.on())
                .await?;
        Ok(rows.into_iter().map(|(category,)| category).collect())
    }

    /// The latest first, at most `MAX_VERSIONS_LISTED`.
    pub async fn article_versions(&self, id: ArticleId) -> Result<Vec<Article>> {
        let rows = sql("SELECT json FROM article_versions WHERE article_id = $1 ORDER BY version DESC LIMIT $2")
            .bind(id)
            .bind(MAX_VERSIONS_LISTED)
            .all(self.read().await?.on())
            .await?;
        rows.into_iter().map(decode).collect()
    }

    pub async fn article_version(&self, id: ArticleId, version: i64) -> Result<Option<Article>> {
        let row = sql("SELECT json FROM article_versions WHERE article_id = $1 AND version = $2")
            .bind(id)
            .bind(version)
            .optional(self.read().await?.on())
            .await?;
        row.map(decode).transpose()
    }

    /// What was saved after `revision`, archived ones too, in the order of saving.
    pub async fn articles_changed_since(&self, revision: i64, limit: i64) -> Result<Vec<(i64, Article)>> {
        let rows: Vec<(i64, String)> =
            sql("SELECT revision, json FROM articles WHERE revision > $1 ORDER BY revision LIMIT $2")
                .bind(revision)
                .bind(limit)
                .all(self.read().await?.on())
                .await?;
        rows.into_iter().map(|(revision, json)| Ok((revision, decode((json,))?))).collect()
    }

    /// 0 before the first article.
    pub async fn max_article_revision(&self) -> Result<i64> {
        let (revision,): (i64,) =
            sql("SELECT COALESCE(MAX(revision), 0) FROM articles").one(self.read().await?.on()).await?;
        Ok(revision)
    }
}
