//! Writing articles: each change is a new version, audited, and indexed again.

use domain::{
    article::{Article, ArticleDraft},
    id::{ArticleId, ShopId},
    staff::Permission,
};
use store::{SaveArticle, Saved, Staff};
use understanding::compliance::Finding;

use super::follow::{index_job, refresh};
use crate::{
    bus::Hint,
    compliance,
    desk::Desk,
    error::{DeskError, Result},
    staff::{audit_of, can},
};

pub async fn create(desk: &Desk, by: &Staff, shop: ShopId, draft: ArticleDraft) -> Result<Article> {
    may_write(by, shop)?;
    check(&draft)?;
    findings(desk, shop, &draft).await?;
    let article = Article {
        id: ArticleId::from_bits(desk.ids.bits()),
        shop,
        version: 1,
        draft,
        archived: false,
        updated_at: desk.now(),
        updated_by: by.name.clone(),
    };
    save(desk, by, &article, 0, "article.created").await?;
    Ok(article)
}

/// `expected_version` is the one the writer saw.
pub async fn update(
    desk: &Desk,
    by: &Staff,
    id: ArticleId,
    expected_version: i64,
    draft: ArticleDraft,
) -> Result<Article> {
    check(&draft)?;
    let current = of_writer(desk, by, id).await?;
    if current.version != expected_version {
        return Err(DeskError::Conflict);
    }
    findings(desk, current.shop, &draft).await?;
    let next = following(desk, by, current, |article| article.draft = draft);
    save(desk, by, &next, expected_version, "article.updated").await?;
    Ok(next)
}

pub async fn archive(desk: &Desk, by: &Staff, id: ArticleId) -> Result<Article> {
    set_archived(desk, by, id, true).await
}

pub async fn restore(desk: &Desk, by: &Staff, id: ArticleId) -> Result<Article> {
    set_archived(desk, by, id, false).await
}

async fn set_archived(desk: &Desk, by: &Staff, id: ArticleId, archived: bool) -> Result<Article> {
    let current = of_writer(desk, by, id).await?;
    if current.archived == archived {
        return Ok(current);
    }
    let expected = current.version;
    let next = following(desk, by, current, |article| article.archived = archived);
    save(desk, by, &next, expected, if archived { "article.archived" } else { "article.restored" }).await?;
    Ok(next)
}

/// Makes an old version the newest one.
pub async fn restore_version(desk: &Desk, by: &Staff, id: ArticleId, version: i64) -> Result<Article> {
    let current = of_writer(desk, by, id).await?;
    let old = desk.store.article_version(id, version).await?.ok_or(DeskError::NotFound)?;
    let expected = current.version;
    let next = following(desk, by, current, |article| {
        article.draft = old.draft;
        article.archived = old.archived;
    });
    save(desk, by, &next, expected, "article.version_restored").await?;
    Ok(next)
}

async fn of_writer(desk: &Desk, by: &Staff, id: ArticleId) -> Result<Article> {
    let article = desk.store.article(id).await?.ok_or(DeskError::NotFound)?;
    if !can(by, Some(article.shop), Permission::ReadKnowledge) {
        return Err(DeskError::NotFound);
    }
    may_write(by, article.shop)?;
    Ok(article)
}

pub(super) fn may_write(by: &Staff, shop: ShopId) -> Result<()> {
    if can(by, Some(shop), Permission::WriteKnowledge) {
        return Ok(());
    }
    Err(if can(by, Some(shop), Permission::ReadKnowledge) { DeskError::Forbidden } else { DeskError::NotFound })
}

/// What in the answers had better not be said; an answer that is never sent is refused.
pub async fn findings(desk: &Desk, shop: ShopId, draft: &ArticleDraft) -> Result<Vec<Finding>> {
    let answers: Vec<&str> = [&draft.zh, &draft.en].into_iter().flatten().map(|it| it.answer.as_str()).collect();
    compliance::check_saved(desk, &[shop], &answers).await
}

fn check(draft: &ArticleDraft) -> Result<()> {
    let faults = draft.faults();
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}

pub(super) fn following(desk: &Desk, by: &Staff, current: Article, change: impl FnOnce(&mut Article)) -> Article {
    let mut next = current;
    next.version += 1;
    next.updated_at = desk.now();
    next.updated_by = by.name.clone();
    change(&mut next);
    next
}

async fn save(desk: &Desk, by: &Staff, article: &Article, expected_version: i64, action: &str) -> Result<()> {
    let saved = desk.store.save_article(saving(desk, by, article, expected_version, action)).await?;
    match saved {
        Saved::Done => announce(desk).await,
        Saved::Conflict { .. } => Err(DeskError::Conflict),
        Saved::KeyTaken => Err(DeskError::invalid("key", "taken")),
    }
}

pub(super) fn saving<'a>(
    desk: &Desk,
    by: &Staff,
    article: &'a Article,
    expected_version: i64,
    action: &str,
) -> SaveArticle<'a> {
    let detail = serde_json::json!({ "key": article.draft.key, "version": article.version });
    SaveArticle {
        article,
        expected_version,
        jobs: index_job(desk, article).into_iter().collect(),
        audit: audit_of(desk, Some(by), action, &article.id.to_string(), detail),
    }
}

/// This process has the change at once, by words; its vectors follow.
pub(super) async fn announce(desk: &Desk) -> Result<()> {
    refresh(desk).await?;
    desk.job_bell.notify_one();
    desk.bus.send(Hint::Articles);
    Ok(())
}
