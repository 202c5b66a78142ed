//! Forgetting a person: what they and others said in their conversations goes, the log's bare facts stay.

use domain::{id::ShopperId, message::Body, time::Timestamp};

use crate::{
    Result, Store,
    database::{sql, to_json},
    measures, past_replies,
};

/// What was found and erased; all 0 when it had been erased before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ErasedCounts {
    pub conversations: u64,
    pub bodies: u64,
    pub traces: u64,
    pub files: u64,
}

impl Store {
    /// Idempotent. The customer key stays: it is the shop's own text, and the link by which it asks.
    pub async fn erase_shopper(&self, shopper: ShopperId, now: Timestamp) -> Result<ErasedCounts> {
        let mut tx = self.write().await?;
        let conversations = sql("UPDATE conversations SET preview = '', memory = NULL, page = NULL \
             WHERE shopper_id = $1 AND (preview <> '' OR memory IS NOT NULL OR page IS NOT NULL)")
        .bind(shopper)
        .execute(tx.on())
        .await?;
        let bodies = sql("UPDATE bodies SET json = $2 WHERE json <> $2 \
             AND conversation_id IN (SELECT id FROM conversations WHERE shopper_id = $1)")
        .bind(shopper)
        .bind(to_json(&Body::erased())?)
        .execute(tx.on())
        .await?;
        measures::forget(&mut tx, shopper).await?;
        let traces = sql("DELETE FROM traces \
             WHERE conversation_id IN (SELECT id FROM conversations WHERE shopper_id = $1)")
        .bind(shopper)
        .execute(tx.on())
        .await?;
        // What can't be read any more can't be judged; what was judged still counts.
        sql("DELETE FROM samples WHERE verdict IS NULL \
             AND conversation_id IN (SELECT id FROM conversations WHERE shopper_id = $1)")
        .bind(shopper)
        .execute(tx.on())
        .await?;
        // What was wished names addresses and invoices; that something was done stays.
        sql("UPDATE actions SET wish = '{}', preview = '{}', outcome = NULL WHERE wish <> '{}' \
             AND (conversation_id IN (SELECT id FROM conversations WHERE shopper_id = $1) \
             OR customer = (SELECT customer FROM shoppers WHERE id = $1 AND shop_id = actions.shop_id))")
        .bind(shopper)
        .execute(tx.on())
        .await?;
        // What the shopper looked at, what colleagues began to write, and what was learned from what they said.
        for forget in [
            "DELETE FROM visits WHERE conversation_id IN (SELECT id FROM conversations WHERE shopper_id = $1)",
            "DELETE FROM drafts WHERE conversation_id IN (SELECT id FROM conversations WHERE shopper_id = $1)",
            "DELETE FROM past_replies WHERE conversation_id IN (SELECT id FROM conversations WHERE shopper_id = $1)",
            "UPDATE tasks SET text = '' WHERE text <> '' \
             AND conversation_id IN (SELECT id FROM conversations WHERE shopper_id = $1)",
        ] {
            sql(forget).bind(shopper).execute(tx.on()).await?;
        }
        past_replies::note_change(&mut tx).await?;
        let files =
            sql("UPDATE files SET name = '' WHERE uploader = $1 AND name <> ''").bind(shopper).execute(tx.on()).await?;
        sql("UPDATE shoppers SET name = NULL, contact = NULL, erased_at = $2 WHERE id = $1")
            .bind(shopper)
            .bind(now)
            .execute(tx.on())
            .await?;
        tx.commit().await?;
        self.flush_deleted().await?;
        Ok(ErasedCounts { conversations, bodies, traces, files })
    }
}
