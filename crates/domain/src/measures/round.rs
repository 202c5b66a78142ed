//! A round: what the shopper said without an answer in between, and the answer that ended it.

use serde::{Deserialize, Serialize};

use crate::{actor::Controller, conversation::Seq, id::StaffId, time::Timestamp};

/// Who owed the answer when the shopper spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskedOf {
    Bot,
    /// Waiting for a person.
    Queue,
    Agent,
}

impl From<Controller> for AskedOf {
    fn from(controller: Controller) -> Self {
        match controller {
            Controller::Bot => Self::Bot,
            Controller::Queue(_) => Self::Queue,
            Controller::Agent(_) => Self::Agent,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerBy {
    Bot,
    Agent(StaffId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub seq: Seq,
    pub at: Timestamp,
    pub by: AnswerBy,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// The first message of the turn. More of them before the answer make no more rounds.
    pub seq: Seq,
    pub episode: u32,
    pub at: Timestamp,
    pub messages: u32,
    pub asked_of: AskedOf,
    /// Since when a person owes the answer: from the start, or from the handoff in its midst.
    pub human_from: Option<Timestamp>,
    /// Since when the agent who has it now could answer.
    pub agent_from: Option<Timestamp>,
    /// The agent who had the conversation last while it was open.
    pub agent: Option<StaffId>,
    pub answer: Option<Answer>,
    /// Ended without an answer: resolved, or control given back to the bot. Until then nobody knows: it is censored.
    pub left_at: Option<Timestamp>,
    /// Says again what was asked before in the episode and answered; `None` when the text is gone.
    pub repeats: Option<bool>,
}

impl Round {
    pub fn is_open(&self) -> bool {
        self.answer.is_none() && self.left_at.is_none()
    }

    /// From the shopper's message to the answer.
    pub fn gap_ms(&self) -> Option<i64> {
        self.answer.map(|answer| answer.at.since_ms(self.at))
    }

    /// From when a person owed it to a person's answer.
    pub fn human_gap_ms(&self) -> Option<i64> {
        match (self.human_from, self.answer) {
            (Some(from), Some(Answer { at, by: AnswerBy::Agent(_), .. })) => Some(at.since_ms(from)),
            _ => None,
        }
    }

    /// How long it was looked at without an answer, seen from `now`.
    pub fn censored_ms(&self, from: Timestamp, now: Timestamp) -> i64 {
        self.left_at.unwrap_or(now).since_ms(from).max(0)
    }
}
