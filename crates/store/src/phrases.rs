//! Quick phrases: of everybody, of a shop, or of one member of staff.

use domain::{
    id::{PhraseId, ShopId, StaffId},
    language::Bilingual,
    time::Timestamp,
};

use crate::{
    Result, Store,
    database::{Sql, one_changed, parse, sql},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    pub id: PhraseId,
    /// `None` for every shop.
    pub shop: Option<ShopId>,
    /// `None` for the whole team.
    pub owner: Option<StaffId>,
    pub shortcut: String,
    /// Either language may be empty.
    pub text: Bilingual,
    pub group: String,
    pub used: i64,
    pub created_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    shop_id: Option<String>,
    owner_id: Option<String>,
    shortcut: String,
    text_zh: String,
    text_en: String,
    group_name: String,
    used: i64,
    created_at: i64,
}

const SELECT: &str =
    "SELECT id, shop_id, owner_id, shortcut, text_zh, text_en, group_name, used, created_at FROM phrases ";

impl Row {
    fn decode(self) -> Result<Phrase> {
        Ok(Phrase {
            id: parse("phrase", &self.id)?,
            shop: self.shop_id.as_deref().map(|id| parse("phrase", id)).transpose()?,
            owner: self.owner_id.as_deref().map(|id| parse("phrase", id)).transpose()?,
            shortcut: self.shortcut,
            text: Bilingual { zh: self.text_zh, en: self.text_en },
            group: self.group_name,
            used: self.used,
            created_at: Timestamp(self.created_at),
        })
    }
}

impl Store {
    /// `Conflict` when the shortcut is taken for the same shop and owner.
    pub async fn create_phrase(&self, phrase: &Phrase) -> Result<()> {
        let insert = sql("INSERT INTO phrases (id, shop_id, owner_id, shortcut, text_zh, text_en, group_name, \
             created_at, used) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
        self.change_phrase(bind_phrase(insert, phrase).bind(phrase.used)).await.and_then(one_changed)
    }

    /// Everything but the count of uses. `Conflict` as on creation, and when it has been deleted.
    pub async fn update_phrase(&self, phrase: &Phrase) -> Result<()> {
        let update = sql("UPDATE phrases SET shop_id = $2, owner_id = $3, shortcut = $4, text_zh = $5, text_en = $6, \
             group_name = $7, created_at = $8 WHERE id = $1");
        self.change_phrase(bind_phrase(update, phrase)).await.and_then(one_changed)
    }

    pub async fn delete_phrase(&self, id: PhraseId) -> Result<bool> {
        Ok(self.change_phrase(sql("DELETE FROM phrases WHERE id = $1").bind(id)).await? == 1)
    }

    pub async fn bump_phrase_used(&self, id: PhraseId) -> Result<()> {
        self.change_phrase(sql("UPDATE phrases SET used = used + 1 WHERE id = $1").bind(id)).await.map(drop)
    }

    async fn change_phrase(&self, change: Sql) -> Result<u64> {
        let mut tx = self.write().await?;
        let rows = change.execute(tx.on()).await?;
        tx.commit().await?;
        Ok(rows)
    }

    pub async fn phrase(&self, id: PhraseId) -> Result<Option<Phrase>> {
        let row: Option<Row> = sql(SELECT).push("WHERE id = $1").bind(id).optional(self.read().await?.on()).await?;
        row.map(Row::decode).transpose()
    }

    /// What `me` may use in `shops`: phrases of all shops and of these, of the team and one's own, by shortcut.
    pub async fn phrases(&self, shops: &[ShopId], me: StaffId) -> Result<Vec<Phrase>> {
        let rows: Vec<Row> = sql(SELECT)
            .push("WHERE (owner_id IS NULL OR owner_id = $1) AND (shop_id IS NULL OR shop_id IN ")
            .bind(me)
            .push_list(shops.iter().copied())
            .push(") ORDER BY shortcut, id")
            .all(self.read().await?.on())
            .await?;
        rows.into_iter().map(Row::decode).collect()
    }
}

fn bind_phrase(statement: Sql, phrase: &Phrase) -> Sql {
    statement
        .bind(phrase.id)
        .bind(phrase.shop)
        .bind(phrase.owner)
        .bind(&phrase.shortcut)
        .bind(&phrase.text.zh)
        .bind(&phrase.text.en)
        .bind(&phrase.group)
        .bind(phrase.created_at)
}
