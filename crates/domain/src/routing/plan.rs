//! What a merchant sets up: hours, queues with members, what each agent can do, rules and limits.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    calendar::{Hours, Week},
    id::{QueueId, StaffId},
    language::{Bilingual, Language},
    time::{HOUR_MS, MINUTE_MS, SECOND_MS},
};

/// Enough for the largest team; more is a mistake.
pub const MAX_QUEUES: usize = 50;
pub const MAX_SEATS: usize = 2_000;
pub const MAX_RULES: usize = 100;
pub const MAX_SKILLS: usize = 30;
pub const MAX_NAME_CHARS: usize = 60;
pub const MAX_RULE_CHARS: usize = 1_000;
/// A usual conversation takes this much of an agent's capacity.
pub const USUAL_WEIGHT: u32 = 100;

/// A skill or a product line, as the merchant calls it: `refund`, `outdoor`, `售后`.
pub type Skill = String;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    pub hours: Hours,
    /// The first is the shop's default queue.
    pub queues: Vec<Queue>,
    /// Agents who aren't here have a seat of the default kind.
    #[serde(default)]
    pub seats: Vec<Seat>,
    /// The first that applies decides each thing it says.
    #[serde(default)]
    pub rules: Vec<Rule>,
    #[serde(default)]
    pub limits: Limits,
}

/// A group of agents (客服组) and the shoppers who wait for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    pub id: QueueId,
    pub name: Bilingual,
    /// Nobody named means everybody.
    #[serde(default)]
    pub members: Vec<StaffId>,
    #[serde(default)]
    pub overflow: Option<Overflow>,
}

/// Where shoppers go on waiting after some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overflow {
    pub to: QueueId,
    pub after_ms: i64,
}

/// What an agent can do, and how much.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    pub staff: StaffId,
    #[serde(default)]
    pub skills: Vec<Skill>,
    /// None named means all.
    #[serde(default)]
    pub languages: Vec<Language>,
    /// How soon it is this agent's turn again, compared with others; 100 is usual.
    pub weight: u32,
    /// What the agent can serve at the same time, in hundredths of a usual conversation.
    pub capacity: u32,
    /// When the agent works; without any, whenever they are online.
    #[serde(default)]
    pub shifts: Week,
}

impl Seat {
    /// Of an agent about whom nothing was set. Three conversations: planners advise two or three where chats are
    /// complex, and quality falls above.
    pub fn usual(staff: StaffId) -> Self {
        Self {
            staff,
            skills: Vec::new(),
            languages: Vec::new(),
            weight: 100,
            capacity: 3 * USUAL_WEIGHT,
            shifts: Week::default(),
        }
    }
}

/// "Conversations such as these go there and need that."
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub name: String,
    /// CEL over the conversation; see docs/routing.md.
    pub when: String,
    #[serde(default)]
    pub queue: Option<QueueId>,
    /// An agent has to have all of them.
    #[serde(default)]
    pub skills: Vec<Skill>,
    /// From 0 (usual) to 3.
    #[serde(default)]
    pub priority: Option<u8>,
    /// Hundredths of a usual conversation.
    #[serde(default)]
    pub weight: Option<u32>,
}

pub const MAX_PRIORITY: u8 = 3;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Whether the desk gives conversations to agents, and takes back what they leave; otherwise agents take from the
    /// queue by hand. A shop switches it on once its people know.
    pub assigns: bool,
    /// A shopper who asked for a person last time begins with one, while people are there.
    pub keeps_preference: bool,
    /// A shopper should be with an agent within this time; it orders those who wait.
    pub answer_within_ms: i64,
    /// An agent who leaves a shopper unanswered for so long loses the conversation to a colleague; 0 never.
    pub silent_ms: i64,
    /// An agent's console may be gone for so long before the agent counts as offline.
    pub offline_grace_ms: i64,
    /// The last agent gets the shopper back for so long even while paused …
    pub sticky_paused_ms: i64,
    /// … and for so long while available.
    pub sticky_ms: i64,
    /// A shopper waits this long for a last agent who is busy.
    pub sticky_wait_ms: i64,
    /// After this wait a missing skill no longer keeps an agent from serving; 0 never.
    pub relax_skills_ms: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            assigns: false,
            keeps_preference: false,
            answer_within_ms: MINUTE_MS,
            silent_ms: 5 * MINUTE_MS,
            offline_grace_ms: 45 * SECOND_MS,
            sticky_paused_ms: 24 * HOUR_MS,
            sticky_ms: 72 * HOUR_MS,
            sticky_wait_ms: MINUTE_MS,
            relax_skills_ms: 5 * MINUTE_MS,
        }
    }
}

/// A rule the plan breaks: where, and how, as stable words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanFault {
    pub field: &'static str,
    pub code: &'static str,
}

impl Plan {
    /// One queue for everybody.
    pub fn simple(hours: Hours, queue: QueueId, name: Bilingual) -> Self {
        let queue = Queue { id: queue, name, members: Vec::new(), overflow: None };
        Self { hours, queues: vec![queue], seats: Vec::new(), rules: Vec::new(), limits: Limits::default() }
    }

