//! Turns sampled for people to judge whether a human was needed, and what agents asked shoppers for.

use domain::{
    id::{ConversationId, SampleId, ShopId, StaffId},
    time::Timestamp,
};

use crate::{
    Result, Store,
    database::{one_changed, parse, sql},
};

#[derive(Debug, Clone, PartialEq)]
pub struct HandoffSample {
    pub id: SampleId,
    pub shop: ShopId,
    pub conversation: ConversationId,
    /// The shopper's message.
    pub seq: i64,
    pub at: Timestamp,
    pub language: String,
    /// The chance that going on fails, and the one needed for a human; kept in millionths.
    pub chance: f64,
    pub threshold: f64,
    /// `went_on`, `offered` or `handed_over`.
    pub outcome: String,
    /// `None`: nobody has judged it yet.
    pub needed_human: Option<bool>,
    pub judged_by: Option<StaffId>,
    pub judged_at: Option<Timestamp>,
}

/// What one message of an agent asked the shopper for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgentAsk {
    pub conversation: ConversationId,
    pub seq: i64,
    pub shop: ShopId,
    pub staff: StaffId,
    pub at: Timestamp,
    pub asked: i64,
    /// Of these, known already.
    pub again: i64,
}

/// How often agents asked again, over some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AskedAgain {
    pub messages: i64,
    pub asking: i64,
    pub again: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    shop_id: String,
    conversation_id: String,
    seq: i64,
    at: i64,
    language: String,
    chance: i64,
    threshold: i64,
    outcome: String,
    needed_human: Option<bool>,
    judged_by: Option<String>,
    judged_at: Option<i64>,
}

const MILLION: f64 = 1_000_000.0;
const SELECT: &str = "SELECT id, shop_id, conversation_id, seq, at, language, chance, threshold, outcome, \
     needed_human, judged_by, judged_at FROM handoff_samples ";

impl Row {
    fn decode(self) -> Result<HandoffSample> {
        Ok(HandoffSample {
            id: parse("handoff sample", &self.id)?,
            shop: parse("handoff sample", &self.shop_id)?,
            conversation: parse("handoff sample", &self.conversation_id)?,
            seq: self.seq,
            at: Timestamp(self.at),
            language: self.language,
            chance: self.chance as f64 / MILLION,
            threshold: self.threshold as f64 / MILLION,
            outcome: self.outcome,
            needed_human: self.needed_human,
            judged_by: self.judged_by.as_deref().map(|id| parse("handoff sample", id)).transpose()?,
            judged_at: self.judged_at.map(Timestamp),
        })
    }
}

fn millionths(chance: f64) -> i64 {
    (chance * MILLION).round() as i64
}

impl Store {
    /// Once for each turn; a second sample of the same one is dropped.
    pub async fn add_handoff_sample(&self, sample: &HandoffSample) -> Result<()> {
        let mut tx = self.write().await?;
        sql(
            "INSERT INTO handoff_samples (id, shop_id, conversation_id, seq, at, language, chance, threshold, outcome) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (conversation_id, seq) DO NOTHING",
        )
        .bind(sample.id)
        .bind(sample.shop)
        .bind(sample.conversation)
        .bind(sample.seq)
        .bind(sample.at)
        .bind(&sample.language)
        .bind(millionths(sample.chance))
        .bind(millionths(sample.threshold))
        .bind(&sample.outcome)
        .execute(tx.on())
        .await?;
        tx.commit().await
    }

    pub async fn handoff_sample(&self, id: SampleId) -> Result<Option<HandoffSample>> {
        let rows: Vec<Row> = sql(SELECT).push("WHERE id = $1").bind(id).all(self.read().await?.on()).await?;
        rows.into_iter().next().map(Row::decode).transpose()
    }

    /// Those nobody has judged, the oldest first: an order that depends on nothing that was said.
    pub async fn open_handoff_samples(&self, shop: ShopId, limit: i64) -> Result<Vec<HandoffSample>> {
        let rows: Vec<Row> = sql(SELECT)
            .push("WHERE needed_human IS NULL AND shop_id = $1 ORDER BY id LIMIT $2")
            .bind(shop)
            .bind(limit)
            .all(self.read().await?.on())
            .await?;
        rows.into_iter().map(Row::decode).collect()
    }

    /// All since a moment, judged or not, the latest first.
    pub async fn handoff_samples_since(
        &self,
        shop: ShopId,
        since: Timestamp,
        limit: i64,
    ) -> Result<Vec<HandoffSample>> {
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
    pub async fn judge_handoff_sample(&self, id: SampleId, needed: bool, by: StaffId, at: Timestamp) -> Result<()> {
        let mut tx = self.write().await?;
        let done = sql("UPDATE handoff_samples SET needed_human = $1, judged_by = $2, judged_at = $3 WHERE id = $4")
            .bind(needed)
            .bind(by)
            .bind(at)
            .bind(id)
            .execute(tx.on())
            .await?;
        one_changed(done)?;
        tx.commit().await
    }

    /// Once for each message.
    pub async fn add_agent_ask(&self, ask: &AgentAsk) -> Result<()> {
        let mut tx = self.write().await?;
        sql("INSERT INTO agent_asks (conversation_id, seq, shop_id, staff_id, at, asked, again) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (conversation_id, seq) DO NOTHING")
        .bind(ask.conversation)
        .bind(ask.seq)
        .bind(ask.shop)
        .bind(ask.staff)
        .bind(ask.at)
        .bind(ask.asked)
        .bind(ask.again)
        .execute(tx.on())
        .await?;
        tx.commit().await
    }

    /// Messages of agents since a moment, those that asked for something, and those that asked for what was known.
    pub async fn asked_again(&self, shop: ShopId, since: Timestamp) -> Result<AskedAgain> {
        let (messages, asking, again): (i64, i64, i64) = sql("SELECT COUNT(*), \
             COUNT(CASE WHEN asked > 0 THEN 1 END), COUNT(CASE WHEN again > 0 THEN 1 END) \
             FROM agent_asks WHERE shop_id = $1 AND at >= $2")
        .bind(shop)
        .bind(since)
        .one(self.read().await?.on())
        .await?;
        Ok(AskedAgain { messages, asking, again })
    }
}
