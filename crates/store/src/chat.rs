//! The ledger of the external chat model: what was used, by shop, day and model.

use domain::id::ShopId;

use crate::{
    Result, Store,
    database::{parse, sql},
};

/// What was used on one day, or by one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatUse {
    pub shop: ShopId,
    /// Days since 1970, UTC.
    pub day: i64,
    pub model: String,
    pub calls: i64,
    /// Those of the calls that gave no usable reply.
    pub failures: i64,
    pub prompt_tokens: i64,
    pub completion_tokens: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    shop_id: String,
    day: i64,
    model: String,
    calls: i64,
    failures: i64,
    prompt_tokens: i64,
    completion_tokens: i64,
}

impl Store {
    /// Adds to the day's sums.
    pub async fn add_chat_use(&self, used: &ChatUse) -> Result<()> {
        let mut tx = self.write().await?;
        sql("INSERT INTO chat_ledger (shop_id, day, model, calls, failures, prompt_tokens, completion_tokens) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (shop_id, day, model) DO UPDATE SET \
             calls = chat_ledger.calls + excluded.calls, failures = chat_ledger.failures + excluded.failures, \
             prompt_tokens = chat_ledger.prompt_tokens + excluded.prompt_tokens, \
             completion_tokens = chat_ledger.completion_tokens + excluded.completion_tokens")
        .bind(used.shop)
        .bind(used.day)
        .bind(&used.model)
        .bind(used.calls)
        .bind(used.failures)
        .bind(used.prompt_tokens)
        .bind(used.completion_tokens)
        .execute(tx.on())
        .await?;
        tx.commit().await
    }

    /// From a day on, the latest first.
    pub async fn chat_use_since(&self, shop: ShopId, day: i64) -> Result<Vec<ChatUse>> {
        let rows: Vec<Row> =
            sql("SELECT shop_id, day, model, calls, failures, prompt_tokens, completion_tokens FROM chat_ledger \
             WHERE shop_id = $1 AND day >= $2 ORDER BY day DESC, model")
            .bind(shop)
            .bind(day)
            .all(self.read().await?.on())
            .await?;
        let decode = |row: Row| {
            Ok(ChatUse {
                shop: parse("chat use", &row.shop_id)?,
                day: row.day,
                model: row.model,
                calls: row.calls,
                failures: row.failures,
                prompt_tokens: row.prompt_tokens,
                completion_tokens: row.completion_tokens,
            })
        };
        rows.into_iter().map(decode).collect()
    }
}
