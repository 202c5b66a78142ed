//! The team's lists of conversations.

use std::collections::BTreeSet;

use domain::{
    conversation::Conversation,
    id::{ConversationId, QueueId, ShopId, ShopperId, StaffId},
    time::Timestamp,
};

use crate::{
    Result, Store,
    database::{Cursor, Sql, contains, from_json, sql},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InboxView {
    /// Who has waited longest first, as in `Waiting`; all other views show the latest event first.
    Queue,
    /// A human owes an answer: who has waited longest first.
    Waiting,
    /// With me, and not asleep.
    Mine(StaffId),
    Bot,
    /// With any agent.
    Served,
    Open,
    /// Out of sight for a while, the latest first.
    Snoozed(Option<StaffId>),
    /// Open or not, of one shopper.
    Of(ShopperId),
    Resolved,
}

#[derive(Debug, Clone, Copy)]
pub struct InboxFilter<'a> {
    pub shops: &'a [ShopId],
    pub view: InboxView,
    /// In the shopper's name or the last line, or a conversation's whole id.
    pub text: Option<&'a str>,
    /// Carrying this tag.
    pub tag: Option<&'a str>,
    /// Waiting in this queue.
    pub queue: Option<QueueId>,
    pub cursor: Option<&'a str>,
    pub limit: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxRow {
    pub conversation: Conversation,
    pub shopper_name: Option<String>,
    pub verified: bool,
    pub level: i64,
    /// Of the agent in control.
    pub agent_name: Option<String>,
    pub last_at: Timestamp,
    /// `shopper`, `bot`, `agent` or `system`.
    pub last_by: String,
    pub preview: String,
    /// What the shopper has written after the team's read mark.
    pub unread: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxPage {
    pub rows: Vec<InboxRow>,
    pub next: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, sqlx::FromRow)]
pub struct InboxCounts {
    pub queue: i64,
    pub waiting: i64,
    /// Of those that are mine.
    pub snoozed: i64,
    pub mine: i64,
    pub bot: i64,
    pub open: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    sort_at: i64,
    state: String,
    shopper_name: Option<String>,
    level: i64,
    agent_name: Option<String>,
    last_at: i64,
    last_by: String,
    preview: String,
    unread: i64,
}

impl Row {
    fn decode(self) -> Result<InboxRow> {
        let conversation: Conversation = from_json("conversation", &self.state)?;
        Ok(InboxRow {
            verified: conversation.customer.is_some(),
            conversation,
            shopper_name: self.shopper_name,
            level: self.level,
            agent_name: self.agent_name,
            last_at: Timestamp(self.last_at),
            last_by: self.last_by,
            preview: self.preview,
            unread: self.unread,
        })
    }
}

impl InboxView {
    /// The name of its order, for cursors: one of another order would skip rows.
    const fn list(self) -> &'static str {
        match self {
            Self::Queue => "inbox-queue",
            Self::Waiting => "inbox-waiting",
            _ => "inbox",
        }
    }

    /// What its rows are sorted by, and whether the smallest comes first.
    const fn order(self) -> (&'static str, bool) {
        match self {
            Self::Queue => ("c.queued_since", true),
            Self::Waiting => ("c.waiting_since", true),
            _ => ("c.last_at", false),
        }
    }

    fn narrow(self, query: Sql) -> Sql {
        match self {
            Self::Queue => query.push(" AND c.controller = 'queue'"),
            Self::Served => query.push(" AND c.controller = 'agent'"),
            Self::Waiting => {
                query.push(" AND c.controller <> 'bot' AND c.waiting_since IS NOT NULL AND NOT c.is_snoozed")
            }
            Self::Mine(agent) => {
                query.push(" AND NOT c.is_snoozed AND c.controller = 'agent' AND c.agent_id = ").push_bind(agent)
            }
            Self::Of(shopper) => query.push(" AND c.shopper_id = ").push_bind(shopper),
            Self::Snoozed(None) => query.push(" AND c.is_snoozed"),
            Self::Snoozed(Some(agent)) => query.push(" AND c.is_snoozed AND c.agent_id = ").push_bind(agent),
            Self::Bot => query.push(" AND c.controller = 'bot'"),
            Self::Open => query.push(" AND c.is_open"),
            Self::Resolved => query.push(" AND c.controller = 'none'"),
        }
    }

    fn after(self, query: Sql, cursor: &Cursor) -> Sql {
        let (by, is_rising) = self.order();
        let query = query.push(" AND (").push(by).push(if is_rising { ", c.id) > (" } else { ", c.id) < (" });
        query.push_bind(cursor.at).push(", ").push_bind(&cursor.id).push(")")
    }
}