    pub fn queue(&self, id: QueueId) -> Option<&Queue> {
        self.queues.iter().find(|queue| queue.id == id)
    }

    /// What is known of an agent, or the usual.
    pub fn seat(&self, staff: StaffId) -> Seat {
        self.seats.iter().find(|seat| seat.staff == staff).cloned().unwrap_or_else(|| Seat::usual(staff))
    }

    /// Whether overflowing from this queue leads back to it.
    fn comes_back(&self, from: &Queue) -> bool {
        let next = |queue: &Queue| queue.overflow.and_then(|overflow| self.queue(overflow.to));
        std::iter::successors(next(from), |queue| next(queue)).take(MAX_QUEUES).any(|queue| queue.id == from.id)
    }

    /// `default` is the shop's own queue, which has to stay. What the rules say is checked where they are compiled.
    pub fn faults(&self, default: QueueId) -> Vec<PlanFault> {
        let mut faults = Vec::new();
        let mut fault = |broken: bool, field, code| {
            if broken {
                faults.push(PlanFault { field, code });
            }
        };
        fault(self.hours.calendar().is_err(), "hours", "malformed");
        fault(self.queues.len() > MAX_QUEUES, "queues", "too_many");
        fault(self.queues.first().is_none_or(|queue| queue.id != default), "queues", "no_default");
        let ids: BTreeSet<QueueId> = self.queues.iter().map(|queue| queue.id).collect();
        fault(ids.len() != self.queues.len(), "queues", "twice");
        for queue in &self.queues {
            fault(!is_name(&queue.name.zh) && !is_name(&queue.name.en), "queues.name", "empty");
            fault(
                queue.name.zh.chars().count().max(queue.name.en.chars().count()) > MAX_NAME_CHARS,
                "queues.name",
                "too_long",
            );
            let bad_overflow = |overflow: Overflow| {
                overflow.to == queue.id || !ids.contains(&overflow.to) || overflow.after_ms < SECOND_MS
            };
            fault(queue.overflow.is_some_and(bad_overflow), "queues.overflow", "unknown");
        }
        fault(self.queues.iter().any(|queue| self.comes_back(queue)), "queues.overflow", "circle");
        fault(self.seats.len() > MAX_SEATS, "seats", "too_many");
        let staff: BTreeSet<StaffId> = self.seats.iter().map(|seat| seat.staff).collect();
        fault(staff.len() != self.seats.len(), "seats", "twice");
        for seat in &self.seats {
            fault(!(1..=1_000).contains(&seat.weight), "seats.weight", "out_of_range");
            fault(!(USUAL_WEIGHT..=50 * USUAL_WEIGHT).contains(&seat.capacity), "seats.capacity", "out_of_range");
            fault(!are_skills(&seat.skills), "seats.skills", "malformed");
            let hours = Hours { zone: self.hours.zone.clone(), week: seat.shifts.clone(), holidays: Vec::new() };
            fault(hours.calendar().is_err(), "seats.shifts", "malformed");
        }
        fault(self.rules.len() > MAX_RULES, "rules", "too_many");
        for rule in &self.rules {
            fault(!is_name(&rule.name), "rules.name", "empty");
            fault(rule.name.chars().count() > MAX_NAME_CHARS, "rules.name", "too_long");
            fault(rule.when.chars().count() > MAX_RULE_CHARS, "rules.when", "too_long");
            fault(rule.queue.is_some_and(|queue| !ids.contains(&queue)), "rules.queue", "unknown");
            fault(!are_skills(&rule.skills), "rules.skills", "malformed");
            fault(rule.priority.is_some_and(|priority| priority > MAX_PRIORITY), "rules.priority", "out_of_range");
            let heavy = rule.weight.is_some_and(|weight| !(10..=10 * USUAL_WEIGHT).contains(&weight));
            fault(heavy, "rules.weight", "out_of_range");
        }
        fault(!self.limits.are_sound(), "limits", "out_of_range");
        faults.dedup();
        faults
    }
}

/// Consoles are heard of every 15 seconds even when nobody touches them; with a shorter grace they would come and go.
pub const LEAST_OFFLINE_GRACE_MS: i64 = 30 * SECOND_MS;

impl Limits {
    fn are_sound(&self) -> bool {
        let week = 7 * 24 * HOUR_MS;
        let waits = [self.silent_ms, self.sticky_paused_ms, self.sticky_ms, self.sticky_wait_ms, self.relax_skills_ms];
        waits.into_iter().all(|ms| (0..=week).contains(&ms))
            && (LEAST_OFFLINE_GRACE_MS..=HOUR_MS).contains(&self.offline_grace_ms)
            && (SECOND_MS..=week).contains(&self.answer_within_ms)
            && (self.silent_ms == 0 || self.silent_ms >= 10 * SECOND_MS)
    }
}

fn is_name(text: &str) -> bool {
    !text.trim().is_empty()
}

fn are_skills(skills: &[Skill]) -> bool {
    skills.len() <= MAX_SKILLS && skills.iter().all(|skill| is_name(skill) && skill.chars().count() <= MAX_NAME_CHARS)
}
