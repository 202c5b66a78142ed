//! What is to be answered: the shopper's last messages, one burst of them.

use domain::{
    conversation::{Fact, Seq},
    language::Language,
};
use store::Stored;

use crate::{bot::is_small_talk, desk::Desk, error::Result};

/// Events read for it; a burst is at the end of the log.
const EVENTS: i64 = 60;
/// Messages that are one question.
const MAX_BURST: usize = 5;
const MAX_CHARS: usize = 500;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Of the last message.
    pub seq: Seq,
    pub text: String,
    pub language: Language,
}

/// The last burst of the shopper; `None` when they have only greeted, or not spoken.
pub async fn last(desk: &Desk, stored: &Stored) -> Result<Option<Question>> {
    let conversation = &stored.conversation;
    let events = desk.store.events(conversation.id, (conversation.seq - EVENTS).max(0), EVENTS).await?;
    let mut burst: Vec<(Seq, String)> = Vec::new();
    for row in events.iter().rev() {
        match &row.event.fact {
            Fact::ShopperSaid { .. } => {
                let body =
                    row.body.as_deref().and_then(|json| serde_json::from_str::<domain::message::Body>(json).ok());
                let text = body.map(|body| body.text).unwrap_or_default();
                if !text.trim().is_empty() && !is_small_talk(&text) {
                    burst.push((row.event.seq, text));
                }
            }
            // Whoever spoke before answered something else.
            Fact::AgentReplied { .. } | Fact::BotReplied { .. } if !burst.is_empty() => break,
            _ => {}
        }
        if burst.len() == MAX_BURST {
            break;
        }
    }
    let Some((seq, _)) = burst.first() else { return Ok(None) };
    let seq = *seq;
    burst.reverse();
    Ok(Some(Question {
        seq,
        text: joined(burst.iter().map(|(_, text)| text.as_str())),
        language: conversation.language,
    }))
}

/// Messages as one question. The end of a long one asks.
pub fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let text = texts.map(str::trim).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
    let surplus = text.chars().count().saturating_sub(MAX_CHARS);
    text.chars().skip(surplus).collect()
}
