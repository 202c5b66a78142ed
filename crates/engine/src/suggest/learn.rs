//! Remembering how agents answered, where it ended well: the shopper's question and the reply, both without what is
//! personal. A conversation that is taken up again or rated low is forgotten until it ends well.

use std::sync::LazyLock;

use domain::{
    actor::Actor,
    conversation::{Conversation, Event, Fact},
    handoff::Emotion,
    id::{ConversationId, JobId, StaffId},
    message::Body,
};
use jiff::tz::TimeZone;
use knowledge::SmallVector;
use models::TextKind;
use regex::Regex;
use store::{NewJob, NewPastReply};
use understanding::entities::Moment;

use super::question::joined;
use crate::{
    bot::{is_small_talk, mood},
    chat::Mask,
    desk::Desk,
    error::{DeskError, Result},
};

pub(crate) const LEARN_JOB: &str = "learn_replies";
const MAX_ATTEMPTS: i64 = 5;
/// The last stretch of even a long conversation.
const EVENTS: i64 = 400;
const MAX_PAIRS: usize = 20;
/// Shorter replies are waits and thanks.
const MIN_REPLY_CHARS: usize = 6;
const MAX_REPLY_CHARS: usize = 600;
/// From here a rating says that it went well.
const GOOD_STARS: u8 = 4;

static MARK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\[([A-Z]+)_\d+\]").expect("sound"));

/// The job that follows from an event which decides how a conversation ended.
pub(crate) fn learn_job(desk: &Desk, event: &Event) -> Option<NewJob> {
    matches!(event.fact, Fact::Resolved | Fact::Reopened | Fact::Rated { .. }).then(|| NewJob {
        id: JobId::from_bits(desk.ids.bits()),
        kind: LEARN_JOB,
        key: format!("{}:{}", event.conversation, event.seq),
        payload: event.conversation.to_string(),
        run_at: event.at,
        max_attempts: MAX_ATTEMPTS,
    })
}

/// What a conversation teaches as it stands now replaces what it taught before.
pub(crate) async fn learn(desk: &Desk, payload: &str) -> Result<()> {
    let id: ConversationId = payload.parse().map_err(|_| DeskError::Internal("a lesson without a conversation"))?;
    let Some(stored) = desk.store.conversation(id).await? else { return Ok(()) };
    let conversation = &stored.conversation;
    let rows = desk.store.events(id, (conversation.seq - EVENTS).max(0), EVENTS).await?;
    let log: Vec<(Event, Body)> = rows
        .into_iter()
        .filter_map(|row| Some((row.event, serde_json::from_str(row.body.as_deref()?).ok()?)))
        .collect();
    let shopper = desk.store.shopper(conversation.shopper).await?;
    let is_erased = log.iter().any(|(_, body)| body.erased);
    let lessons = if ended_well(conversation, &log) && !is_erased { pairs(&log) } else { Vec::new() };
    let names: Vec<String> = shopper.and_then(|shopper| shopper.name).into_iter().collect();
    let mut replies: Vec<NewPastReply> = lessons
        .into_iter()
        .map(|pair| NewPastReply {
            seq: pair.seq,
            staff: pair.staff,
            language: conversation.language,
            at: pair.at,
            question: impersonal(&pair.question, &names, desk),
            reply: impersonal(&pair.reply, &names, desk),
            vector: None,
        })
        .collect();
    if let Some(embedder) = desk.library.embedder.as_ref().filter(|_| !replies.is_empty()) {
        let questions: Vec<String> = replies.iter().map(|reply| reply.question.clone()).collect();
        let vectors = embedder.embed(TextKind::Query, &questions).await?;
        for (reply, vector) in replies.iter_mut().zip(vectors) {
            reply.vector = Some((embedder.name().to_owned(), SmallVector::new(&vector).to_bytes()));
        }
    }
    Ok(desk.store.keep_past_replies(id, conversation.shop, &replies).await?)
}

/// Resolved, not rated low, and the shopper's last words not angry.
fn ended_well(conversation: &Conversation, log: &[(Event, Body)]) -> bool {
    let last = log.iter().rev().find(|(event, _)| matches!(event.fact, Fact::ShopperSaid { .. }));
    let is_calm = last.is_none_or(|(_, body)| mood(&body.text) < Emotion::Upset);
    !conversation.is_open() && conversation.rating.is_none_or(|stars| stars >= GOOD_STARS) && is_calm
}

struct Pair {
    seq: i64,
    staff: StaffId,
    at: domain::time::Timestamp,
    question: String,
    reply: String,
}

/// A burst of the shopper and what the agent said until the shopper spoke again.
fn pairs(log: &[(Event, Body)]) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut burst: Vec<&str> = Vec::new();
    let mut is_answered = false;
    for (event, body) in log {
        match (&event.fact, event.by) {
            (Fact::ShopperSaid { .. }, _) => {
                if std::mem::take(&mut is_answered) {
                    burst.clear();
                }
                if !is_small_talk(&body.text) {
                    burst.push(&body.text);
                }
            }
            (Fact::AgentReplied { .. }, Actor::Agent(staff)) => {
                let text = body.text.trim();
                match pairs.last_mut() {
                    Some(pair) if is_answered => pair.reply = format!("{}\n{text}", pair.reply),
                    _ if !burst.is_empty() && !text.is_empty() => pairs.push(Pair {
                        seq: event.seq,
                        staff,
                        at: event.at,
                        question: joined(burst.iter().copied()),
                        reply: text.to_owned(),
                    }),
                    _ => continue,
                }
                is_answered = true;
            }
            // The bot answered these; what an agent says later answers something else.
            (Fact::BotReplied { .. }, _) => is_answered = true,
            _ => {}
        }
    }
    pairs.retain(|pair| {
        let chars = pair.reply.chars().count();
        (MIN_REPLY_CHARS..=MAX_REPLY_CHARS).contains(&chars) && !is_small_talk(&pair.reply)
    });
    pairs.truncate(MAX_PAIRS);
    pairs
}

/// Without numbers, contacts, addresses and names: variables stand where the console can fill them in for another
/// shopper, and a visible gap where it can't.
fn impersonal(text: &str, names: &[String], desk: &Desk) -> String {
    let moment = Moment::new(desk.now(), TimeZone::UTC);
    let hidden = Mask::default().hide(text, &moment, names);
    let variable = |found: &regex::Captures<'_>| match &found[1] {
        "ORDER" => "{{order}}",
        "NAME" => "{{shopper}}",
        "PARCEL" => "{{tracking}}",
        "PHONE" => "{{phone}}",
        "EMAIL" => "{{email}}",
        "ADDRESS" | "POSTCODE" => "{{address}}",
        _ => "{{number}}",
    };
    MARK.replace_all(&hidden, |found: &regex::Captures<'_>| variable(found).to_owned()).into_owned()
}
