//! What was done, or asked to be done, to orders: one row for each wish, unique by the shop and the key it was asked
//! under. What may be done is decided elsewhere.

use domain::{
    id::{ActionId, ConversationId, ShopId, StaffId},
    shop::{CustomerKey, OrderKey},
    time::Timestamp,
};

use crate::{
    NewAudit, NewJob, Result, Store,
    database::{Sql, one_changed, parse, sql},
    jobs,
    team::insert_audit,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAction {
    pub id: ActionId,
    pub shop: ShopId,
    pub conversation: Option<ConversationId>,
    pub customer: Option<CustomerKey>,
    pub order: Option<OrderKey>,
    pub key: String,
    pub name: String,
    /// JSON, as are the preview and the outcome.
    pub wish: String,
    pub by_kind: String,
    pub by_id: Option<String>,
    pub state: String,
    pub rule: Option<String>,
    pub approver: Option<String>,
    pub preview: String,
    pub outcome: Option<String>,
    pub decided_by: Option<StaffId>,
    pub undo_until: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// Which actions to list, the latest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActionFilter {
    Order(ShopId, OrderKey),
    Conversation(ConversationId),
    /// Those that wait for somebody's approval.
    Waiting(Vec<ShopId>),
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    shop_id: String,
    conversation_id: Option<String>,
    customer: Option<String>,
    order_key: Option<String>,
    key: String,
    name: String,
    wish: String,
    by_kind: String,
    by_id: Option<String>,
    state: String,
    rule: Option<String>,
    approver: Option<String>,
    preview: String,
    outcome: Option<String>,
    decided_by: Option<String>,
    undo_until: Option<i64>,
    created_at: i64,
    updated_at: i64,
}

const COLUMNS: &str = "id, shop_id, conversation_id, customer, order_key, key, name, wish, by_kind, by_id, state, rule, \
     approver, preview, outcome, decided_by, undo_until, created_at, updated_at";

impl Row {
    fn decode(self) -> Result<StoredAction> {
        Ok(StoredAction {
            id: parse("action", &self.id)?,
            shop: parse("action", &self.shop_id)?,
            conversation: self.conversation_id.as_deref().map(|id| parse("action", id)).transpose()?,
            customer: self.customer.map(CustomerKey),
            order: self.order_key.map(OrderKey),
            key: self.key,
            name: self.name,
            wish: self.wish,
            by_kind: self.by_kind,
            by_id: self.by_id,
            state: self.state,
            rule: self.rule,
            approver: self.approver,
            preview: self.preview,
            outcome: self.outcome,
            decided_by: self.decided_by.as_deref().map(|id| parse("action", id)).transpose()?,
            undo_until: self.undo_until.map(Timestamp),
            created_at: Timestamp(self.created_at),
            updated_at: Timestamp(self.updated_at),
        })
    }
}

impl Store {
    /// `Conflict` when the key was used in this shop before, or when another action on the order is running. The audit entry, and the job that finishes what a dying
    /// process leaves undone, are written with it.
    pub async fn create_action(&self, action: &StoredAction, audit: &NewAudit, job: Option<&NewJob>) -> Result<()> {
        let mut tx = self.write().await?;
        let insert = sql("INSERT INTO actions (id, shop_id, conversation_id, customer, order_key, key, name, wish, \
             by_kind, by_id, state, rule, approver, preview, outcome, decided_by, undo_until, created_at, updated_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) \
             ON CONFLICT DO NOTHING")
        .bind(action.id)
        .bind(action.shop)
        .bind(action.conversation)
        .bind(action.customer.as_ref().map(|key| &key.0))
        .bind(action.order.as_ref().map(|key| &key.0))
        .bind(&action.key)
        .bind(&action.name)
        .bind(&action.wish)
        .bind(&action.by_kind)
        .bind(action.by_id.as_ref())
        .bind(&action.state)
        .bind(action.rule.as_ref())
        .bind(action.approver.as_ref())
        .bind(&action.preview)
        .bind(action.outcome.as_ref())
        .bind(action.decided_by)
        .bind(action.undo_until)
        .bind(action.created_at)
        .bind(action.updated_at);
        one_changed(insert.execute(tx.on()).await?)?;
        insert_audit(&mut tx, audit).await?;
        if let Some(job) = job {
            jobs::insert(&mut tx, job).await?;
        }
        tx.commit().await
    }

    /// Writes what became of an action, if it is still in the state `from`; `Conflict` when somebody else was first, or
    /// when it is to run while another one does.
    pub async fn advance_action(
        &self,
        action: &StoredAction,
        from: &str,
        audit: &NewAudit,
        job: Option<&NewJob>,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        let update = sql("UPDATE actions SET state = $3, rule = $4, approver = $5, outcome = $6, decided_by = $7, \
             undo_until = $8, updated_at = $9 WHERE id = $1 AND state = $2")
        .bind(action.id)
        .bind(from)
        .bind(&action.state)
        .bind(action.rule.as_ref())
        .bind(action.approver.as_ref())
        .bind(action.outcome.as_ref())
        .bind(action.decided_by)
        .bind(action.undo_until)
        .bind(action.updated_at);
        one_changed(update.execute(tx.on()).await?)?;
        insert_audit(&mut tx, audit).await?;
        if let Some(job) = job {
            jobs::insert(&mut tx, job).await?;
        }
        tx.commit().await
    }

    pub async fn action(&self, id: ActionId) -> Result<Option<StoredAction>> {
        self.one_action(select().push(" WHERE id = ").push_bind(id)).await
    }

    pub async fn action_by_key(&self, shop: ShopId, key: &str) -> Result<Option<StoredAction>> {
        self.one_action(select().push(" WHERE shop_id = ").push_bind(shop).push(" AND key = ").push_bind(key)).await
    }

    async fn one_action(&self, query: Sql) -> Result<Option<StoredAction>> {
        let row: Option<Row> = query.optional(self.read().await?.on()).await?;
        row.map(Row::decode).transpose()
    }

    /// The latest first.
    pub async fn actions(&self, filter: &ActionFilter, limit: i64) -> Result<Vec<StoredAction>> {
        let query = match filter {
            ActionFilter::Order(shop, order) => {
                select().push(" WHERE shop_id = ").push_bind(*shop).push(" AND order_key = ").push_bind(&order.0)
            }
            ActionFilter::Conversation(id) => select().push(" WHERE conversation_id = ").push_bind(*id),
            ActionFilter::Waiting(shops) => {
                select().push(" WHERE state = 'awaiting_approval' AND shop_id IN ").push_list(shops.iter().copied())
            }
        };
        let rows: Vec<Row> = query
            .push(" ORDER BY created_at DESC, id DESC LIMIT ")
            .push_bind(limit)
            .all(self.read().await?.on())
            .await?;
        rows.into_iter().map(Row::decode).collect()
    }
}

fn select() -> Sql {
    sql("SELECT ").push(COLUMNS).push(" FROM actions")
}
