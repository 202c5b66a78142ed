//! What waits for judgement, and judging it. Questions come in the order in which they were asked: picking the easy or
//! the doubtful ones first would spoil the guarantee.

use domain::{
    article::Wording,
    conversation::Fact,
    id::{ArticleId, SampleId, ShopId},
    language::Language,
    message::Body,
    staff::Permission,
};
use store::{Sample, SampleKind, Staff};

use super::guarantee::refresh;
use crate::{
    desk::Desk,
    error::{DeskError, Result},
    staff::{audit_of, can},
};

/// A sampled question with what a person needs to judge it.
#[derive(Debug, Clone)]
pub struct Question {
    pub sample: Sample,
    /// What the shopper asked; empty when it has been erased.
    pub asked: String,
    /// The article as it stood, in the language it was found in.
    pub article: ArticleId,
    pub wording: Option<Wording>,
}

/// The questions that nobody has judged, the oldest first.
pub async fn open(desk: &Desk, by: &Staff, shop: ShopId, limit: i64) -> Result<Vec<Question>> {
    may_judge(by, shop)?;
    let mut questions = Vec::new();
    for sample in desk.store.open_samples(SampleKind::Answer, shop, limit).await? {
        questions.push(question(desk, sample).await?);
    }
    Ok(questions)
}

/// A later judgement replaces an earlier one.
pub async fn judge(desk: &Desk, by: &Staff, id: SampleId, is_right: bool) -> Result<()> {
    let sample = desk.store.sample(SampleKind::Answer, id).await?.ok_or(DeskError::NotFound)?;
    may_judge(by, sample.shop)?;
    desk.store.judge_sample(id, is_right, by.id, desk.now()).await?;
    let detail = serde_json::json!({ "is_right": is_right });
    desk.store.record_audit(&audit_of(desk, Some(by), "answer.judged", &id.to_string(), detail)).await?;
    refresh(desk, sample.shop).await
}

/// Judging means reading what shoppers wrote.
pub(crate) fn may_judge(by: &Staff, shop: ShopId) -> Result<()> {
    let may = can(by, Some(shop), Permission::Supervise) && can(by, Some(shop), Permission::ReadConversations);
    if may { Ok(()) } else { Err(DeskError::NotFound) }
}

async fn question(desk: &Desk, sample: Sample) -> Result<Question> {
    let rows = desk.store.events(sample.conversation, sample.seq - 1, 1).await?;
    let said = rows.into_iter().find(|row| matches!(row.event.fact, Fact::ShopperSaid { .. }));
    let body: Option<Body> = said.and_then(|row| serde_json::from_str(&row.body?).ok());
    let (article, version) = sample.article.ok_or(DeskError::Internal("a sampled answer without its article"))?;
    let known = desk.store.article_version(article, version).await?;
    let language = if sample.language == Language::En.as_str() { Language::En } else { Language::Zh };
    Ok(Question {
        asked: body.map(|body| body.text).unwrap_or_default(),
        article,
        wording: known.and_then(|article| article.draft.wording(language).cloned()),
        sample,
    })
}
