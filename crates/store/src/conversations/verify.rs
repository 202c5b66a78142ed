//! Comparing a conversation's row with the fold of its log. It only reports; nothing is mended here.

use std::fmt::Debug;

use domain::{
    actor::Controller,
    conversation::{Conversation, Event, Fact},
    id::ConversationId,
    time::Timestamp,
};

use super::{
    events,
    projection::{Happened, StateColumns},
};
use crate::{
    Result, Store,
    database::{Tx, from_json, sql},
};

/// Something the row and the log disagree about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub what: &'static str,
    pub row: String,
    pub log: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    shop_id: String,
    shopper_id: String,
    last_seq: i64,
    state: String,
    is_open: bool,
    controller: String,
    queue_id: Option<String>,
    agent_id: Option<String>,
    started_at: i64,
    last_at: i64,
    waiting_since: Option<i64>,
    queued_since: Option<i64>,
    answered_by_bot_at: Option<i64>,
    handed_off_at: Option<i64>,
    resolved_at: Option<i64>,
    rated_at: Option<i64>,
    stars: Option<i64>,
    unread: i64,
    team_read_seq: i64,
    tags: String,
    is_snoozed: bool,
    snoozed_until: Option<i64>,
    kept_since: Option<i64>,
}

#[derive(Default)]
struct Differences(Vec<Difference>);

impl Differences {
    fn compare<T: PartialEq + Debug>(&mut self, what: &'static str, row: T, log: T) {
        if row != log {
            self.0.push(Difference { what, row: format!("{row:?}"), log: format!("{log:?}") });
        }
    }
}

impl Store {
    /// Empty when the row is exactly what the log says. A conversation that doesn't exist has no differences.
    pub async fn verify_conversation(&self, id: ConversationId) -> Result<Vec<Difference>> {
        let mut tx = self.snapshot().await?;
        let row: Option<Row> = sql("SELECT shop_id, shopper_id, last_seq, state, is_open, controller, queue_id, \
             agent_id, started_at, last_at, waiting_since, queued_since, answered_by_bot_at, handed_off_at, \
             resolved_at, rated_at, stars, unread, team_read_seq, tags, is_snoozed, snoozed_until, kept_since \
             FROM conversations WHERE id = $1")
        .bind(id)
        .optional(tx.on())
        .await?;
        let stored = events::load(tx.on(), id, 0, i64::MAX).await?;
        let stay = open_stay(&mut tx, id).await?;
        tx.rollback().await?;
        let mut differences = Differences::default();
        let log: Vec<Event> = stored.iter().map(|stored| stored.event.clone()).collect();
        let folded = Conversation::fold(&log);
        differences.compare("existence", row.is_some(), folded.is_some());
        if let (Some(row), Some(folded)) = (row, folded) {
            let state: Conversation = from_json("conversation", &row.state)?;
            differences.compare("state", &state, &folded);
            compare_state(&mut differences, &row, &folded);
            compare_times(&mut differences, &row, &log);
            compare_stay(&mut differences, stay, &folded, &log);
        }
        for stored in &stored {
            if stored.event.fact.message().is_some() {
                differences.compare("body", stored.body.is_some(), true);
            }
        }
        Ok(differences.0)
    }
}

/// The queue the conversation is in by the account of stays, and since when.
async fn open_stay(tx: &mut Tx, id: ConversationId) -> Result<Option<(String, i64)>> {
    sql("SELECT queue_id, entered_at FROM queue_stays WHERE conversation_id = $1 AND left_at IS NULL")
        .bind(id)
        .optional(tx.on())
        .await
}

fn compare_state(differences: &mut Differences, row: &Row, state: &Conversation) {
    let columns = StateColumns::from(state);
    differences.compare("shop", &row.shop_id, &state.shop.to_string());
    differences.compare("shopper", &row.shopper_id, &state.shopper.to_string());
    differences.compare("last_seq", row.last_seq, state.seq);
    differences.compare("is_open", row.is_open, columns.is_open);
    differences.compare("controller", row.controller.as_str(), columns.controller);
    differences.compare("queue", &row.queue_id, &columns.queue);
    differences.compare("agent", &row.agent_id, &columns.agent);
    differences.compare("started_at", row.started_at, state.started_at.0);
    differences.compare("waiting_since", row.waiting_since, state.waiting_since.map(|at| at.0));
    differences.compare("queued_since", row.queued_since, state.queued_since.map(|at| at.0));
    differences.compare("stars", row.stars, columns.stars);
    differences.compare("tags", &row.tags, &columns.tags);
    differences.compare("snoozed", row.is_snoozed, columns.is_snoozed);
    differences.compare("snoozed_until", row.snoozed_until, columns.snoozed_until.map(|at| at.0));
    // Rows from before the column have none.
    if row.kept_since.is_some() {
        differences.compare("kept_since", row.kept_since, columns.kept_since.map(|at| at.0));
    }
}

fn compare_times(differences: &mut Differences, row: &Row, log: &[Event]) {
    let row_says = Happened {
        last_at: Some(Timestamp(row.last_at)),
        answered_by_bot_at: row.answered_by_bot_at.map(Timestamp),
        handed_off_at: row.handed_off_at.map(Timestamp),
        resolved_at: row.resolved_at.map(Timestamp),
        rated_at: row.rated_at.map(Timestamp),
        to_read: row.unread,
    };
    let unread = Happened::among(log.iter().filter(|event| event.seq > row.team_read_seq)).to_read;
    differences.compare("times", row_says, Happened { to_read: unread, ..Happened::among(log) });
}

/// A stay begins when control passes to the queue; the wait may have begun before, in another queue.
fn compare_stay(differences: &mut Differences, stay: Option<(String, i64)>, state: &Conversation, log: &[Event]) {
    let enters = |event: &&Event| matches!(event.fact, Fact::ControlPassed { .. } | Fact::Started { .. });
    let entered = log.iter().rev().find(enters).map(|event| event.at);
    let waits = match (state.controller(), entered) {
        (Some(Controller::Queue(queue)), Some(since)) => Some((queue.to_string(), since.0)),
        _ => None,
    };
    differences.compare("queue stay", stay, waits);
}
