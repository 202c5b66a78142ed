//! Saving articles: the row, the version, the jobs and the audit entry in one transaction.

use domain::article::Article;

use crate::{
    NewAudit, NewJob, Result, Store,
    database::{Tx, sql, to_json},
    jobs, team,
};

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
        let mut tx = self.write().await?;
        let saved = save_in(&mut tx, &save).await?;
        match saved {
            Saved::Done => tx.commit().await?,
            Saved::Conflict { .. } | Saved::KeyTaken => tx.rollback().await?,
        }
        Ok(saved)
    }

    /// For imports: an answer for each, in order. Each chunk of `MAX_ARTICLES_PER_TRANSACTION` is one transaction; an
    /// article that isn't saved keeps none of the others from being saved.
    pub async fn save_articles(&self, saves: Vec<SaveArticle<'_>>) -> Result<Vec<Saved>> {
        let mut answers = Vec::with_capacity(saves.len());
        for chunk in saves.chunks(MAX_ARTICLES_PER_TRANSACTION) {
            let mut tx = self.write().await?;
            for save in chunk {
                answers.push(save_in(&mut tx, save).await?);
            }
            tx.commit().await?;
        }
        Ok(answers)
    }
}

/// Writes nothing but a higher revision when it isn't `Done`.
async fn save_in(tx: &mut Tx, save: &SaveArticle<'_>) -> Result<Saved> {
    let article = save.article;
    // Locks the counter until the end of the transaction: saves follow one another, so the checks below hold, and
    // revisions become visible in order.
    let (revision,): (i64,) =
        sql("UPDATE counters SET value = value + 1 WHERE name = 'article_revision' RETURNING value")
            .one(tx.on())
            .await?;
    let current: Option<(i64,)> =
        sql("SELECT version FROM articles WHERE id = $1").bind(article.id).optional(tx.on()).await?;
    let current = current.map_or(0, |(version,)| version);
    if current != save.expected_version {
        return Ok(Saved::Conflict { current });
    }
    let taken: Option<(String,)> = sql("SELECT id FROM articles WHERE shop_id = $1 AND key = $2 AND id <> $3")
        .bind(article.shop)
        .bind(&article.draft.key)
        .bind(article.id)
        .optional(tx.on())
        .await?;
    if taken.is_some() {
        return Ok(Saved::KeyTaken);
    }
    write_rows(tx, article, revision).await?;
    for job in &save.jobs {
        jobs::insert(tx, job).await?;
    }
    team::insert_audit(tx, &save.audit).await?;
    Ok(Saved::Done)
}

async fn write_rows(tx: &mut Tx, article: &Article, revision: i64) -> Result<()> {
    let json = to_json(article)?;
    sql("INSERT INTO articles (id, shop_id, key, version, revision, category, archived, valid_from, valid_until, \
         updated_at, json, words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
         ON CONFLICT (id) DO UPDATE SET shop_id = $2, key = $3, version = $4, revision = $5, category = $6, \
         archived = $7, valid_from = $8, valid_until = $9, updated_at = $10, json = $11, words = $12")
    .bind(article.id)
    .bind(article.shop)
    .bind(&article.draft.key)
    .bind(article.version)
    .bind(revision)
    .bind(&article.draft.category)
    .bind(article.archived)
    .bind(article.draft.valid_from)
    .bind(article.draft.valid_until)
    .bind(article.updated_at)
    .bind(&json)
    .bind(words(article))
    .execute(tx.on())
    .await?;
    sql("INSERT INTO article_versions (article_id, version, json) VALUES ($1, $2, $3)")
        .bind(article.id)
        .bind(article.version)
        .bind(&json)
        .execute(tx.on())
        .await
        .map(drop)
}

/// Everything the list's search looks in, one text to a line.
fn words(article: &Article) -> String {
    let draft = &article.draft;
    let mut lines = vec![draft.key.as_str()];
    for wording in [&draft.zh, &draft.en].into_iter().flatten() {
        lines.push(&wording.question);
        lines.extend(wording.aliases.iter().map(String::as_str));
        lines.push(&wording.answer);
    }
    lines.join("\n").to_lowercase()
}
