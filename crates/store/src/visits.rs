//! Pages of the shop a shopper came to while the chat was open; only the last few are kept.

use domain::{
    id::{ConversationId, ShopperId},
    time::Timestamp,
};

use crate::{
    Page, Result, Store, StoreError,
    database::{from_json, parse, sql, to_json},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    pub conversation: ConversationId,
    pub at: Timestamp,
    pub page: Page,
}

impl Store {
    /// Notes that the shopper is on a page now; told again of the one they were on, it only knows it better. The last
    /// `keep` stay. `false` when that was known: a connection that comes back tells it again.
    pub async fn visit(&self, visit: &Visit, keep: i64) -> Result<bool> {
        let page = to_json(&visit.page)?;
        let known: Option<(String,)> =
            sql("SELECT page FROM visits WHERE conversation_id = $1 ORDER BY at DESC LIMIT 1")
                .bind(visit.conversation)
                .optional(self.read().await?.on())
                .await?;
        if known.is_some_and(|(known,)| known == page) {
            return Ok(false);
        }
        let mut tx = self.write().await?;
        // Before anything is read: whoever notes at the same moment comes after this.
        sql("UPDATE conversations SET page = $2 WHERE id = $1")
            .bind(visit.conversation)
            .bind(&page)
            .execute(tx.on())
            .await?;
        let last: Option<(i64, String)> =
            sql("SELECT at, page FROM visits WHERE conversation_id = $1 ORDER BY at DESC LIMIT 1")
                .bind(visit.conversation)
                .optional(tx.on())
                .await?;
        let last = last.map(|(at, page)| Ok::<_, StoreError>((at, from_json::<Page>("visit", &page)?))).transpose()?;
        let at = last.filter(|(_, page)| page.url == visit.page.url).map_or(visit.at, |(at, _)| Timestamp(at));
        sql("INSERT INTO visits (conversation_id, at, page) VALUES ($1, $2, $3) \
             ON CONFLICT (conversation_id, at) DO UPDATE SET page = excluded.page")
        .bind(visit.conversation)
        .bind(at)
        .bind(&page)
        .execute(tx.on())
        .await?;
        sql("DELETE FROM visits WHERE conversation_id = $1 AND at NOT IN \
             (SELECT at FROM visits WHERE conversation_id = $1 ORDER BY at DESC LIMIT $2)")
        .bind(visit.conversation)
        .bind(keep)
        .execute(tx.on())
        .await?;
        tx.commit().await?;
        Ok(true)
    }

    /// The latest of all of the shopper's conversations, the latest first.
    pub async fn visits(&self, shopper: ShopperId, limit: i64) -> Result<Vec<Visit>> {
        let rows: Vec<(String, i64, String)> = sql("SELECT v.conversation_id, v.at, v.page FROM visits v \
             JOIN conversations c ON c.id = v.conversation_id WHERE c.shopper_id = $1 \
             ORDER BY v.at DESC, v.conversation_id LIMIT $2")
        .bind(shopper)
        .bind(limit)
        .all(self.read().await?.on())
        .await?;
        let visit = |(conversation, at, page): (String, i64, String)| {
            let (conversation, page) = (parse("visit", &conversation)?, from_json("visit", &page)?);
            Ok(Visit { conversation, at: Timestamp(at), page })
        };
        rows.into_iter().map(visit).collect()
    }
}
