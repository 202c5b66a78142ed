//! Follow-ups: what somebody has to do by a time, about a conversation or not.

use domain::{
    actor::{Actor, Controller},
    conversation::{Event, Fact},
    id::{ConversationId, QueueId, ShopId, StaffId, TaskId},
    time::Timestamp,
};

use crate::{
    Append, NewNotice, Result, Store,
    database::{Tx, one_changed, parse, sql},
    notices,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskKind {
    /// Somebody of the team made it.
    FollowUp,
    /// A shopper asked to be called. It follows the conversation: whoever is given it has the task, and it is done
    /// when they have written or ended it.
    CallBack,
}

impl TaskKind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FollowUp => "follow_up",
            Self::CallBack => "call_back",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    pub id: TaskId,
    pub shop: ShopId,
    pub conversation: Option<ConversationId>,
    pub kind: TaskKind,
    /// `None`: whoever of the queue is first.
    pub owner: Option<StaffId>,
    pub queue: Option<QueueId>,
    /// `None`: the desk.
    pub by: Option<StaffId>,
    /// Empty for a call-back.
    pub text: String,
    pub due_at: Timestamp,
    pub reminded_at: Option<Timestamp>,
    pub done_at: Option<Timestamp>,
    pub created_at: Timestamp,
    /// Read with it, never written.
    pub owner_name: Option<String>,
    pub shopper_name: Option<String>,
    /// Of a call-back: where.
    pub contact: Option<String>,
}

#[derive(Debug, Clone, Copy)]
pub struct TaskFilter<'a> {
    pub shops: &'a [ShopId],
    /// Somebody's own and what lies with these queues; `None`: everybody's.
    pub of: Option<(StaffId, &'a [QueueId])>,
    pub conversation: Option<ConversationId>,
    pub is_done: bool,
    pub limit: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    shop_id: String,
    conversation_id: Option<String>,
    kind: String,
    owner_id: Option<String>,
    queue_id: Option<String>,
    by_id: Option<String>,
    text: String,
    due_at: i64,
    reminded_at: Option<i64>,
    done_at: Option<i64>,
    created_at: i64,
    owner_name: Option<String>,
    shopper_name: Option<String>,
    contact: Option<String>,
}

impl Row {
    fn decode(self) -> Result<Task> {
        let is_call_back = self.kind == TaskKind::CallBack.as_str();
        Ok(Task {
            id: parse("task", &self.id)?,
            shop: parse("task", &self.shop_id)?,
            conversation: self.conversation_id.as_deref().map(|id| parse("task", id)).transpose()?,
            kind: if is_call_back { TaskKind::CallBack } else { TaskKind::FollowUp },
            owner: self.owner_id.as_deref().map(|id| parse("task", id)).transpose()?,
            queue: self.queue_id.as_deref().map(|id| parse("task", id)).transpose()?,
            by: self.by_id.as_deref().map(|id| parse("task", id)).transpose()?,
            text: self.text,
            due_at: Timestamp(self.due_at),
            reminded_at: self.reminded_at.map(Timestamp),
            done_at: self.done_at.map(Timestamp),
            created_at: Timestamp(self.created_at),
            owner_name: self.owner_name,
            shopper_name: self.shopper_name,
            contact: self.contact.filter(|_| is_call_back),
        })
    }
}

const SELECT: &str = "SELECT t.id, t.shop_id, t.conversation_id, t.kind, t.owner_id, t.queue_id, t.by_id, \
     t.text, t.due_at, t.reminded_at, t.done_at, t.created_at, o.name AS owner_name, p.name AS shopper_name, \
     p.contact FROM tasks t LEFT JOIN staff o ON o.id = t.owner_id LEFT JOIN conversations c ON c.id = t.conversation_id \
     LEFT JOIN shoppers p ON p.id = c.shopper_id ";

