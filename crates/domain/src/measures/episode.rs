//! An episode: one conversation in the sense of measuring. A log that goes on after a day of silence holds several.

use serde::{Deserialize, Serialize};

use super::AnswerBy;
use crate::{
    conversation::Seq,
    id::{ConversationId, QueueId, StaffId},
    time::{DAY_MS, HOUR_MS, Timestamp},
};

/// Silence after which the shopper's next message begins a new episode.
pub const GAP_MS: i64 = DAY_MS;
/// Whoever comes back with the same matter within this time was not helped.
pub const RETURN_MS: i64 = 72 * HOUR_MS;
/// Parcels and refunds take days by themselves: coming back counts for longer.
pub const LONG_RETURN_MS: i64 = 7 * DAY_MS;
/// Words of matters that take days.
const LONG_MATTERS: [&str; 16] = [
    "快递", "物流", "包裹", "发货", "到货", "退款", "退货", "换货", "refund", "return", "parcel", "package", "deliver",
    "shipping", "shipped", "tracking",
];

pub(super) fn is_long_matter(text: &str) -> bool {
    let text = text.to_lowercase();
    LONG_MATTERS.iter().any(|word| text.contains(word))
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Episode {
    /// From 1 within the log.
    pub no: u32,
    /// Its first event.
    pub seq: Seq,
    /// When it began; the shopper's first message, as soon as there is one.
    pub at: Timestamp,
    /// The last message of anybody.
    pub last_at: Timestamp,
    /// Messages of the shopper.
    pub questions: u32,
    /// The bot was in control while the shopper spoke.
    pub met_bot: bool,
    pub bot_replies: u32,
    pub agent_replies: u32,
    /// The first reply that was not only the bot's word of handing over.
    pub first_reply_at: Option<Timestamp>,
    pub last_reply_by: Option<AnswerBy>,
    /// The shopper's last word stands unanswered.
    pub is_waiting: bool,
    /// Turns that said again what had been answered.
    pub repeats: u32,
    /// When a person was first asked for, by the shopper, the bot or the desk.
    pub human_asked_at: Option<Timestamp>,
    pub human_replied_at: Option<Timestamp>,
    /// Gave up waiting for a person.
    pub human_left_at: Option<Timestamp>,
    pub queue: Option<QueueId>,
    /// The last agent in control.
    pub agent: Option<StaffId>,
    pub end: Option<EpisodeEnd>,
    pub stars: Option<u8>,
    pub is_long_matter: bool,
    /// The earlier episode of the same shopper whose matter this one takes up again.
    pub returns_to: Option<Return>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EpisodeEnd {
    pub at: Timestamp,
    pub by: EndedBy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    Shopper,
    Agent,
    /// The bot, or the desk after silence.
    Desk,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    pub conversation: ConversationId,
    pub episode: u32,
    pub after_ms: i64,
}

impl Episode {
    pub(super) fn begin(no: u32, seq: Seq, at: Timestamp) -> Self {
        Self {
            no,
            seq,
            at,
            last_at: at,
            questions: 0,
            met_bot: false,
            bot_replies: 0,
            agent_replies: 0,
            first_reply_at: None,
            last_reply_by: None,
            is_waiting: false,
            repeats: 0,
            human_asked_at: None,
            human_replied_at: None,
            human_left_at: None,
            queue: None,
            agent: None,
            end: None,
            stars: None,
            is_long_matter: false,
            returns_to: None,
        }
    }

    /// No person wrote in it.
    pub fn is_contained(&self) -> bool {
        self.agent_replies == 0
    }

    pub fn return_window_ms(&self) -> i64 {
        if self.is_long_matter { LONG_RETURN_MS } else { RETURN_MS }
    }

    /// Whether the time in which the shopper may come back is over, so that a verdict is possible.
    pub fn is_ripe(&self, now: Timestamp) -> bool {
        now.since_ms(self.last_at) >= self.return_window_ms()
    }
}
