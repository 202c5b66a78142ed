//! Questions sampled for people to judge: would the article the bot found have answered?

use domain::{
    id::{ArticleId, ConversationId, SampleId, ShopId, StaffId},
    time::Timestamp,
};

use crate::{
    Result, Store,
    database::{one_changed, parse, sql},
};

#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    pub id: SampleId,
    pub shop: ShopId,
    pub conversation: ConversationId,
    /// The shopper's message.
    pub seq: i64,
    pub at: Timestamp,
    pub article: ArticleId,
    pub article_version: i64,
    pub language: String,
    /// The chance the bot gave the article, and the one it needed; kept in millionths.
    pub score: f64,
    pub threshold: f64,
    /// `answered`, `clarified` or `abstained`.
    pub outcome: String,
    /// `None`: nobody has judged it yet.
    pub is_right: Option<bool>,
    pub judged_by: Option<StaffId>,
    pub judged_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    shop_id: String,
    conversation_id: String,
    seq: i64,
    at: i64,
    article_id: String,
    article_version: i64,
    language: String,
    score: i64,
    threshold: i64,
    outcome: String,
    is_right: Option<bool>,
    judged_by: Option<String>,
    judged_at: Option<i64>,
}

const MILLION: f64 = 1_000_000.0;
const SELECT: &str = "SELECT id, shop_id, conversation_id, seq, at, article_id, article_version, language, score, \
     threshold, outcome, is_right, judged_by, judged_at FROM answer_samples ";

impl Row {
    fn decode(self) -> Result<Sample> {
        Ok(Sample {
            id: parse("sample", &self.id)?,
            shop: parse("sample", &self.shop_id)?,
            conversation: parse("sample", &self.conversation_id)?,
            seq: self.seq,
            at: Timestamp(self.at),
            article: parse("sample", &self.article_id)?,
            article_version: self.article_version,
            language: self.language,
            score: self.score as f64 / MILLION,
            threshold: self.threshold as f64 / MILLION,
            outcome: self.outcome,
            is_right: self.is_right,
            judged_by: self.judged_by.as_deref().map(|id| parse("sample", id)).transpose()?,
            judged_at: self.judged_at.map(Timestamp),
        })
    }
}

fn millionths(chance: f64) -> i64 {
    (chance * MILLION).round() as i64
}

impl Store {
    /// Once for each question; a second sample of the same one is dropped.
    pub async fn add_sample(&self, sample: &Sample) -> Result<()> {
        let mut tx = self.write().await?;
        sql(
            "INSERT INTO answer_samples (id, shop_id, conversation_id, seq, at, article_id, article_version, language, \
             score, threshold, outcome) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
             ON CONFLICT (conversation_id, seq) DO NOTHING",
        )
        .bind(sample.id)
        .bind(sample.shop)
        .bind(sample.conversation)
        .bind(sample.seq)
        .bind(sample.at)
        .bind(sample.article)
        .bind(sample.article_version)
        .bind(&sample.language)
        .bind(millionths(sample.score))
        .bind(millionths(sample.threshold))
        .bind(&sample.outcome)
        .execute(tx.on())
        .await?;
        tx.commit().await
    }

    pub async fn sample(&self, id: SampleId) -> Result<Option<Sample>> {
        let rows: Vec<Row> = sql(SELECT).push("WHERE id = $1").bind(id).all(self.read().await?.on()).await?;
        rows.into_iter().next().map(Row::decode).transpose()
    }

    /// Those nobody has judged, the oldest first: an order that doesn't depend on what was said or how sure the bot was.
    pub async fn open_samples(&self, shop: ShopId, limit: i64) -> Result<Vec<Sample>> {
        let rows: Vec<Row> = sql(SELECT)
            .push("WHERE is_right IS NULL AND shop_id = $1 ORDER BY id LIMIT $2")
            .bind(shop)
            .bind(limit)
            .all(self.read().await?.on())
            .await?;
        rows.into_iter().map(Row::decode).collect()
    }

    /// All since a moment, judged or not, the latest first.
    pub async fn samples_since(&self, shop: ShopId, since: Timestamp, limit: i64) -> Result<Vec<Sample>> {
        let rows: Vec<Row> = sql(SELECT)
            .push("WHERE shop_id = $1 AND at >= $2 ORDER BY at DESC, id DESC LIMIT $3")
            .bind(shop)
            .bind(since)
            .bind(limit)
            .all(self.read().await?.on())
            .await?;
        rows.into_iter().map(Row::decode).collect()
    }

    /// A later judgement replaces an earlier one.
    pub async fn judge_sample(&self, id: SampleId, is_right: bool, by: StaffId, at: Timestamp) -> Result<()> {
        let mut tx = self.write().await?;
        let done = sql("UPDATE answer_samples SET is_right = $1, judged_by = $2, judged_at = $3 WHERE id = $4")
            .bind(is_right)
            .bind(by)
            .bind(at)
            .bind(id)
            .execute(tx.on())
            .await?;
        one_changed(done)?;
        tx.commit().await
    }
}
