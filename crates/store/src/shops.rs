//! Shops of the merchant and their settings, which are opaque here.

use domain::{
    id::{QueueId, ShopId},
    language::Bilingual,
    time::Timestamp,
};

use crate::{
    NewAudit, Result, Store,
    database::{one_changed, parse, sql},
    team::insert_audit,
};

#[derive(Clone, PartialEq, Eq)]
pub struct Shop {
    pub id: ShopId,
    pub key: String,
    pub name: Bilingual,
    /// JSON, opaque here.
    pub settings: String,
    pub identity_secret: String,
    /// Where its conversations wait for an agent.
    pub queue: QueueId,
    /// Whether the desk gives conversations to agents as long as no plan says otherwise; fixed when the shop is made.
    pub assigns: bool,
    pub created_at: Timestamp,
}

/// Without the secret.
impl std::fmt::Debug for Shop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shop").field("id", &self.id).field("key", &self.key).finish_non_exhaustive()
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    key: String,
    name_zh: String,
    name_en: String,
    settings: String,
    identity_secret: String,
    queue_id: String,
    assigns: bool,
    created_at: i64,
}

const SELECT: &str =
    "SELECT id, key, name_zh, name_en, settings, identity_secret, queue_id, assigns, created_at FROM shops ";

impl Row {
    fn decode(self) -> Result<Shop> {
        Ok(Shop {
            id: parse("shop", &self.id)?,
            key: self.key,
            name: Bilingual { zh: self.name_zh, en: self.name_en },
            settings: self.settings,
            identity_secret: self.identity_secret,
            queue: parse("shop", &self.queue_id)?,
            assigns: self.assigns,
            created_at: Timestamp(self.created_at),
        })
    }
}

impl Store {
    /// `Conflict` when the key is taken.
    pub async fn create_shop(&self, shop: &Shop) -> Result<()> {
        self.save_shop(
            "INSERT INTO shops (id, key, name_zh, name_en, settings, identity_secret, queue_id, created_at, assigns) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            shop,
        )
        .await
    }

    /// `Conflict` when it doesn't exist or the key is taken.
    pub async fn update_shop(&self, shop: &Shop) -> Result<()> {
        self.save_shop(
            "UPDATE shops SET key = $2, name_zh = $3, name_en = $4, settings = $5, identity_secret = $6, \
             queue_id = $7, created_at = $8, assigns = $9 WHERE id = $1",
            shop,
        )
        .await
    }

    /// The settings alone, with the audit entry. `Conflict` when they are no longer `before`.
    pub async fn change_shop_settings(&self, shop: ShopId, before: &str, after: &str, audit: &NewAudit) -> Result<()> {
        let mut tx = self.write().await?;
        let rows = sql("UPDATE shops SET settings = $3 WHERE id = $1 AND settings = $2")
            .bind(shop)
            .bind(before)
            .bind(after)
            .execute(tx.on())
            .await?;
        one_changed(rows)?;
        insert_audit(&mut tx, audit).await?;
        tx.commit().await
    }

    async fn save_shop(&self, statement: &'static str, shop: &Shop) -> Result<()> {
        let mut tx = self.write().await?;
        let rows = sql(statement)
            .bind(shop.id)
            .bind(&shop.key)
            .bind(&shop.name.zh)
            .bind(&shop.name.en)
            .bind(&shop.settings)
            .bind(&shop.identity_secret)
            .bind(shop.queue)
            .bind(shop.created_at)
            .bind(shop.assigns)
            .execute(tx.on())
            .await?;
        one_changed(rows)?;
        tx.commit().await
    }

    /// In the order of creation.
    pub async fn shops(&self) -> Result<Vec<Shop>> {
        let rows: Vec<Row> = sql(SELECT).push("ORDER BY created_at, id").all(self.read().await?.on()).await?;
        rows.into_iter().map(Row::decode).collect()
    }

    pub async fn shop(&self, id: ShopId) -> Result<Option<Shop>> {
        let row: Option<Row> = sql(SELECT).push("WHERE id = $1").bind(id).optional(self.read().await?.on()).await?;
        row.map(Row::decode).transpose()
    }

    pub async fn shop_by_key(&self, key: &str) -> Result<Option<Shop>> {
        let row: Option<Row> = sql(SELECT).push("WHERE key = $1").bind(key).optional(self.read().await?.on()).await?;
        row.map(Row::decode).transpose()
    }
}
