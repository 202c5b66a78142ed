//! What agents have begun to write, so that another screen, or a colleague, can go on with it.

use domain::{
    id::{ConversationId, StaffId},
    time::Timestamp,
};

use crate::{
    Result, Store,
    database::{parse, sql},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub staff: StaffId,
    pub conversation: ConversationId,
    pub text: String,
    pub is_note: bool,
    /// Colleagues may read it.
    pub is_shared: bool,
    pub at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    staff_id: String,
    conversation_id: String,
    text: String,
    is_note: bool,
    is_shared: bool,
    at: i64,
}

impl Row {
    fn decode(self) -> Result<Draft> {
        Ok(Draft {
            staff: parse("draft", &self.staff_id)?,
            conversation: parse("draft", &self.conversation_id)?,
            text: self.text,
            is_note: self.is_note,
            is_shared: self.is_shared,
            at: Timestamp(self.at),
        })
    }
}

impl Store {
    /// An empty draft is none.
    pub async fn save_draft(&self, draft: &Draft) -> Result<()> {
        let mut tx = self.write().await?;
        let change = if draft.text.is_empty() {
            sql("DELETE FROM drafts WHERE staff_id = $1 AND conversation_id = $2")
                .bind(draft.staff)
                .bind(draft.conversation)
        } else {
            sql("INSERT INTO drafts (staff_id, conversation_id, text, is_note, is_shared, at) \
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (staff_id, conversation_id) \
                 DO UPDATE SET text = $3, is_note = $4, is_shared = $5, at = $6")
            .bind(draft.staff)
            .bind(draft.conversation)
            .bind(&draft.text)
            .bind(draft.is_note)
            .bind(draft.is_shared)
            .bind(draft.at)
        };
        change.execute(tx.on()).await?;
        tx.commit().await
    }

    /// The latest first.
    pub async fn drafts(&self, conversation: ConversationId) -> Result<Vec<Draft>> {
        let rows: Vec<Row> = sql("SELECT staff_id, conversation_id, text, is_note, is_shared, at FROM drafts \
             WHERE conversation_id = $1 ORDER BY at DESC, staff_id")
        .bind(conversation)
        .all(self.read().await?.on())
        .await?;
        rows.into_iter().map(Row::decode).collect()
    }
}
