//! Articles in and out as files, and the articles a demo starts with.

use domain::{
    article::{Article, ArticleDraft},
    id::{ArticleId, ShopId},
    staff::Permission,
};
use knowledge::exchange::{Accepted, Conventions, ExchangeError, Format, ImportReport, ImportWarning, RejectedRow};
use store::{ArticleFilter, Saved, Staff};

use super::edit::{announce, following, may_write, saving};
use crate::{
    desk::Desk,
    error::{DeskError, Result},
    staff::can,
};

/// Articles read at once for an export.
const PAGE: i64 = 200;

/// What an import did, or would do.
#[derive(Debug, Default)]
pub struct ImportOutcome {
    pub created: usize,
    pub updated: usize,
    /// The same as what the shop has; no new version was made.
    pub unchanged: usize,
    pub rejected: Vec<RejectedRow>,
    pub warnings: Vec<ImportWarning>,
}

/// Reads a file into the shop's articles; an article with a known key gets a new version when it differs.
pub async fn import(
    desk: &Desk,
    by: &Staff,
    shop: ShopId,
    format: Format,
    content: Vec<u8>,
    dry_run: bool,
) -> Result<ImportOutcome> {
    may_write(by, shop)?;
    let report =
        tokio::task::spawn_blocking(move || knowledge::exchange::import(format, &content, &Conventions::default()))
            .await
            .map_err(|_| DeskError::Internal("the import was stopped"))?
            .map_err(file_fault)?;
    take(desk, by, shop, report, dry_run).await
}

/// Loads YAML of the binary's own, such as the demo shop's; a fault in it is a fault of the build.
pub async fn load_drafts(desk: &Desk, by: &Staff, shop: ShopId, yaml: &[u8]) -> Result<ImportOutcome> {
    import(desk, by, shop, Format::Yaml, yaml.to_vec(), false).await
}

async fn take(desk: &Desk, by: &Staff, shop: ShopId, report: ImportReport, dry_run: bool) -> Result<ImportOutcome> {
    let ImportReport { accepted, rejected, warnings, .. } = report;
    let mut outcome = ImportOutcome { rejected, warnings, ..ImportOutcome::default() };
    let mut changes: Vec<(Article, i64)> = Vec::new();
    for Accepted { draft, .. } in accepted {
        match desk.store.article_by_key(shop, &draft.key).await? {
            Some(known) if known.draft == draft && !known.archived => outcome.unchanged += 1,
            Some(known) => {
                outcome.updated += 1;
                let expected = known.version;
                let next = following(desk, by, known, |article| {
                    article.draft = draft;
                    article.archived = false;
                });
                changes.push((next, expected));
            }
            None => {
                outcome.created += 1;
                changes.push((new_article(desk, by, shop, draft), 0));
            }
        }
    }
    if dry_run || changes.is_empty() {
        return Ok(outcome);
    }
    let saves = changes.iter().map(|(article, expected)| saving(desk, by, article, *expected, "article.imported"));
    let saved = desk.store.save_articles(saves.collect()).await?;
    announce(desk).await?;
    // Somebody edited the same article meanwhile: theirs stands, and the importer is told to look again.
    if saved.iter().any(|saved| *saved != Saved::Done) { Err(DeskError::Conflict) } else { Ok(outcome) }
}

fn new_article(desk: &Desk, by: &Staff, shop: ShopId, draft: ArticleDraft) -> Article {
    Article {
        id: ArticleId::from_bits(desk.ids.bits()),
        shop,
        version: 1,
        draft,
        archived: false,
        updated_at: desk.now(),
        updated_by: by.name.clone(),
    }
}

/// All articles of a shop that aren't archived.
pub async fn export(desk: &Desk, by: &Staff, shop: ShopId, format: Format) -> Result<Vec<u8>> {
    if !can(by, Some(shop), Permission::ReadKnowledge) {
        return Err(DeskError::NotFound);
    }
    let mut drafts = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let filter = ArticleFilter {
            shops: &[shop],
            text: None,
            category: None,
            state: None,
            now: desk.now(),
            cursor: cursor.as_deref(),
            limit: PAGE,
        };
        let page = desk.store.articles(&filter).await?;
        drafts.extend(page.articles.into_iter().filter(|article| !article.archived).map(|article| article.draft));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    let conventions = Conventions { headings: by.language, ..Conventions::default() };
    tokio::task::spawn_blocking(move || knowledge::exchange::export(format, &drafts, &conventions))
        .await
        .map_err(|_| DeskError::Internal("the export was stopped"))?
        .map_err(file_fault)
}

fn file_fault(error: ExchangeError) -> DeskError {
    tracing::info!(%error, "article file refused");
    let code = match error {
        ExchangeError::FileTooLarge | ExchangeError::UnpacksTooLarge => "too_large",
        ExchangeError::TooManyRows => "too_many",
        ExchangeError::UnknownEncoding => "unknown_encoding",
        ExchangeError::MissingColumn(_) => "missing_column",
        ExchangeError::Workbook(_) | ExchangeError::Yaml(_) => "malformed",
        ExchangeError::Write(_) => "unwritable",
    };
    DeskError::invalid("file", code)
}
