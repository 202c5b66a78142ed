//! What is known about uploaded files; their content lies elsewhere.

use domain::{
    id::{FileId, ShopId, ShopperId},
    time::Timestamp,
};

use crate::{
    Result, Store,
    database::{Sql, parse, sql},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    pub id: FileId,
    pub shop: ShopId,
    /// The shopper (`per_…`) or member of staff (`stf_…`) who sent it.
    pub uploader: String,
    pub name: String,
    pub media_type: String,
    pub bytes: i64,
    pub width: Option<i64>,
    pub height: Option<i64>,
    pub sha256: String,
    pub created_at: Timestamp,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    shop_id: String,
    uploader: String,
    name: String,
    media_type: String,
    bytes: i64,
    width: Option<i64>,
    height: Option<i64>,
    sha256: String,
    created_at: i64,
}

const SELECT: &str =
    "SELECT id, shop_id, uploader, name, media_type, bytes, width, height, sha256, created_at FROM files ";

impl Row {
    fn decode(self) -> Result<StoredFile> {
        Ok(StoredFile {
            id: parse("file", &self.id)?,
            shop: parse("file", &self.shop_id)?,
            uploader: self.uploader,
            name: self.name,
            media_type: self.media_type,
            bytes: self.bytes,
            width: self.width,
            height: self.height,
            sha256: self.sha256,
            created_at: Timestamp(self.created_at),
        })
    }
}

impl Store {
    pub async fn create_file(&self, file: &StoredFile) -> Result<()> {
        let mut tx = self.write().await?;
        sql("INSERT INTO files (id, shop_id, uploader, name, media_type, bytes, width, height, sha256, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
        .bind(file.id)
        .bind(file.shop)
        .bind(&file.uploader)
        .bind(&file.name)
        .bind(&file.media_type)
        .bind(file.bytes)
        .bind(file.width)
        .bind(file.height)
        .bind(&file.sha256)
        .bind(file.created_at)
        .execute(tx.on())
        .await?;
        tx.commit().await
    }

    pub async fn file(&self, id: FileId) -> Result<Option<StoredFile>> {
        Ok(self.files(&[id]).await?.pop())
    }

    /// Those of `ids` that exist, in the order of their ids.
    pub async fn files(&self, ids: &[FileId]) -> Result<Vec<StoredFile>> {
        self.load_files(sql(SELECT).push("WHERE id IN ").push_list(ids.iter().copied())).await
    }

    /// What a shopper has uploaded, so that erasing them can delete the content.
    pub async fn files_of(&self, shopper: ShopperId) -> Result<Vec<StoredFile>> {
        self.load_files(sql(SELECT).push("WHERE uploader = $1").bind(shopper)).await
    }

    async fn load_files(&self, select: Sql) -> Result<Vec<StoredFile>> {
        let rows: Vec<Row> = select.push(" ORDER BY id").all(self.read().await?.on()).await?;
        rows.into_iter().map(Row::decode).collect()
    }
}
