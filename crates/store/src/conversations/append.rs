//! Appending to a conversation's log: events, bodies, jobs, the projection row and the trace in one transaction.

use domain::{
    conversation::{Conversation, Event, Seq},
    id::{ConversationId, MessageId},
    trace::Trace,
};

use super::{
    Page, events,
    projection::{Happened, StateColumns},
    queue, traces,
};
use crate::{
    NewJob, NewNotice, Result, Store, StoreError,
    database::{Tx, sql, to_json},
    deadlines, jobs, measures, notices, routing, tasks,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBody {
    pub id: MessageId,
    /// A serialised domain `Body` or `HandoffCard`.
    pub json: String,
}

/// The last line of a conversation, for lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// `shopper`, `bot`, `agent` or `system`.
    pub by: &'static str,
    pub text: String,
}

#[derive(Debug)]
pub struct Append<'a> {
    /// After the events.
    pub state: &'a Conversation,
    /// The `seq` before the events; 0 creates.
    pub expected_seq: Seq,
    pub events: &'a [Event],
    pub bodies: Vec<NewBody>,
    pub jobs: Vec<NewJob>,
    /// Deadlines that began, stood still, went on or ended with these events.
    pub deadlines: Vec<crate::NewDeadline>,
    pub trace: Option<Trace>,
    /// `None` leaves what is stored.
    pub memory: Option<String>,
    pub preview: Option<Preview>,
    pub page: Option<Page>,
    /// Appends only while the agent's seat is as it was when this was decided.
    pub seat: Option<crate::SeatGuard>,
    /// For whom of the team these events are.
    pub notices: Vec<NewNotice>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appended {
    Done,
    /// Somebody appended first, the shopper has another open conversation, or the agent's seat has changed. Nothing
    /// was written.
    Conflict,
    /// A client id of these events is already in the log, at `seq`. Nothing was written.
    Duplicate {
        seq: Seq,
    },
}

impl Store {
    pub async fn append(&self, append: Append<'_>) -> Result<Appended> {
        append.check()?;
        let mut tx = self.write().await?;
        let appended = append_in(&mut tx, &append).await?;
        match appended {
            Appended::Done => tx.commit().await?,
            Appended::Conflict | Appended::Duplicate { .. } => tx.rollback().await?,
        }
        Ok(appended)
    }
}

impl Append<'_> {
    /// A log with a hole, or a state that isn't after its events, could never be mended.
    fn check(&self) -> Result<()> {
        let id = self.state.id;
        let follows = self
            .events
            .iter()
            .zip(self.expected_seq + 1..)
            .all(|(event, seq)| event.seq == seq && event.conversation == id);
        let reaches = self.state.seq == self.expected_seq + self.events.len() as Seq;
        let starts = self.expected_seq > 0 || !self.events.is_empty();
        if follows && reaches && starts {
            Ok(())
        } else {
            Err(StoreError::Refused("the state, the events and the expected seq don't belong together".into()))
        }
    }
}

/// Everything of one append. When it isn't `Done` the transaction has to be undone.
async fn append_in(tx: &mut Tx, append: &Append<'_>) -> Result<Appended> {
    let id = append.state.id;
    if let Some(seq) = known_client(tx, id, append.events).await? {
        return Ok(Appended::Duplicate { seq });
    }
    let is_first = match append.expected_seq {
        0 => insert_row(tx, append).await?,
        _ => update_row(tx, append).await?,
    };
    if !is_first {
        return Ok(Appended::Conflict);
    }
    if let Some(guard) = append.seat
        && !routing::holds(tx, guard).await?
    {
        return Ok(Appended::Conflict);
    }
    for body in &append.bodies {
        sql("INSERT INTO bodies (id, conversation_id, json) VALUES ($1, $2, $3)")
            .bind(body.id)
            .bind(id)
            .bind(&body.json)
            .execute(tx.on())
            .await?;
    }
    for event in append.events {
        events::insert(tx, event).await?;
    }
    queue::note_stays(tx, append.events).await?;
    routing::note_given(tx, append.events).await?;
    measures::note(tx, append).await?;
    deadlines::put(tx, append).await?;
    tasks::follow(tx, append).await?;
    for job in &append.jobs {
        jobs::insert(tx, job).await?;
    }
    for notice in &append.notices {
        notices::insert(tx, notice).await?;
    }
    if let Some(trace) = &append.trace {
        traces::insert(tx, trace).await?;
    }
    Ok(Appended::Done)
}

