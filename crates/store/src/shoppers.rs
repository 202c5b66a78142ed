//! Shoppers: the people on the shop's side of the chat, anonymous until the shop vouches for them.

use domain::{
    id::{ShopId, ShopperId},
    language::Language,
    shop::CustomerKey,
    time::Timestamp,
};

use crate::{
    Result, Store,
    database::{language, one_changed, parse, sql},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shopper {
    pub id: ShopperId,
    pub shop: ShopId,
    pub customer: Option<CustomerKey>,
    pub name: Option<String>,
    pub language: Language,
    pub level: i64,
    /// `bot` or `human`, once the shopper has said so.
    pub prefers: Option<String>,
    pub contact: Option<String>,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    shop_id: String,
    customer: Option<String>,
    name: Option<String>,
    language: String,
    level: i64,
    prefers: Option<String>,
    contact: Option<String>,
    created_at: i64,
    seen_at: i64,
}

const SELECT: &str =
    "SELECT id, shop_id, customer, name, language, level, prefers, contact, created_at, seen_at FROM shoppers ";

impl Row {
    fn decode(self) -> Result<Shopper> {
        Ok(Shopper {
            id: parse("shopper", &self.id)?,
            shop: parse("shopper", &self.shop_id)?,
            customer: self.customer.map(CustomerKey),
            name: self.name,
            language: language("shopper", &self.language)?,
            level: self.level,
            prefers: self.prefers,
            contact: self.contact,
            created_at: Timestamp(self.created_at),
            seen_at: Timestamp(self.seen_at),
        })
    }
}

impl Store {
    /// What the shopper chose last, `bot` or `human`.
    pub async fn set_preference(&self, id: ShopperId, prefers: &str) -> Result<()> {
        let mut tx = self.write().await?;
        sql("UPDATE shoppers SET prefers = $2 WHERE id = $1").bind(id).bind(prefers).execute(tx.on()).await?;
        tx.commit().await
    }

    /// `Conflict` when the shop's customer has a shopper already.
    pub async fn create_shopper(&self, shopper: &Shopper) -> Result<()> {
        self.save_shopper(
            "INSERT INTO shoppers (id, shop_id, customer, name, language, level, prefers, contact, created_at, seen_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            shopper,
        )
        .await
    }

    /// `Conflict` when it doesn't exist, or the shop's customer has another shopper.
    pub async fn update_shopper(&self, shopper: &Shopper) -> Result<()> {
        self.save_shopper(
            "UPDATE shoppers SET shop_id = $2, customer = $3, name = $4, language = $5, level = $6, prefers = $7, \
             contact = $8, created_at = $9, seen_at = $10 WHERE id = $1",
            shopper,
        )
        .await
    }

    async fn save_shopper(&self, statement: &'static str, shopper: &Shopper) -> Result<()> {
        let mut tx = self.write().await?;
        let rows = sql(statement)
            .bind(shopper.id)
            .bind(shopper.shop)
            .bind(shopper.customer.as_ref().map(CustomerKey::as_str))
            .bind(shopper.name.as_ref())
            .bind(shopper.language.as_str())
            .bind(shopper.level)
            .bind(shopper.prefers.as_ref())
            .bind(shopper.contact.as_ref())
            .bind(shopper.created_at)
            .bind(shopper.seen_at)
            .execute(tx.on())
            .await?;
        one_changed(rows)?;
        tx.commit().await
    }

    pub async fn shopper(&self, id: ShopperId) -> Result<Option<Shopper>> {
        let row: Option<Row> = sql(SELECT).push("WHERE id = $1").bind(id).optional(self.read().await?.on()).await?;
        row.map(Row::decode).transpose()
    }

    pub async fn shopper_of_customer(&self, shop: ShopId, customer: &CustomerKey) -> Result<Option<Shopper>> {
        let row: Option<Row> = sql(SELECT)
            .push("WHERE shop_id = $1 AND customer = $2")
            .bind(shop)
            .bind(customer.as_str())
            .optional(self.read().await?.on())
            .await?;
        row.map(Row::decode).transpose()
    }
}
