//! Lists of conversations people have put together for themselves.

use domain::{
    id::{StaffId, ViewId},
    time::Timestamp,
};

use crate::{
    Result, Store,
    database::{parse, sql},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    pub id: ViewId,
    pub owner: StaffId,
    pub name: String,
    /// What is asked of the inbox, JSON, opaque here.
    pub wish: String,
    pub created_at: Timestamp,
}

impl Store {
    /// `false` when that many are kept already.
    pub async fn save_view(&self, view: &SavedView, most: i64) -> Result<bool> {
        let mut tx = self.write().await?;
        let rows = sql("INSERT INTO inbox_views (id, staff_id, name, wish, created_at) SELECT $1, $2, $3, $4, $5 \
             WHERE (SELECT COUNT(*) FROM inbox_views WHERE staff_id = $2) < $6")
        .bind(view.id)
        .bind(view.owner)
        .bind(&view.name)
        .bind(&view.wish)
        .bind(view.created_at)
        .bind(most)
        .execute(tx.on())
        .await?;
        tx.commit().await?;
        Ok(rows == 1)
    }

    /// Others' views don't exist for `owner`.
    pub async fn delete_view(&self, id: ViewId, owner: StaffId) -> Result<bool> {
        let mut tx = self.write().await?;
        let rows = sql("DELETE FROM inbox_views WHERE id = $1 AND staff_id = $2")
            .bind(id)
            .bind(owner)
            .execute(tx.on())
            .await?;
        tx.commit().await?;
        Ok(rows == 1)
    }

    pub async fn views(&self, owner: StaffId) -> Result<Vec<SavedView>> {
        let rows: Vec<(String, String, String, i64)> =
            sql("SELECT id, name, wish, created_at FROM inbox_views WHERE staff_id = $1 ORDER BY created_at, id")
                .bind(owner)
                .all(self.read().await?.on())
                .await?;
        rows.into_iter()
            .map(|(id, name, wish, at)| {
                Ok(SavedView { id: parse("view", &id)?, owner, name, wish, created_at: Timestamp(at) })
            })
            .collect()
    }
}
