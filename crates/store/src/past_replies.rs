//! What agents answered to which question where it ended well, masked, for drafts to their colleagues.

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{
    conversation::Seq,
    id::{ConversationId, ShopId, StaffId},
    language::Language,
    time::Timestamp,
};

use crate::{
    Result, Store,
    database::{Tx, corrupt, language, parse, sql},
};

#[derive(Debug, Clone, PartialEq)]
pub struct NewPastReply {
    /// Where the reply stands in the log.
    pub seq: Seq,
    pub staff: StaffId,
    pub language: Language,
    pub at: Timestamp,
    pub question: String,
    pub reply: String,
    /// The model's name and the question's vector, as bytes.
    pub vector: Option<(String, Vec<u8>)>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct PastReply {
    pub conversation: ConversationId,
    pub shop: ShopId,
    pub reply: NewPastReply,
    pub staff_name: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    conversation_id: String,
    seq: i64,
    shop_id: String,
    staff_id: String,
    staff_name: String,
    language: String,
    at: i64,
    question: String,
    reply: String,
    model: Option<String>,
    vector: Option<String>,
}

impl Row {
    fn decode(self) -> Result<PastReply> {
        let vector = match (self.model, self.vector) {
            (Some(model), Some(data)) => {
                let bytes = STANDARD.decode(data).map_err(|error| corrupt("past reply", error))?;
                Some((model, bytes))
            }
            _ => None,
        };
        let reply = NewPastReply {
            seq: self.seq,
            staff: parse("past reply", &self.staff_id)?,
            language: language("past reply", &self.language)?,
            at: Timestamp(self.at),
            question: self.question,
            reply: self.reply,
            vector,
        };
        let conversation = parse("past reply", &self.conversation_id)?;
        Ok(PastReply { conversation, shop: parse("past reply", &self.shop_id)?, reply, staff_name: self.staff_name })
    }
}

pub(crate) async fn note_change(tx: &mut Tx) -> Result<()> {
    sql("UPDATE counters SET value = value + 1 WHERE name = 'past_replies'").execute(tx.on()).await.map(drop)
}

impl Store {
    /// What is known of a conversation is replaced; nothing forgets it.
    pub async fn keep_past_replies(
        &self,
        conversation: ConversationId,
        shop: ShopId,
        replies: &[NewPastReply],
    ) -> Result<()> {
        let mut tx = self.write().await?;
        let known = sql("DELETE FROM past_replies WHERE conversation_id = $1").bind(conversation);
        let gone = known.execute(tx.on()).await?;
        if gone == 0 && replies.is_empty() {
            tx.rollback().await?;
            return Ok(());
        }
        for reply in replies {
            let (model, vector) = match &reply.vector {
                Some((model, bytes)) => (Some(model.as_str()), Some(STANDARD.encode(bytes))),
                None => (None, None),
            };
            sql("INSERT INTO past_replies (conversation_id, seq, shop_id, staff_id, language, at, question, reply, \
                 model, vector) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
            .bind(conversation)
            .bind(reply.seq)
            .bind(shop)
            .bind(reply.staff)
            .bind(reply.language.as_str())
            .bind(reply.at)
            .bind(&reply.question)
            .bind(&reply.reply)
            .bind(model)
            .bind(vector)
            .execute(tx.on())
            .await?;
        }
        note_change(&mut tx).await?;
        tx.commit().await
    }

    /// Rises whenever any of them changes.
    pub async fn past_replies_revision(&self) -> Result<i64> {
        let (revision,): (i64,) =
            sql("SELECT value FROM counters WHERE name = 'past_replies'").one(self.read().await?.on()).await?;
        Ok(revision)
    }

    /// The latest first.
    pub async fn past_replies(&self, shop: ShopId, limit: i64) -> Result<Vec<PastReply>> {
        let rows: Vec<Row> = sql("SELECT r.conversation_id, r.seq, r.shop_id, r.staff_id, s.name AS staff_name, \
             r.language, r.at, r.question, r.reply, r.model, r.vector FROM past_replies r \
             JOIN staff s ON s.id = r.staff_id WHERE r.shop_id = $1 ORDER BY r.at DESC, r.conversation_id, r.seq LIMIT $2")
        .bind(shop)
        .bind(limit)
        .all(self.read().await?.on())
        .await?;
        rows.into_iter().map(Row::decode).collect()
    }
}