/// Where in the log one of these events' client ids is already. What is appended after this was read bumps the row's
/// seq, so it can't slip in between.
async fn known_client(tx: &mut Tx, id: ConversationId, events: &[Event]) -> Result<Option<Seq>> {
    // A list, because an iterator with a closure held over an await keeps the future from moving between threads.
    let clients: Vec<&str> = events.iter().filter_map(|event| event.fact.client()).collect();
    if clients.is_empty() {
        return Ok(None);
    }
    let row: Option<(i64,)> = sql("SELECT seq FROM events WHERE conversation_id = $1 AND client_key IN ")
        .bind(id)
        .push_list(clients)
        .push(" ORDER BY seq LIMIT 1")
        .optional(tx.on())
        .await?;
    Ok(row.map(|(seq,)| seq))
}

/// `false` when the conversation, or another open one of the shopper, exists.
async fn insert_row(tx: &mut Tx, append: &Append<'_>) -> Result<bool> {
    let (state, columns) = (append.state, StateColumns::from(append.state));
    let happened = Happened::among(append.events);
    let rows =
        sql("INSERT INTO conversations (id, shop_id, shopper_id, last_seq, state, is_open, controller, queue_id, \
         agent_id, started_at, last_at, waiting_since, queued_since, stars, answered_by_bot_at, handed_off_at, \
         resolved_at, rated_at, unread, last_by, preview, memory, page, tags, is_snoozed, snoozed_until, kept_since, shopper_read_seq, \
         team_read_seq) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, \
         $23, $24, $25, $26, $27, 0, 0) ON CONFLICT DO NOTHING")
        .bind(state.id)
        .bind(state.shop)
        .bind(state.shopper)
        .bind(state.seq)
        .bind(to_json(state)?)
        .bind(columns.is_open)
        .bind(columns.controller)
        .bind(columns.queue)
        .bind(columns.agent)
        .bind(state.started_at)
        .bind(happened.last_at)
        .bind(state.waiting_since)
        .bind(state.queued_since)
        .bind(columns.stars)
        .bind(happened.answered_by_bot_at)
        .bind(happened.handed_off_at)
        .bind(happened.resolved_at)
        .bind(happened.rated_at)
        .bind(happened.to_read)
        .bind(append.preview.as_ref().map_or("system", |preview| preview.by))
        .bind(append.preview.as_ref().map_or("", |preview| &preview.text))
        .bind(append.memory.as_ref())
        .bind(append.page.as_ref().map(to_json).transpose()?)
        .bind(&columns.tags)
        .bind(columns.is_snoozed)
        .bind(columns.snoozed_until)
        .bind(columns.kept_since)
        .execute(tx.on())
        .await?;
    Ok(rows == 1)
}

/// `false` when somebody appended first, or the shopper has another open conversation.
async fn update_row(tx: &mut Tx, append: &Append<'_>) -> Result<bool> {
    let (state, columns) = (append.state, StateColumns::from(append.state));
    let happened = Happened::among(append.events);
    let updated = sql("UPDATE conversations SET shopper_id = $3, last_seq = $4, state = $5, is_open = $6, \
         controller = $7, queue_id = $8, agent_id = $9, last_at = COALESCE($10, last_at), waiting_since = $11, \
         queued_since = $12, stars = $13, answered_by_bot_at = COALESCE($14, answered_by_bot_at), \
         handed_off_at = COALESCE($15, handed_off_at), resolved_at = COALESCE($16, resolved_at), \
         rated_at = COALESCE($17, rated_at), unread = unread + $18, last_by = COALESCE($19, last_by), \
         preview = COALESCE($20, preview), memory = COALESCE($21, memory), page = COALESCE($22, page), \
         tags = $23, is_snoozed = $24, snoozed_until = $25, kept_since = $26 \
         WHERE id = $1 AND last_seq = $2")
    .bind(state.id)
    .bind(append.expected_seq)
    .bind(state.shopper)
    .bind(state.seq)
    .bind(to_json(state)?)
    .bind(columns.is_open)
    .bind(columns.controller)
    .bind(columns.queue)
    .bind(columns.agent)
    .bind(happened.last_at)
    .bind(state.waiting_since)
    .bind(state.queued_since)
    .bind(columns.stars)
    .bind(happened.answered_by_bot_at)
    .bind(happened.handed_off_at)
    .bind(happened.resolved_at)
    .bind(happened.rated_at)
    .bind(happened.to_read)
    .bind(append.preview.as_ref().map(|preview| preview.by))
    .bind(append.preview.as_ref().map(|preview| &preview.text))
    .bind(append.memory.as_ref())
    .bind(append.page.as_ref().map(to_json).transpose()?)
    .bind(&columns.tags)
    .bind(columns.is_snoozed)
    .bind(columns.snoozed_until)
    .bind(columns.kept_since)
    .execute(tx.on())
    .await;
    match updated {
        Ok(rows) => Ok(rows == 1),
        // The only unique rule this can break: one open conversation for each shopper.
        Err(StoreError::Conflict) => Ok(false),
        Err(error) => Err(error),
    }
}