/// What an append does to the call-back of its conversation.
pub(crate) async fn follow(tx: &mut Tx, append: &Append<'_>) -> Result<()> {
    for event in append.events {
        match (&event.fact, event.by) {
            (Fact::ContactLeft { call_back_by: Some(by), .. }, _) => begin_call_back(tx, append, event, *by).await?,
            (Fact::ControlPassed { to, .. }, _) => pass_call_back(tx, event, *to).await?,
            (Fact::AgentReplied { .. }, _) | (Fact::Resolved, Actor::Agent(_)) => {
                sql("UPDATE tasks SET done_at = $2 \
                     WHERE conversation_id = $1 AND kind = 'call_back' AND done_at IS NULL")
                .bind(event.conversation)
                .bind(event.at)
                .execute(tx.on())
                .await?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// While one is open, asking again adds none.
async fn begin_call_back(tx: &mut Tx, append: &Append<'_>, event: &Event, due_at: Timestamp) -> Result<()> {
    // Of the message's bits, so that it follows from the event alone.
    let Some(id) = event.fact.message().map(|message| TaskId::from_bits(message.bits())) else { return Ok(()) };
    let (owner, queue) = holder(append.state.controller());
    sql("INSERT INTO tasks (id, shop_id, conversation_id, kind, owner_id, queue_id, text, due_at, created_at) \
         VALUES ($1, $2, $3, 'call_back', $4, $5, '', $6, $7) ON CONFLICT DO NOTHING")
    .bind(id)
    .bind(append.state.shop)
    .bind(event.conversation)
    .bind(owner)
    .bind(queue)
    .bind(due_at)
    .bind(event.at)
    .execute(tx.on())
    .await
    .map(drop)
}

/// The bot calls nobody: with it, the task stays where it was.
async fn pass_call_back(tx: &mut Tx, event: &Event, to: Controller) -> Result<()> {
    if to == Controller::Bot {
        return Ok(());
    }
    let (owner, queue) = holder(Some(to));
    sql("UPDATE tasks SET owner_id = $2, queue_id = COALESCE($3, queue_id) \
         WHERE conversation_id = $1 AND kind = 'call_back' AND done_at IS NULL")
    .bind(event.conversation)
    .bind(owner)
    .bind(queue)
    .execute(tx.on())
    .await
    .map(drop)
}

const fn holder(controller: Option<Controller>) -> (Option<StaffId>, Option<QueueId>) {
    match controller {
        Some(Controller::Agent(agent)) => (Some(agent), None),
        Some(Controller::Queue(queue)) => (None, Some(queue)),
        _ => (None, None),
    }
}

impl Store {
    pub async fn create_task(&self, task: &Task) -> Result<()> {
        let mut tx = self.write().await?;
        sql("INSERT INTO tasks (id, shop_id, conversation_id, kind, owner_id, queue_id, by_id, text, due_at, \
             created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
        .bind(task.id)
        .bind(task.shop)
        .bind(task.conversation)
        .bind(task.kind.as_str())
        .bind(task.owner)
        .bind(task.queue)
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
        if let Some((owner, queues)) = filter.of {
            query = query.push(" AND (t.owner_id = ").push_bind(owner);
            query =
                query.push(" OR (t.owner_id IS NULL AND t.queue_id IN ").push_list(queues.iter().copied()).push("))");
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
    pub async fn remind_of_task(&self, task: TaskId, at: Timestamp, told: &[NewNotice]) -> Result<bool> {
        let mut tx = self.write().await?;
        let rows = sql("UPDATE tasks SET reminded_at = $2 WHERE id = $1 AND reminded_at IS NULL AND done_at IS NULL")
            .bind(task)
            .bind(at)
            .execute(tx.on())
            .await?;
        if rows == 0 {
            tx.rollback().await?;
            return Ok(false);
        }
        for notice in told {
            notices::insert(&mut tx, notice).await?;
        }
        tx.commit().await?;
        Ok(true)
    }
}
