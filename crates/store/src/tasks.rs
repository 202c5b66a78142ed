//! Follow-ups: what somebody has to do by a time, about a conversation or not.

use domain::{
    id::{ConversationId, ShopId, StaffId, TaskId},
    time::Timestamp,
};

use crate::{
    NewNotice, Result, Store,
    database::{one_changed, parse, sql},
    notices,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    pub id: TaskId,
    pub shop: ShopId,
    pub conversation: Option<ConversationId>,
    pub owner: StaffId,
    pub by: StaffId,
    pub text: String,
    pub due_at: Timestamp,
    pub reminded_at: Option<Timestamp>,
    pub done_at: Option<Timestamp>,
    pub created_at: Timestamp,
    /// Read with it, never written.
    pub owner_name: String,
    pub shopper_name: Option<String>,
}

#[derive(Debug, Clone, Copy)]
pub struct TaskFilter<'a> {
    pub shops: &'a [ShopId],
    /// `None`: everybody's.
    pub owner: Option<StaffId>,
    pub conversation: Option<ConversationId>,
    pub is_done: bool,
    pub limit: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    shop_id: String,
    conversation_id: Option<String>,
    owner_id: String,
    by_id: String,
    text: String,
    due_at: i64,
    reminded_at: Option<i64>,
    done_at: Option<i64>,
    created_at: i64,
    owner_name: String,
    shopper_name: Option<String>,
}

impl Row {
    fn decode(self) -> Result<Task> {
        Ok(Task {
            id: parse("task", &self.id)?,
            shop: parse("task", &self.shop_id)?,
            conversation: self.conversation_id.as_deref().map(|id| parse("task", id)).transpose()?,
            owner: parse("task", &self.owner_id)?,
            by: parse("task", &self.by_id)?,
            text: self.text,
            due_at: Timestamp(self.due_at),
            reminded_at: self.reminded_at.map(Timestamp),
            done_at: self.done_at.map(Timestamp),
            created_at: Timestamp(self.created_at),
            owner_name: self.owner_name,
            shopper_name: self.shopper_name,
        })
    }
}

const SELECT: &str = "SELECT t.id, t.shop_id, t.conversation_id, t.owner_id, t.by_id, t.text, t.due_at, \
     t.reminded_at, t.done_at, t.created_at, o.name AS owner_name, p.name AS shopper_name FROM tasks t \
     JOIN staff o ON o.id = t.owner_id LEFT JOIN conversations c ON c.id = t.conversation_id \
     LEFT JOIN shoppers p ON p.id = c.shopper_id ";

impl Store {
    pub async fn create_task(&self, task: &Task) -> Result<()> {
        let mut tx = self.write().await?;
        sql("INSERT INTO tasks (id, shop_id, conversation_id, owner_id, by_id, text, due_at, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(task.id)
        .bind(task.shop)
        .bind(task.conversation)
        .bind(task.owner)
        .bind(task.by)
        .bind(&task.text)
        .bind(task.due_at)
        .bind(task.created_at)
        .execute(tx.on())
        .await?;
        tx.commit().await
    }

    /// Text, owner, time and whether it is done. A later time is reminded of again.
    pub async fn update_task(&self, task: &Task) -> Result<()> {
        let mut tx = self.write().await?;
        let rows = sql("UPDATE tasks SET owner_id = $2, text = $3, due_at = $4, done_at = $5, reminded_at = $6 \
             WHERE id = $1")
        .bind(task.id)
        .bind(task.owner)
        .bind(&task.text)
        .bind(task.due_at)
        .bind(task.done_at)
        .bind(task.reminded_at)
        .execute(tx.on())
        .await?;
        tx.commit().await?;
        one_changed(rows)
    }

    pub async fn task(&self, id: TaskId) -> Result<Option<Task>> {
        let row: Option<Row> = sql(SELECT).push("WHERE t.id = $1").bind(id).optional(self.read().await?.on()).await?;
        row.map(Row::decode).transpose()
    }

    /// What is due first comes first; of what is done, the latest.
    pub async fn tasks(&self, filter: &TaskFilter<'_>) -> Result<Vec<Task>> {
        let mut query = sql(SELECT).push("WHERE t.shop_id IN ").push_list(filter.shops.iter().copied());
        if let Some(owner) = filter.owner {
            query = query.push(" AND t.owner_id = ").push_bind(owner);
        }
        if let Some(conversation) = filter.conversation {
            query = query.push(" AND t.conversation_id = ").push_bind(conversation);
        }
        query = match filter.is_done {
            true => query.push(" AND t.done_at IS NOT NULL ORDER BY t.done_at DESC, t.id DESC LIMIT "),
            false => query.push(" AND t.done_at IS NULL ORDER BY t.due_at, t.id LIMIT "),
        };
        let rows: Vec<Row> = query.push_bind(filter.limit).all(self.read().await?.on()).await?;
        rows.into_iter().map(Row::decode).collect()
    }

    /// Due and nobody was reminded, the longest overdue first.
    pub async fn due_tasks(&self, now: Timestamp, limit: i64) -> Result<Vec<Task>> {
        let rows: Vec<Row> = sql(SELECT)
            .push("WHERE t.done_at IS NULL AND t.reminded_at IS NULL AND t.due_at <= $1 ORDER BY t.due_at LIMIT $2")
            .bind(now)
            .bind(limit)
            .all(self.read().await?.on())
            .await?;
        rows.into_iter().map(Row::decode).collect()
    }

    /// `false` when another process has reminded already; then nothing is written.
    pub async fn remind_of_task(&self, task: TaskId, notice: &NewNotice) -> Result<bool> {
        let mut tx = self.write().await?;
        let rows = sql("UPDATE tasks SET reminded_at = $2 WHERE id = $1 AND reminded_at IS NULL AND done_at IS NULL")
            .bind(task)
            .bind(notice.at)
            .execute(tx.on())
            .await?;
        if rows == 0 {
            tx.rollback().await?;
            return Ok(false);
        }
        notices::insert(&mut tx, notice).await?;
        tx.commit().await?;
        Ok(true)
    }
}
