//! What the bot did, sampled for people to judge: would the article it found have answered, and was a human needed?

use domain::{
    id::{ArticleId, ConversationId, SampleId, ShopId, StaffId},
    time::Timestamp,
};

use crate::{
    Result, Store,
    database::{one_changed, parse, sql},
};

/// What is asked of whoever judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SampleKind {
    /// Would the article have answered?
    Answer,
    /// Was a human needed?
    Handoff,
}

impl SampleKind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Handoff => "handoff",
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    pub id: SampleId,
    pub kind: SampleKind,
    pub shop: ShopId,
    pub conversation: ConversationId,
    /// The shopper's message.
    pub seq: i64,
    pub at: Timestamp,
    /// Of an answer: the article and its version.
    pub article: Option<(ArticleId, i64)>,
    pub language: String,
    /// The chance the bot went by, and the one it needed; kept in millionths.
    pub chance: f64,
    pub threshold: f64,
    /// `answered`, `clarified` or `abstained`; `went_on`, `offered` or `handed_over`.
    pub outcome: String,
    /// Whether the article was right, or a human needed. `None`: nobody has judged it yet.
    pub verdict: Option<bool>,
    pub judged_by: Option<StaffId>,
    pub judged_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    kind: String,
    shop_id: String,
    conversation_id: String,
    seq: i64,
    at: i64,
    article_id: Option<String>,
    article_version: Option<i64>,
    language: String,
    chance: i64,
    threshold: i64,
    outcome: String,
    verdict: Option<bool>,
    judged_by: Option<String>,
    judged_at: Option<i64>,
}

const MILLION: f64 = 1_000_000.0;
const SELECT: &str = "SELECT id, kind, shop_id, conversation_id, seq, at, article_id, article_version, language, \
     chance, threshold, outcome, verdict, judged_by, judged_at FROM samples ";

impl Row {
    fn decode(self) -> Result<Sample> {
        let is_handoff = self.kind == SampleKind::Handoff.as_str();
        let article = match (self.article_id, self.article_version) {
            (Some(id), Some(version)) => Some((parse("sample", &id)?, version)),
            _ => None,
        };
        Ok(Sample {
            id: parse("sample", &self.id)?,
            kind: if is_handoff { SampleKind::Handoff } else { SampleKind::Answer },
            shop: parse("sample", &self.shop_id)?,
            conversation: parse("sample", &self.conversation_id)?,
            seq: self.seq,
            at: Timestamp(self.at),
            article,
            language: self.language,
            chance: self.chance as f64 / MILLION,
            threshold: self.threshold as f64 / MILLION,
            outcome: self.outcome,
            verdict: self.verdict,
            judged_by: self.judged_by.as_deref().map(|id| parse("sample", id)).transpose()?,
            judged_at: self.judged_at.map(Timestamp),
        })
    }
}

fn millionths(chance: f64) -> i64 {
    (chance * MILLION).round() as i64
}

impl Store {
    /// Once for each message and kind; a second sample of the same one is dropped.
    pub async fn add_sample(&self, sample: &Sample) -> Result<()> {
        let mut tx = self.write().await?;
        sql(
            "INSERT INTO samples (id, kind, shop_id, conversation_id, seq, at, article_id, article_version, language, \
             chance, threshold, outcome) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
             ON CONFLICT (kind, conversation_id, seq) DO NOTHING",
        )
        .bind(sample.id)
        .bind(sample.kind.as_str())
        .bind(sample.shop)
        .bind(sample.conversation)
        .bind(sample.seq)
        .bind(sample.at)
        .bind(sample.article.map(|(id, _)| id))
        .bind(sample.article.map(|(_, version)| version))
        .bind(&sample.language)
        .bind(millionths(sample.chance))
        .bind(millionths(sample.threshold))
        .bind(&sample.outcome)
        .execute(tx.on())
        .await?;
        tx.commit().await
    }

    pub async fn sample(&self, kind: SampleKind, id: SampleId) -> Result<Option<Sample>> {
        let row: Option<Row> = sql(SELECT)
            .push("WHERE id = $1 AND kind = $2")
            .bind(id)
            .bind(kind.as_str())
            .optional(self.read().await?.on())
            .await?;
        row.map(Row::decode).transpose()
    }

    /// Those nobody has judged, the oldest first: an order that doesn't depend on what was said or how sure the bot was.
    pub async fn open_samples(&self, kind: SampleKind, shop: ShopId, limit: i64) -> Result<Vec<Sample>> {
        let rows: Vec<Row> = sql(SELECT)
            .push("WHERE verdict IS NULL AND kind = $1 AND shop_id = $2 ORDER BY id LIMIT $3")
            .bind(kind.as_str())
            .bind(shop)
            .bind(limit)
            .all(self.read().await?.on())
            .await?;
        rows.into_iter().map(Row::decode).collect()
    }

    /// All since a moment, judged or not, the latest first.
    pub async fn samples_since(
        &self,
        kind: SampleKind,
        shop: ShopId,
        since: Timestamp,
        limit: i64,
    ) -> Result<Vec<Sample>> {
        let rows: Vec<Row> = sql(SELECT)
            .push("WHERE kind = $1 AND shop_id = $2 AND at >= $3 ORDER BY at DESC, id DESC LIMIT $4")
            .bind(kind.as_str())
            .bind(shop)
            .bind(since)
            .bind(limit)
            .all(self.read().await?.on())
            .await?;
        rows.into_iter().map(Row::decode).collect()
    }

    /// A later judgement replaces an earlier one.
    pub async fn judge_sample(&self, id: SampleId, verdict: bool, by: StaffId, at: Timestamp) -> Result<()> {
        let mut tx = self.write().await?;
        let done = sql("UPDATE samples SET verdict = $1, judged_by = $2, judged_at = $3 WHERE id = $4")
            .bind(verdict)
            .bind(by)
            .bind(at)
            .bind(id)
            .execute(tx.on())
            .await?;
        one_changed(done)?;
        tx.commit().await
    }
}