/// One row more than asked for, which tells whether there is a next page.
fn page_of_shop(shop: ShopId, filter: &InboxFilter<'_>, cursor: Option<&Cursor>) -> Sql {
    let view = filter.view;
    let (by, is_rising) = view.order();
    let mut query = sql("SELECT ")
        .push(by)
        .push(
            " AS sort_at, c.id, c.state, s.name AS shopper_name, s.level, t.name AS agent_name, c.last_at, c.last_by, \
             c.preview, c.unread FROM conversations c JOIN shoppers s ON s.id = c.shopper_id \
             LEFT JOIN staff t ON t.id = c.agent_id WHERE c.shop_id = ",
        )
        .push_bind(shop);
    query = view.narrow(query);
    if let Some(text) = filter.text {
        let pattern = contains(text);
        query = query
            .push(" AND (LOWER(COALESCE(s.name, '')) LIKE LOWER(")
            .push_bind(&pattern)
            .push(") ESCAPE '\\' OR LOWER(c.preview) LIKE LOWER(")
            .push_bind(&pattern)
            .push(") ESCAPE '\\' OR c.id = ")
            .push_bind(text)
            .push(")");
    }
    if let Some(tag) = filter.tag {
        query = query.push(" AND c.tags LIKE ").push_bind(contains(&format!("|{tag}|"))).push(" ESCAPE '\\'");
    }
    if let Some(queue) = filter.queue {
        query = query.push(" AND c.queue_id = ").push_bind(queue);
    }
    if let Some(cursor) = cursor {
        query = view.after(query, cursor);
    }
    query = query.push(" ORDER BY ").push(by).push(if is_rising { ", c.id LIMIT " } else { " DESC, c.id DESC LIMIT " });
    query.push_bind(filter.limit.saturating_add(1))
}

impl Store {
    pub async fn inbox(&self, filter: &InboxFilter<'_>) -> Result<InboxPage> {
        let view = filter.view;
        let cursor = filter.cursor.map(|text| Cursor::decode::<ConversationId>(view.list(), text)).transpose()?;
        let mut db = self.read().await?;
        let mut rows: Vec<Row> = Vec::new();
        // Shop by shop, as each is in order in an index; all at once would sort everything there is for one page.
        for shop in filter.shops.iter().copied().collect::<BTreeSet<_>>() {
            rows.extend(page_of_shop(shop, filter, cursor.as_ref()).all::<Row>(db.on()).await?);
        }
        rows.sort_unstable_by(|a, b| (a.sort_at, &a.id).cmp(&(b.sort_at, &b.id)));
        if !view.order().1 {
            rows.reverse();
        }
        let next = Cursor::cut(view.list(), &mut rows, filter.limit, |row| (row.sort_at, row.id.clone()));
        Ok(InboxPage { rows: rows.into_iter().map(Row::decode).collect::<Result<_>>()?, next })
    }

    pub async fn inbox_counts(&self, shops: &[ShopId], me: StaffId) -> Result<InboxCounts> {
        sql("SELECT COUNT(*) AS open, COUNT(CASE WHEN controller = 'queue' THEN 1 END) AS queue, \
             COUNT(CASE WHEN controller = 'bot' THEN 1 END) AS bot, \
             COUNT(CASE WHEN controller <> 'bot' AND waiting_since IS NOT NULL AND NOT is_snoozed THEN 1 END) AS waiting, \
             COUNT(CASE WHEN controller = 'agent' AND agent_id = $1 AND is_snoozed THEN 1 END) AS snoozed, \
             COUNT(CASE WHEN controller = 'agent' AND agent_id = $1 AND NOT is_snoozed THEN 1 END) AS mine \
             FROM conversations WHERE is_open AND shop_id IN ")
        .bind(me)
        .push_list(shops.iter().copied())
        .one(self.read().await?.on())
        .await
    }
}
