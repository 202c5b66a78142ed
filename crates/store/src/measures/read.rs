//! What measures are computed from.

use std::collections::HashMap;

use domain::{
    id::{ConversationId, ShopId},
    measures::{Audit, Episode, LONG_RETURN_MS, Of, Round},
    time::Timestamp,
};
use serde::de::DeserializeOwned;

use crate::{
    Result, Store,
    database::{from_json, parse, sql},
};

#[derive(sqlx::FromRow)]
struct Row {
    conversation_id: String,
    shopper_id: String,
    json: String,
}

impl Row {
    fn decode<T: DeserializeOwned>(self) -> Result<Of<T>> {
        Ok(Of {
            conversation: parse("round", &self.conversation_id)?,
            shopper: parse("round", &self.shopper_id)?,
            row: from_json("round", &self.json)?,
        })
    }
}

impl Store {
    /// Turns that began from `from` on and before `until`.
    pub async fn rounds(&self, shops: &[ShopId], from: Timestamp, until: Timestamp) -> Result<Vec<Of<Round>>> {
        let rows: Vec<Row> = sql("SELECT r.conversation_id, c.shopper_id, r.json FROM rounds r \
             JOIN conversations c ON c.id = r.conversation_id WHERE r.at >= $1 AND r.at < $2 AND r.shop_id IN ")
        .bind(from)
        .bind(until)
        .push_list(shops.iter().copied())
        .push(" ORDER BY r.at, r.conversation_id, r.seq")
        .all(self.read().await?.on())
        .await?;
        rows.into_iter().map(Row::decode).collect()
    }

    /// Episodes that began from `from` on and before `until`.
    pub async fn episodes(&self, shops: &[ShopId], from: Timestamp, until: Timestamp) -> Result<Vec<Of<Episode>>> {
        let rows: Vec<Row> = sql("SELECT e.conversation_id, c.shopper_id, e.json FROM episodes e \
             JOIN conversations c ON c.id = e.conversation_id WHERE e.at >= $1 AND e.at < $2 AND e.shop_id IN ")
        .bind(from)
        .bind(until)
        .push_list(shops.iter().copied())
        .push(" ORDER BY e.at, e.conversation_id, e.no")
        .all(self.read().await?.on())
        .await?;
        rows.into_iter().map(Row::decode).collect()
    }

    /// Which episodes of that time were come back to, and after how long at the earliest.
    pub async fn returns(
        &self,
        shops: &[ShopId],
        from: Timestamp,
        until: Timestamp,
    ) -> Result<HashMap<(ConversationId, u32), i64>> {
        let rows: Vec<(String, i64, i64)> = sql("SELECT returns_to, returns_no, returns_ms FROM episodes \
             WHERE returns_to IS NOT NULL AND at >= $1 AND at < $2 AND shop_id IN ")
        .bind(from)
        // An episode may go on for a while before its window begins; more than the window again is no return.
        .bind(until.plus_ms(2 * LONG_RETURN_MS))
        .push_list(shops.iter().copied())
        .all(self.read().await?.on())
        .await?;
        let mut returns = HashMap::new();
        for (conversation, no, after_ms) in rows {
            let key = (parse("episode", &conversation)?, u32::try_from(no).unwrap_or_default());
            let earliest = returns.entry(key).or_insert(after_ms);
            *earliest = after_ms.min(*earliest);
        }
        Ok(returns)
    }

    /// What people judged of the bot's answers to questions of that time.
    pub async fn audits(&self, shops: &[ShopId], from: Timestamp, until: Timestamp) -> Result<Vec<Audit>> {
        let rows: Vec<(String, i64, bool)> = sql("SELECT conversation_id, seq, verdict FROM samples \
             WHERE kind = 'answer' AND verdict IS NOT NULL AND outcome = 'answered' AND at >= $1 AND at < $2 AND shop_id IN ")
        .bind(from)
        .bind(until)
        .push_list(shops.iter().copied())
        .all(self.read().await?.on())
        .await?;
        rows.into_iter()
            .map(|(conversation, seq, is_right)| {
                Ok(Audit { conversation: parse("sample", &conversation)?, seq, is_right })
            })
            .collect()
    }
}
