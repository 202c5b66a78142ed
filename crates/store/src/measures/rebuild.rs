//! Folding the rows from the log again: to compare them, or to write them anew.

use std::collections::BTreeMap;

use domain::{
    conversation::{Conversation, Event, Fact},
    id::{ConversationId, ShopperId},
    measures::{Episode, Past, Record, Records, Round, Told},
};

use super::write::{has_text, keep, put, text_of};
use crate::{
    Result, Store,
    conversations::load_events,
    database::{Tx, corrupt, from_json, parse, sql},
};

/// Shoppers looked up at a time.
const BATCH: i64 = 500;

/// A row and the log disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureFault {
    pub conversation: ConversationId,
    pub what: &'static str,
    pub row: String,
    pub log: String,
}

struct Log {
    state: Conversation,
    events: Vec<(Event, Option<String>)>,
    /// Texts are gone, or conversations changed hands: what was compared then can't be compared again.
    is_blurred: bool,
}

impl Store {
    /// Shoppers with conversations, in order, after one.
    pub async fn shoppers_with_conversations(&self, after: Option<ShopperId>) -> Result<Vec<ShopperId>> {
        let rows: Vec<(String,)> =
            sql("SELECT DISTINCT shopper_id FROM conversations WHERE shopper_id > $1 ORDER BY shopper_id LIMIT $2")
                .bind(after.map_or(String::new(), |after| after.to_string()))
                .bind(BATCH)
                .all(self.read().await?.on())
                .await?;
        rows.into_iter().map(|(id,)| parse("conversation", &id)).collect()
    }

    /// What the rows of a shopper's conversations and their logs disagree about.
    pub async fn verify_measures(&self, shopper: ShopperId) -> Result<Vec<MeasureFault>> {
        let mut tx = self.snapshot().await?;
        let logs = logs_of(&mut tx, shopper).await?;
        let mut faults = Vec::new();
        for (id, (record, folded)) in replay(&logs)? {
            let is_blurred = logs[&id].is_blurred;
            let stored = stored_rows(&mut tx, id).await?;
            let known: Option<(String,)> =
                sql("SELECT state FROM records WHERE conversation_id = $1").bind(id).optional(tx.on()).await?;
            let known: Option<Record> = known.map(|(state,)| from_json("record", &state)).transpose()?;
            if is_blurred {
                compare(&mut faults, id, "rounds", &blurred(stored).rounds, &blurred(folded).rounds);
                continue;
            }
            compare(&mut faults, id, "rounds", &stored.rounds, &folded.rounds);
            compare(&mut faults, id, "episodes", &stored.episodes, &folded.episodes);
            compare(&mut faults, id, "record", &known, &Some(record));
        }
        tx.rollback().await?;
        Ok(faults)
    }

    /// Writes the rows of a shopper's conversations anew; those whose words are gone keep what was found in them.
    pub async fn rebuild_measures(&self, shopper: ShopperId) -> Result<usize> {
        let mut tx = self.write().await?;
        let logs = logs_of(&mut tx, shopper).await?;
        let mut written = 0;
        for (id, (record, mut folded)) in replay(&logs)? {
            let log = &logs[&id];
            if log.is_blurred {
                remember(&mut folded, stored_rows(&mut tx, id).await?);
            }
            for table in
                ["DELETE FROM rounds WHERE conversation_id = $1", "DELETE FROM episodes WHERE conversation_id = $1"]
            {
                sql(table).bind(id).execute(tx.on()).await?;
            }
            put(&mut tx, &log.state, &folded).await?;
            keep(&mut tx, id, &record).await?;
            written += folded.rounds.len() + folded.episodes.len();
        }
        tx.commit().await?;
        Ok(written)
    }
}

fn compare<T: PartialEq + std::fmt::Debug>(
    faults: &mut Vec<MeasureFault>,
    conversation: ConversationId,
    what: &'static str,
    row: &T,
    log: &T,
) {
    if row != log {
        faults.push(MeasureFault { conversation, what, row: format!("{row:?}"), log: format!("{log:?}") });
    }
}

/// Without what only the words told.
fn blurred(mut rows: Records) -> Records {
    for round in &mut rows.rounds {
        round.repeats = None;
    }
    rows
}

