//! How long a shopper may wait, in the shop's open hours. A deadline starts with what the shopper did, stands still
//! while the shopper has the word, and is told of at 50, 75 and 90 percent before it is missed.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{
    actor::Controller,
    calendar::Calendar,
    conversation::{Conversation, Event, Fact},
    time::Timestamp,
};

/// Percent of the time at which somebody is told; at 100 it is missed.
pub const MARKS: [u8; 4] = [50, 75, 90, 100];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineKind {
    /// From asking for a person to the person's first word.
    FirstReply,
    /// From a message to the agent's answer.
    NextReply,
    /// Until the matter is resolved, without the time in which the shopper had the word.
    Resolution,
}

impl DeadlineKind {
    pub const ALL: [Self; 3] = [Self::FirstReply, Self::NextReply, Self::Resolution];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FirstReply => "first_reply",
            Self::NextReply => "next_reply",
            Self::Resolution => "resolution",
        }
    }
}

impl FromStr for DeadlineKind {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or("unknown kind of deadline")
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineOutcome {
    Met,
    /// It came, but too late; or it ended late for another reason.
    Missed,
    /// The reason for it went away in time: the shopper left, or chose the bot.
    Dropped,
}

impl DeadlineOutcome {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missed => "missed",
            Self::Dropped => "dropped",
        }
    }
}

/// How long may be waited, in milliseconds of open time; `None` promises nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    pub first_reply_ms: Option<i64>,
    pub next_reply_ms: Option<i64>,
    pub resolution_ms: Option<i64>,
}

impl Targets {
    pub const fn of(&self, kind: DeadlineKind) -> Option<i64> {
        match kind {
            DeadlineKind::FirstReply => self.first_reply_ms,
            DeadlineKind::NextReply => self.next_reply_ms,
            DeadlineKind::Resolution => self.resolution_ms,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    pub kind: DeadlineKind,
    pub started_at: Timestamp,
    pub target_ms: i64,
    /// Open time used up before the last pause.
    pub spent_ms: i64,
    /// Since when the clock runs again; `None` while it stands still.
    pub running_since: Option<Timestamp>,
    pub ended: Option<(Timestamp, DeadlineOutcome)>,
}

impl Deadline {
    pub fn start(kind: DeadlineKind, at: Timestamp, target_ms: i64) -> Self {
        Self { kind, started_at: at, target_ms, spent_ms: 0, running_since: Some(at), ended: None }
    }

    pub fn spent_at(&self, now: Timestamp, calendar: &Calendar) -> i64 {
        self.spent_ms + self.running_since.map_or(0, |since| calendar.open_ms_between(since, now))
    }

    pub fn pause(&mut self, now: Timestamp, calendar: &Calendar) {
        self.spent_ms = self.spent_at(now, calendar);
        self.running_since = None;
    }

    /// When so many percent are used up; `None` while it stands still, or when the shop doesn't open any more.
    pub fn at_percent(&self, percent: u8, calendar: &Calendar) -> Option<Timestamp> {
        let since = self.running_since.filter(|_| self.ended.is_none())?;
        // Rounded up: at that moment it is so much, not almost.
        let part = (self.target_ms * i64::from(percent) + 99) / 100;
        calendar.after_open_ms(since, part - self.spent_ms)
    }

    pub fn due_at(&self, calendar: &Calendar) -> Option<Timestamp> {
        self.at_percent(100, calendar)
    }

    /// The highest mark that is passed; 0 before the first.
    pub fn mark_at(&self, now: Timestamp, calendar: &Calendar) -> u8 {
        let spent = self.spent_at(now, calendar);
        MARKS.into_iter().filter(|mark| spent * 100 >= self.target_ms * i64::from(*mark)).max().unwrap_or(0)
    }

    fn end(&mut self, now: Timestamp, in_time: DeadlineOutcome, calendar: &Calendar) {
        let is_late = self.spent_at(now, calendar) > self.target_ms;
        self.pause(now, calendar);
        self.ended = Some((now, if is_late { DeadlineOutcome::Missed } else { in_time }));
    }
}

/// Whether an append can change a deadline at all: notes, tags and being passed from one person to another can't.
pub fn may_follow(before: &Conversation, after: &Conversation, events: &[Event]) -> bool {
    let serves = |state: &Conversation| state.controller().is_some_and(Controller::is_human);
    let waits = |state: &Conversation| serves(state) && state.waiting_since.is_some();
    let has_answered = events.iter().any(|event| matches!(event.fact, Fact::AgentReplied { .. }));
    has_answered || serves(before) != serves(after) || waits(before) != waits(after)
}

/// The deadlines that changed or began with an append, given those that were under way.
pub fn follow(
    running: &[Deadline],
    before: &Conversation,
    after: &Conversation,
    events: &[Event],
    targets: &Targets,
    calendar: &Calendar,
) -> Vec<Deadline> {
    let Some(now) = events.last().map(|event| event.at) else { return Vec::new() };
    let waits = after.controller().is_some_and(Controller::is_human) && after.waiting_since.is_some();
    let serves = after.controller().is_some_and(Controller::is_human);
    let has_answered = events.iter().any(|event| matches!(event.fact, Fact::AgentReplied { .. }));
    let mut changed = Vec::new();
    let mut has_reply = false;
    let mut has_resolution = false;
    for deadline in running {
        let mut next = deadline.clone();
        match deadline.kind {
            DeadlineKind::Resolution => {
                has_resolution = serves;
                if !serves {
                    let outcome = if after.is_open() { DeadlineOutcome::Dropped } else { DeadlineOutcome::Met };
                    next.end(now, outcome, calendar);
                } else if !waits {
                    next.pause(now, calendar);
                } else {
                    next.running_since.get_or_insert(now);
                }
            }
            DeadlineKind::FirstReply | DeadlineKind::NextReply if waits && !has_answered => has_reply = true,
            DeadlineKind::FirstReply | DeadlineKind::NextReply => {
                let outcome = if has_answered { DeadlineOutcome::Met } else { DeadlineOutcome::Dropped };
                next.end(now, outcome, calendar);
            }
        }
        if next != *deadline {
            changed.push(next);
        }
    }
    let mut begin = |kind: DeadlineKind| changed.extend(targets.of(kind).map(|ms| Deadline::start(kind, now, ms)));
    if waits && !has_reply {
        let was_with_agent = matches!(before.controller(), Some(Controller::Agent(_)));
        begin(if was_with_agent { DeadlineKind::NextReply } else { DeadlineKind::FirstReply });
    }
    if waits && !has_resolution {
        begin(DeadlineKind::Resolution);
    }
    changed
}
