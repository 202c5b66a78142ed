//! Which drafts were offered to agents, which were used, and how far the reply is from them. No texts.

use domain::{
    conversation::Seq,
    id::{ConversationId, QueueId, ShopId, StaffId, SuggestionId},
    time::Timestamp,
};

use crate::{
    Result, Store,
    database::{parse, sql},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    pub id: SuggestionId,
    pub shop: ShopId,
    pub conversation: ConversationId,
    pub staff: StaffId,
    /// The shopper's message it answers.
    pub answers: Seq,
    /// From 1, the best.
    pub place: i64,
    /// `article`, `order` or `colleague`.
    pub kind: String,
    /// What it was made from: an article and its version, an order, a past reply.
    pub source: String,
    pub shown_at: Timestamp,
    pub chars: i64,
}

/// Which drafts are counted.
#[derive(Debug, Clone, Copy)]
pub struct SuggestionFilter<'a> {
    pub shops: &'a [ShopId],
    /// Shown from then on and before then.
    pub from: Timestamp,
    pub until: Timestamp,
    pub agent: Option<StaffId>,
    /// In conversations that waited in this queue.
    pub queue: Option<QueueId>,
}

/// What became of drafts of one kind.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SuggestionCounts {
    pub kind: String,
    pub shown: i64,
    pub used: i64,
    pub sent: i64,
    pub unchanged: i64,
    pub edits: i64,
    /// Characters of those that were sent.
    pub chars: i64,
}

impl Store {
    /// The id under which it is known: that of the first time it was offered to this agent for this message.
    pub async fn offer(&self, offered: &Offered) -> Result<SuggestionId> {
        let mut tx = self.write().await?;
        sql("INSERT INTO suggestions (id, shop_id, conversation_id, staff_id, answers, place, kind, source, \
             shown_at, chars) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING")
        .bind(offered.id)
        .bind(offered.shop)
        .bind(offered.conversation)
        .bind(offered.staff)
        .bind(offered.answers)
        .bind(offered.place)
        .bind(&offered.kind)
        .bind(&offered.source)
        .bind(offered.shown_at)
        .bind(offered.chars)
        .execute(tx.on())
        .await?;
        let (id,): (String,) = sql("SELECT id FROM suggestions WHERE conversation_id = $1 AND staff_id = $2 \
             AND answers = $3 AND kind = $4 AND source = $5")
        .bind(offered.conversation)
        .bind(offered.staff)
        .bind(offered.answers)
        .bind(&offered.kind)
        .bind(&offered.source)
        .one(tx.on())
        .await?;
        tx.commit().await?;
        parse("suggestion", &id)
    }

    /// `false` when it was never offered to this agent in this conversation.
    pub async fn use_suggestion(
        &self,
        id: SuggestionId,
        conversation: ConversationId,
        staff: StaffId,
        now: Timestamp,
    ) -> Result<bool> {
        let mut tx = self.write().await?;
        let rows = sql("UPDATE suggestions SET used_at = COALESCE(used_at, $4) \
             WHERE id = $1 AND conversation_id = $2 AND staff_id = $3")
        .bind(id)
        .bind(conversation)
        .bind(staff)
        .bind(now)
        .execute(tx.on())
        .await?;
        tx.commit().await?;
        Ok(rows == 1)
    }

    /// The reply that was made from it went out; only the first counts.
    pub async fn sent_suggestion(
        &self,
        id: SuggestionId,
        conversation: ConversationId,
        staff: StaffId,
        edits: i64,
        now: Timestamp,
    ) -> Result<bool> {
        let mut tx = self.write().await?;
        let rows = sql("UPDATE suggestions SET sent_at = $4, used_at = COALESCE(used_at, $4), edits = $5 \
             WHERE id = $1 AND conversation_id = $2 AND staff_id = $3 AND sent_at IS NULL")
        .bind(id)
        .bind(conversation)
        .bind(staff)
        .bind(now)
        .bind(edits)
        .execute(tx.on())
        .await?;
        tx.commit().await?;
        Ok(rows == 1)
    }

    /// By kind.
    pub async fn suggestion_counts(&self, filter: &SuggestionFilter<'_>) -> Result<Vec<SuggestionCounts>> {
        let mut query = sql("SELECT kind, COUNT(*) AS shown, COUNT(used_at) AS used, COUNT(sent_at) AS sent, \
             COUNT(CASE WHEN edits = 0 THEN 1 END) AS unchanged, \
             CAST(COALESCE(SUM(edits), 0) AS BIGINT) AS edits, \
             CAST(COALESCE(SUM(CASE WHEN sent_at IS NOT NULL THEN chars END), 0) AS BIGINT) AS chars \
             FROM suggestions WHERE shown_at >= $1 AND shown_at < $2 AND shop_id IN ")
        .bind(filter.from)
        .bind(filter.until)
        .push_list(filter.shops.iter().copied());
        if let Some(agent) = filter.agent {
            query = query.push(" AND staff_id = ").push_bind(agent);
        }
        if let Some(queue) = filter.queue {
            query = query.push(" AND conversation_id IN (SELECT conversation_id FROM queue_stays WHERE queue_id = ");
            query = query.push_bind(queue).push(")");
        }
        query.push(" GROUP BY kind ORDER BY kind").all(self.read().await?.on()).await
    }
}
