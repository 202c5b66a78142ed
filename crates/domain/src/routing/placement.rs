//! "Why here": what spoke for an assignment. It is stored with the event, so fields are only ever added.

use serde::{Deserialize, Serialize};

use crate::id::QueueId;

/// Why this agent and not another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// This agent served the shopper last.
    LastAgent,
    /// Of all who could, this one has had nothing new for longest, measured by the agents' weights.
    #[default]
    LongestIdle,
    /// Nobody else could.
    OnlyOne,
}

/// What an assignment was decided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Placement {
    pub basis: Basis,
    pub queue: Option<QueueId>,
    /// The shopper's wait until then.
    pub waited_ms: i64,
    /// How long the agent had been given nothing new.
    pub idle_ms: i64,
    /// Who could have had it: right queue, skills and language, and room for it.
    pub eligible: u32,
    /// Skills that were asked for and that the agent has.
    pub skills: u32,
    /// What the conversation takes of an agent's capacity, in hundredths of a usual one.
    pub weight: u32,
    /// The agent's load before, and capacity, in the same unit.
    pub load: u32,
    pub capacity: u32,
    pub vip: bool,
    /// Its deadline was near or over, and it was put before others.
    pub urgent: bool,
}
