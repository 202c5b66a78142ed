//! Stored events: a kind, a version and JSON. What was ever stored stays readable.

use domain::{
    actor::Actor,
    conversation::{Event, Fact, Seq},
    id::{ConversationId, MessageId},
    time::Timestamp,
};

use super::projection::actor_columns;
use crate::{
    Result, Store,
    database::{Tx, corrupt, from_json, parse, sql, to_json},
};

/// The way facts are written now. A change that older facts don't read as needs a new number, and a reader for the old.
const VERSION: i64 = 1;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    pub event: Event,
    /// JSON of the body the fact points to.
    pub body: Option<String>,
}

#[derive(sqlx::FromRow)]
#[cfg_attr(test, derive(serde::Deserialize))]
struct EventRow {
    seq: i64,
    at: i64,
    by_kind: String,
    by_id: Option<String>,
    version: i64,
    fact: String,
    body: Option<String>,
}

impl EventRow {
    fn decode(self, conversation: ConversationId) -> Result<StoredEvent> {
        let by = match (self.by_kind.as_str(), self.by_id.as_deref()) {
            ("shopper", Some(id)) => Actor::Shopper(parse("event", id)?),
            ("agent", Some(id)) => Actor::Agent(parse("event", id)?),
            ("bot", None) => Actor::Bot,
            ("system", None) => Actor::System,
            _ => return Err(corrupt("event", format!("unknown actor {:?}", self.by_kind))),
        };
        let fact: Fact = match self.version {
            1 => from_json("event", &self.fact)?,
            newer => return Err(corrupt("event", format!("unknown version {newer}"))),
        };
        Ok(StoredEvent {
            event: Event { conversation, seq: self.seq, at: Timestamp(self.at), by, fact },
            body: self.body,
        })
    }
}

pub(super) async fn insert(tx: &mut Tx, event: &Event) -> Result<()> {
    let (by_kind, by_id) = actor_columns(event.by);
    sql("INSERT INTO events (conversation_id, seq, at, by_kind, by_id, kind, version, fact, message_id, client_key) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    .bind(event.conversation)
    .bind(event.seq)
    .bind(event.at)
    .bind(by_kind)
    .bind(by_id)
    .bind(event.fact.kind())
    .bind(VERSION)
    .bind(to_json(&event.fact)?)
    .bind(event.fact.message())
    .bind(event.fact.client())
    .execute(tx.on())
    .await
    .map(drop)
}

/// Events after `after`, ascending; a hole is damage.
pub(crate) async fn load(
    on: crate::database::On<'_>,
    id: ConversationId,
    after: Seq,
    limit: i64,
) -> Result<Vec<StoredEvent>> {
    let rows: Vec<EventRow> = sql("SELECT e.seq, e.at, e.by_kind, e.by_id, e.version, e.fact, b.json AS body \
         FROM events e LEFT JOIN bodies b ON b.id = e.message_id \
         WHERE e.conversation_id = $1 AND e.seq > $2 ORDER BY e.seq LIMIT $3")
    .bind(id)
    .bind(after)
    .bind(limit)
    .all(on)
    .await?;
    let is_dense = rows.iter().zip(after.max(0) + 1..).all(|(row, seq)| row.seq == seq);
    if !is_dense {
        return Err(corrupt("log", "events are missing"));
    }
    rows.into_iter().map(|row| row.decode(id)).collect()
}

impl Store {
    /// Up to `limit` events after `after`, ascending and without holes.
    pub async fn events(&self, id: ConversationId, after: Seq, limit: i64) -> Result<Vec<StoredEvent>> {
        load(self.read().await?.on(), id, after, limit).await
    }

    /// The message a sender's own id has become.
    pub async fn event_by_client(&self, id: ConversationId, client: &str) -> Result<Option<(Seq, MessageId)>> {
        let row: Option<(i64, String)> =
            sql("SELECT seq, message_id FROM events WHERE conversation_id = $1 AND client_key = $2")
                .bind(id)
                .bind(client)
                .optional(self.read().await?.on())
                .await?;
        row.map(|(seq, message)| Ok((seq, parse("event", &message)?))).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One stored event of every kind as version 1 wrote them. Lines are added to this file and never changed.
    const CORPUS: &str = include_str!("../../tests/events_v1.jsonl");

    fn rows() -> impl Iterator<Item = (String, EventRow)> {
        CORPUS.lines().map(|line| {
            let columns: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
            let kind = columns["kind"].as_str().expect("a line has a kind").to_owned();
            (kind, serde_json::from_value(columns).expect("a line is a row"))
        })
    }

    /// Fails to compile when a kind is added, as a reminder to add it to the corpus and here.
    fn kind_is_in_corpus(fact: &Fact) {
        match fact {
            Fact::Started { .. }
            | Fact::ShopperSaid { .. }
            | Fact::BotReplied { .. }
            | Fact::ReplyWithheld { .. }
            | Fact::AgentReplied { .. }
            | Fact::NoteAdded { .. }
            | Fact::ControlPassed { .. }
            | Fact::CardWritten { .. }
            | Fact::Identified { .. }
            | Fact::LanguageChosen { .. }
            | Fact::ContactLeft { .. }
            | Fact::Resolved
            | Fact::Reopened
            | Fact::Rated { .. }
            | Fact::Tagged { .. }
            | Fact::Untagged { .. }
            | Fact::Snoozed { .. }
            | Fact::Woken { .. }
            | Fact::TurnCame => {}
        }
    }

    #[test]
    fn old_events_stay_readable() {
        const KINDS: usize = 19;
        let mut kinds = std::collections::BTreeSet::new();
        for (kind, row) in rows() {
            let stored = row.fact.clone();
            let event = row.decode(ConversationId::from_bits(1)).expect("an old event is readable").event;
            kind_is_in_corpus(&event.fact);
            assert_eq!(event.fact.kind(), kind);
            // Fields may have been added since, but none of what was stored may be lost.
            let was: serde_json::Value = serde_json::from_str(&stored).unwrap();
            let is = serde_json::to_value(&event.fact).unwrap();
            for (field, value) in was.as_object().unwrap() {
                assert_eq!(&is[field], value, "{kind}.{field}");
            }
            kinds.insert(kind);
        }
        assert_eq!(kinds.len(), KINDS);
    }

    #[test]
    fn what_is_not_an_event_is_refused_as_damage() {
        let row = || rows().next().unwrap().1;
        for damaged in [
            EventRow { version: 2, ..row() },
            EventRow { by_kind: "nobody".into(), ..row() },
            EventRow { by_id: Some("per_x".into()), ..row() },
            EventRow { fact: "{}".into(), ..row() },
        ] {
            let error = damaged.decode(ConversationId::from_bits(1)).unwrap_err();
            assert!(matches!(error, crate::StoreError::Corrupt { what: "event", .. }));
        }
    }
}
