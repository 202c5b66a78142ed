//! The team's lists of conversations.

use domain::{
    conversation::Conversation,
    id::{ShopId, StaffId},
    time::Timestamp,
};

use crate::{Result, Store};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InboxView {
    /// Who has waited longest first; all other views show the latest event first.
    Queue,
    Mine(StaffId),
    Bot,
    Open,
    Resolved,
}

#[derive(Debug, Clone, Copy)]
pub struct InboxFilter<'a> {
    pub shops: &'a [ShopId],
    pub view: InboxView,
    /// In the shopper's name or the last line, or a conversation's whole id.
    pub text: Option<&'a str>,
    pub cursor: Option<&'a str>,
    pub limit: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxRow {
    pub conversation: Conversation,
    pub shopper_name: Option<String>,
    pub verified: bool,
    pub level: i64,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct InboxCounts {
    pub queue: i64,
    pub mine: i64,
    pub bot: i64,
    pub open: i64,
}

impl Store {
    pub async fn inbox(&self, filter: &InboxFilter<'_>) -> Result<InboxPage> {
        unimplemented!("{filter:?}")
    }

    pub async fn inbox_counts(&self, shops: &[ShopId], me: StaffId) -> Result<InboxCounts> {
        unimplemented!("{shops:?} {me}")
    }
}