fn remember(folded: &mut Records, stored: Records) {
    for round in &mut folded.rounds {
        if let Some(known) = stored.rounds.iter().find(|known| known.seq == round.seq) {
            round.repeats = known.repeats;
        }
    }
    for episode in &mut folded.episodes {
        if let Some(known) = stored.episodes.iter().find(|known| known.no == episode.no) {
            episode.repeats = known.repeats;
            episode.returns_to = known.returns_to;
            episode.is_long_matter = known.is_long_matter;
        }
    }
}

async fn logs_of(tx: &mut Tx, shopper: ShopperId) -> Result<BTreeMap<ConversationId, Log>> {
    let rows: Vec<(String, String)> =
        sql("SELECT id, state FROM conversations WHERE shopper_id = $1 ORDER BY id").bind(shopper).all(tx.on()).await?;
    let mut logs = BTreeMap::new();
    for (id, state) in rows {
        let id: ConversationId = parse("conversation", &id)?;
        let state: Conversation = from_json("conversation", &state)?;
        let mut is_blurred = false;
        let mut events = Vec::new();
        for stored in load_events(tx.on(), id, 0, i64::MAX).await? {
            let said = has_text(&stored.event.fact);
            let text = stored.body.as_deref().filter(|_| said).and_then(text_of);
            is_blurred |= said && text.is_none();
            is_blurred |= matches!(stored.event.fact, Fact::Identified { .. });
            events.push((stored.event, text));
        }
        logs.insert(id, Log { state, events, is_blurred });
    }
    // Who came back to a conversation whose words are gone can't be told again either.
    if logs.values().any(|log| log.is_blurred) {
        logs.values_mut().for_each(|log| log.is_blurred = true);
    }
    Ok(logs)
}

/// One append: its events, each with its words.
type Appended<'a> = &'a [(Event, Option<String>)];
/// A record under way, with its rows by what they are told apart by.
type Folding = (Record, BTreeMap<i64, Round>, BTreeMap<u32, Episode>);
type Replayed = BTreeMap<ConversationId, (Record, Records)>;

/// Append by append in the order of time, so that each sees of the others what it saw then.
fn replay(logs: &BTreeMap<ConversationId, Log>) -> Result<Replayed> {
    let mut appends: Vec<(&Log, Appended<'_>)> = Vec::new();
    for log in logs.values() {
        appends.extend(log.events.chunk_by(|a, b| a.0.at == b.0.at).map(|append| (log, append)));
    }
    appends.sort_by_key(|(log, append)| (append[0].0.at, log.state.id, append[0].0.seq));
    let mut done: BTreeMap<ConversationId, Folding> = BTreeMap::new();
    for (log, append) in appends {
        let id = log.state.id;
        let elsewhere: Vec<Past> =
            done.iter().filter(|(other, _)| **other != id).flat_map(|(_, (record, ..))| record.pasts()).collect();
        if let std::collections::btree_map::Entry::Vacant(free) = done.entry(id) {
            let record = Record::begin(&append[0].0).ok_or_else(|| corrupt("log", "it doesn't begin with a start"))?;
            free.insert((record, BTreeMap::new(), BTreeMap::new()));
        }
        let (record, rounds, episodes) = done.get_mut(&id).ok_or_else(|| corrupt("log", "a lost record"))?;
        let told: Vec<Told<'_>> = append.iter().map(|(event, text)| (event, text.as_deref())).collect();
        let rows = record.take(&told, &elsewhere);
        rounds.extend(rows.rounds.into_iter().map(|round| (round.seq, round)));
        episodes.extend(rows.episodes.into_iter().map(|episode| (episode.no, episode)));
    }
    Ok(done
        .into_iter()
        .map(|(id, (record, rounds, episodes))| {
            let rows = Records { rounds: rounds.into_values().collect(), episodes: episodes.into_values().collect() };
            (id, (record, rows))
        })
        .collect())
}

async fn stored_rows(tx: &mut Tx, id: ConversationId) -> Result<Records> {
    let rounds: Vec<(String,)> =
        sql("SELECT json FROM rounds WHERE conversation_id = $1 ORDER BY seq").bind(id).all(tx.on()).await?;
    let episodes: Vec<(String,)> =
        sql("SELECT json FROM episodes WHERE conversation_id = $1 ORDER BY no").bind(id).all(tx.on()).await?;
    Ok(Records {
        rounds: rounds.iter().map(|(json,)| from_json("round", json)).collect::<Result<_>>()?,
        episodes: episodes.iter().map(|(json,)| from_json("episode", json)).collect::<Result<_>>()?,
    })
}
