//! Folding an append into the rows, inside its transaction.

use domain::{
    conversation::{Conversation, Event, Fact},
    id::{ConversationId, ShopperId},
    measures::{Episode, LONG_RETURN_MS, Past, Record, Records, Round, Told, is_measured},
    message::Body,
    time::Timestamp,
};

use crate::{
    Append, Result,
    conversations::load_events,
    database::{Tx, corrupt, from_json, sql, to_json},
};

/// What the shopper said, for what is still there.
pub(super) fn text_of(json: &str) -> Option<String> {
    let body: Body = serde_json::from_str(json).ok()?;
    (!body.erased).then_some(body.text)
}

pub(super) const fn has_text(fact: &Fact) -> bool {
    matches!(fact, Fact::ShopperSaid { .. } | Fact::ContactLeft { .. })
}

pub(crate) async fn note(tx: &mut Tx, append: &Append<'_>) -> Result<()> {
    let Some(first) = append.events.first() else { return Ok(()) };
    if !append.events.iter().any(|event| is_measured(&event.fact)) {
        return Ok(());
    }
    let state = append.state;
    let (mut record, before) = match known(tx, state.id).await? {
        Some(record) => (record, Records::default()),
        None if append.expected_seq == 0 => (begin(first)?, Records::default()),
        // From before there were measures: the log so far is folded once.
        None => fold_log(tx, state, append.expected_seq).await?,
    };
    let texts: Vec<Option<String>> = append.events.iter().map(|event| text_in(append, event)).collect();
    let said_at = append.events.iter().rev().find(|event| has_text(&event.fact)).map(|event| event.at);
    let elsewhere = match said_at {
        Some(at) => pasts_elsewhere(tx, state.shopper, state.id, at).await?,
        None => Vec::new(),
    };
    let told: Vec<Told<'_>> = append.events.iter().zip(texts.iter().map(Option::as_deref)).collect();
    let rows = record.take(&told, &elsewhere);
    for rows in [before, rows] {
        put(tx, state, &rows).await?;
    }
    keep(tx, state.id, &record).await
}

fn text_in(append: &Append<'_>, event: &Event) -> Option<String> {
    let message = event.fact.message().filter(|_| has_text(&event.fact))?;
    append.bodies.iter().find(|body| body.id == message).and_then(|body| text_of(&body.json))
}

fn begin(event: &Event) -> Result<Record> {
    Record::begin(event).ok_or_else(|| corrupt("log", "it doesn't begin with a start"))
}

async fn known(tx: &mut Tx, id: ConversationId) -> Result<Option<Record>> {
    let row: Option<(String,)> =
        sql("SELECT state FROM records WHERE conversation_id = $1").bind(id).optional(tx.on()).await?;
    row.map(|(state,)| from_json("record", &state)).transpose()
}

async fn fold_log(tx: &mut Tx, state: &Conversation, until: i64) -> Result<(Record, Records)> {
    let log = load_events(tx.on(), state.id, 0, until).await?;
    let texts: Vec<Option<String>> = log
        .iter()
        .map(|stored| stored.body.as_deref().filter(|_| has_text(&stored.event.fact)).and_then(text_of))
        .collect();
    let told: Vec<Told<'_>> = log.iter().map(|stored| &stored.event).zip(texts.iter().map(Option::as_deref)).collect();
    let first = told.first().ok_or_else(|| corrupt("log", "events are missing"))?;
    let mut record = begin(first.0)?;
    let rows = record.take(&told, &[]);
    Ok((record, rows))
}

/// The same shopper's other conversations of the days in which coming back counts.
async fn pasts_elsewhere(tx: &mut Tx, shopper: ShopperId, but: ConversationId, at: Timestamp) -> Result<Vec<Past>> {
    let rows: Vec<(String,)> = sql("SELECT r.state FROM conversations c JOIN records r ON r.conversation_id = c.id \
         WHERE c.shopper_id = $1 AND c.last_at >= $2 AND c.id <> $3 ORDER BY c.last_at DESC LIMIT 20")
    .bind(shopper)
    .bind(at.minus_ms(LONG_RETURN_MS))
    .bind(but)
    .all(tx.on())
    .await?;
    let mut pasts = Vec::new();
    for (state,) in rows {
        pasts.extend(from_json::<Record>("record", &state)?.pasts());
    }
    Ok(pasts)
}

pub(super) async fn put(tx: &mut Tx, state: &Conversation, rows: &Records) -> Result<()> {
    for round in &rows.rounds {
        put_round(tx, state, round).await?;
    }
    for episode in &rows.episodes {
        put_episode(tx, state, episode).await?;
    }
    Ok(())
}

async fn put_round(tx: &mut Tx, state: &Conversation, round: &Round) -> Result<()> {
    sql("INSERT INTO rounds (conversation_id, seq, shop_id, at, json) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (conversation_id, seq) DO UPDATE SET at = excluded.at, json = excluded.json")
    .bind(state.id)
    .bind(round.seq)
    .bind(state.shop)
    .bind(round.at)
    .bind(to_json(round)?)
    .execute(tx.on())
    .await
    .map(drop)
}

async fn put_episode(tx: &mut Tx, state: &Conversation, episode: &Episode) -> Result<()> {
    let back = episode.returns_to;
    sql("INSERT INTO episodes (conversation_id, no, shop_id, at, returns_to, returns_no, returns_ms, json) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (conversation_id, no) DO UPDATE SET at = excluded.at, \
         returns_to = excluded.returns_to, returns_no = excluded.returns_no, returns_ms = excluded.returns_ms, \
         json = excluded.json")
    .bind(state.id)
    .bind(i64::from(episode.no))
    .bind(state.shop)
    .bind(episode.at)
    .bind(back.map(|back| back.conversation))
    .bind(back.map(|back| i64::from(back.episode)))
    .bind(back.map(|back| back.after_ms))
    .bind(to_json(episode)?)
    .execute(tx.on())
    .await
    .map(drop)
}

pub(super) async fn keep(tx: &mut Tx, id: ConversationId, record: &Record) -> Result<()> {
    sql("INSERT INTO records (conversation_id, state) VALUES ($1, $2) \
         ON CONFLICT (conversation_id) DO UPDATE SET state = excluded.state")
    .bind(id)
    .bind(to_json(record)?)
    .execute(tx.on())
    .await
    .map(drop)
}

/// What was kept of a person's words for comparing goes with the words.
pub(crate) async fn forget(tx: &mut Tx, shopper: ShopperId) -> Result<()> {
    let rows: Vec<(String, String)> = sql("SELECT r.conversation_id, r.state FROM conversations c \
         JOIN records r ON r.conversation_id = c.id WHERE c.shopper_id = $1")
    .bind(shopper)
    .all(tx.on())
    .await?;
    for (id, state) in rows {
        let mut record: Record = from_json("record", &state)?;
        record.forget_words();
        sql("UPDATE records SET state = $2 WHERE conversation_id = $1")
            .bind(id)
            .bind(to_json(&record)?)
            .execute(tx.on())
            .await?;
    }
    Ok(())
}
