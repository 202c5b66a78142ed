//! Reading conversations as they stand, and how far each side has read them.

use domain::{
    conversation::{Conversation, Seq},
    id::{ConversationId, ShopperId},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

use super::projection::TO_READ_KINDS;
use crate::{
    Result, Store,
    database::{from_json, parse, sql},
};

/// The page of the shop on which the shopper chats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    pub url: String,
    pub title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
}

/// The last `seq` each side has read, 0 before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReadMarks {
    pub shopper: Seq,
    pub team: Seq,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub conversation: Conversation,
    /// What the bot remembers of it, JSON, opaque here.
    pub memory: Option<String>,
    pub page: Option<Page>,
    pub read: ReadMarks,
    /// When the last event happened.
    pub last_at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Shopper,
    Team,
}

#[derive(sqlx::FromRow)]
struct StoredRow {
    state: String,
    memory: Option<String>,
    page: Option<String>,
    shopper_read_seq: i64,
    team_read_seq: i64,
    last_at: i64,
}

const SELECT_STORED: &str = "SELECT state, memory, page, shopper_read_seq, team_read_seq, last_at FROM conversations ";

impl StoredRow {
    fn decode(self) -> Result<Stored> {
        Ok(Stored {
            conversation: from_json("conversation", &self.state)?,
            memory: self.memory,
            page: self.page.as_deref().map(|page| from_json("page", page)).transpose()?,
            read: ReadMarks { shopper: self.shopper_read_seq, team: self.team_read_seq },
            last_at: Timestamp(self.last_at),
        })
    }
}

impl Store {
    pub async fn conversation(&self, id: ConversationId) -> Result<Option<Stored>> {
        let row: Option<StoredRow> =
            sql(SELECT_STORED).push("WHERE id = $1").bind(id).optional(self.read().await?.on()).await?;
        row.map(StoredRow::decode).transpose()
    }

    pub async fn open_conversation_of(&self, shopper: ShopperId) -> Result<Option<ConversationId>> {
        let row: Option<(String,)> = sql("SELECT id FROM conversations WHERE shopper_id = $1 AND is_open")
            .bind(shopper)
            .optional(self.read().await?.on())
            .await?;
        row.map(|(id,)| parse("conversation", &id)).transpose()
    }

    /// The one with the latest event first.
    pub async fn conversations_of(&self, shopper: ShopperId, limit: i64) -> Result<Vec<Stored>> {
        let rows: Vec<StoredRow> = sql(SELECT_STORED)
            .push("WHERE shopper_id = $1 ORDER BY last_at DESC, id DESC LIMIT $2")
            .bind(shopper)
            .bind(limit)
            .all(self.read().await?.on())
            .await?;
        rows.into_iter().map(StoredRow::decode).collect()
    }

    /// `false` when that side had read this far already, or the log doesn't reach so far.
    pub async fn mark_read(&self, id: ConversationId, side: Side, seq: Seq) -> Result<bool> {
        let mark = match side {
            Side::Shopper => {
                "UPDATE conversations SET shopper_read_seq = $2 \
                 WHERE id = $1 AND shopper_read_seq < $2 AND last_seq >= $2"
            }
            Side::Team => {
                "UPDATE conversations SET team_read_seq = $2 WHERE id = $1 AND team_read_seq < $2 AND last_seq >= $2"
            }
        };
        let mut tx = self.write().await?;
        if sql(mark).bind(id).bind(seq).execute(tx.on()).await? == 0 {
            tx.rollback().await?;
            return Ok(false);
        }
        if side == Side::Team {
            // A statement of its own: it sees every event appended before the row was locked by the one above.
            sql("UPDATE conversations SET unread = (SELECT COUNT(*) FROM events \
                 WHERE conversation_id = $1 AND seq > $2 AND kind IN ")
            .bind(id)
            .bind(seq)
            .push_list(TO_READ_KINDS)
            .push(") WHERE id = $1")
            .execute(tx.on())
            .await?;
        }
        tx.commit().await?;
        Ok(true)
    }
}
