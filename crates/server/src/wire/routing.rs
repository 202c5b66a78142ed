//! The routing plan, what it would have done, and how many agents each hour takes.

use domain::{
    id::{ConversationId, QueueId, StaffId},
    routing as stored,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::basics::{Bilingual, Language, Presence};

/// Who serves whom: hours, queues, seats, rules and limits, always of one piece.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoutingPlan {
    pub hours: Hours,
    /// The first is the shop's default queue and has to stay.
    pub queues: Vec<Queue>,
    #[serde(default)]
    pub seats: Vec<Seat>,
    #[serde(default)]
    pub rules: Vec<Rule>,
    #[serde(default)]
    #[schema(required = true)]
    pub limits: Limits,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Hours {
    /// IANA name of the zone, such as `Asia/Shanghai`.
    pub zone: String,
    /// From Monday to Sunday; a day without spans is closed.
    #[schema(min_items = 7, max_items = 7)]
    pub week: Vec<Vec<Span>>,
    #[serde(default)]
    pub holidays: Vec<Holiday>,
}

/// Minutes after midnight; `until` may lie on the next day, up to 2880.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Span {
    pub from: u16,
    pub until: u16,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Holiday {
    #[schema(example = "2026-10-01")]
    pub date: String,
    pub name: Bilingual,
    #[serde(default)]
    pub open: Vec<Span>,
}

/// A group of agents, and the shoppers who wait for it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Queue {
    #[schema(value_type = String)]
    pub id: QueueId,
    pub name: Bilingual,
    /// `stf_…`; nobody named means everybody.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub members: Vec<StaffId>,
    #[serde(default)]
    pub overflow: Option<Overflow>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Overflow {
    #[schema(value_type = String)]
    pub to: QueueId,
    pub after_ms: i64,
}

/// What an agent can do, and how much.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Seat {
    #[schema(value_type = String)]
    pub staff: StaffId,
    #[serde(default)]
    pub skills: Vec<String>,
    /// None named means all.
    #[serde(default)]
    pub languages: Vec<Language>,
    /// How soon it is this agent's turn again; 100 is usual, 1 to 1000.
    pub weight: u32,
    /// Hundredths of a usual conversation at the same time, 100 to 5000.
    pub capacity: u32,
    /// From Monday to Sunday; without any, whenever they are online.
    #[serde(default = "no_shifts")]
    #[schema(min_items = 7, max_items = 7)]
    pub shifts: Vec<Vec<Span>>,
}

fn no_shifts() -> Vec<Vec<Span>> {
    (0..7).map(|_| Vec::new()).collect()
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub name: String,
    /// CEL; the names are in docs/routing.md.
    #[schema(example = "'refund' in intents && level >= 2")]
    pub when: String,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub queue: Option<QueueId>,
    #[serde(default)]
    pub skills: Vec<String>,
    /// 0 is usual, 3 comes first.
    #[serde(default)]
    pub priority: Option<u8>,
    /// Hundredths of a usual conversation.
    #[serde(default)]
    pub weight: Option<u32>,
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Whether the desk gives conversations to agents; otherwise they take from the queue by hand.
    pub assigns: bool,
    /// Whether a shopper who asked for a person last time begins with one, while people are there.
    pub keeps_preference: bool,
    /// A shopper should be with an agent within this time.
    pub answer_within_ms: i64,
    /// An unanswered shopper is taken back from an agent after this time; 0 never.
    pub silent_ms: i64,
    /// An agent whose console has gone is offline after this time.
    pub offline_grace_ms: i64,
    pub sticky_paused_ms: i64,
    pub sticky_ms: i64,
    pub sticky_wait_ms: i64,
    /// After this wait a missing skill no longer matters; 0 never.
    pub relax_skills_ms: i64,
}

impl Default for Limits {
    fn default() -> Self {
        let stored::Limits {
            assigns,
            keeps_preference,
            answer_within_ms,
            silent_ms,
            offline_grace_ms,
            sticky_paused_ms,
            sticky_ms,
            sticky_wait_ms,
            relax_skills_ms,
        } = stored::Limits::default();
        Self {
            assigns,
            keeps_preference,
            answer_within_ms,
            silent_ms,
            offline_grace_ms,
            sticky_paused_ms,
            sticky_ms,
            sticky_wait_ms,
            relax_skills_ms,
        }
    }
}

/// Why a conversation is with its agent.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Placement {
    pub basis: Basis,
    #[schema(value_type = Option<String>)]
    pub queue: Option<QueueId>,
    pub waited_ms: i64,
    pub idle_ms: i64,
    /// Agents who could have had it.
    pub eligible: u32,
    /// Skills that were asked for and that the agent has.
    pub skills: u32,
    pub weight: u32,
    pub load: u32,
    pub capacity: u32,
    pub vip: bool,
    pub urgent: bool,
}

#[derive(Debug, Default, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    LastAgent,
    #[default]
    LongestIdle,
    OnlyOne,
}

/// A plan with its version; whoever saves names the version they changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanView {
    /// 0 while none was set up.
    pub version: i64,
    #[schema(value_type = RoutingPlan)]
    pub plan: stored::Plan,
    pub agents: Vec<PlanAgent>,
    /// Whether the reader may change it.
    pub may_change: bool,
}

/// Somebody who may serve in the shop.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanAgent {
    #[schema(value_type = String)]
    pub id: StaffId,
    pub name: String,
    #[schema(value_type = Presence)]
    pub presence: domain::staff::Presence,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanChange {
    pub version: i64,
    #[schema(value_type = RoutingPlan)]
    pub plan: stored::Plan,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanTrial {
    #[schema(value_type = RoutingPlan)]
    pub plan: stored::Plan,
}

/// What a plan would have done with the conversations of the last seven days.
#[derive(Debug, Serialize, ToSchema)]
pub struct DryRun {
    pub conversations: usize,
    pub rules: Vec<RuleUse>,
    pub queues: Vec<QueueUse>,
    /// Conversations nobody of the team could have taken.
    pub unservable: usize,
    /// Some that would have gone elsewhere, the latest first.
    pub moved: Vec<MovedConversation>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RuleUse {
    pub name: String,
    pub applied: usize,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct QueueUse {
    #[schema(value_type = String)]
    pub queue: QueueId,
    pub would: usize,
    /// By the plan as it is.
    pub had: usize,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MovedConversation {
    #[schema(value_type = String)]
    pub conversation: ConversationId,
    pub ask: String,
    #[schema(value_type = String)]
    pub from: QueueId,
    #[schema(value_type = String)]
    pub to: QueueId,
    pub skills: Vec<String>,
}

impl From<engine::routing::DryRun> for DryRun {
    fn from(run: engine::routing::DryRun) -> Self {
        let rule = |used: engine::routing::RuleUse| RuleUse { name: used.name, applied: used.applied };
        let moved = run.moved.into_iter().map(|moved| MovedConversation {
            conversation: moved.conversation,
            ask: moved.ask,
            from: moved.from,
            to: moved.to,
            skills: moved.skills,
        });
        Self {
            conversations: run.conversations,
            rules: run.rules.into_iter().map(rule).collect(),
            queues: run.queues.into_iter().map(|(queue, would, had)| QueueUse { queue, would, had }).collect(),
            unservable: run.unservable,
            moved: moved.collect(),
        }
    }
}

/// How many agents each hour of the day takes, by Erlang A from the shop's own log.
#[derive(Debug, Serialize, ToSchema)]
pub struct Staffing {
    pub days: i64,
    /// Waits and served conversations that were looked at.
    pub stays: usize,
    pub served: usize,
    /// Absent while there is too little to tell from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handle_ms: Option<f64>,
    pub patience_ms: f64,
    /// Otherwise a usual patience is taken, because too few shoppers have left.
    pub patience_is_known: bool,
    /// Usual conversations an agent serves at the same time.
    pub at_once: f64,
    pub hours: Vec<StaffingHour>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct StaffingHour {
    pub hour: usize,
    pub arrivals: f64,
    /// By today's shifts; absent when nobody has any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheduled: Option<usize>,
    /// Share served in time with those.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needed: Option<usize>,
}

impl From<engine::routing::Staffing> for Staffing {
    fn from(staffing: engine::routing::Staffing) -> Self {
        let hours = staffing.hours.into_iter().map(|hour| StaffingHour {
            hour: hour.hour,
            arrivals: hour.arrivals,
            scheduled: hour.scheduled,
            within: hour.within,
            needed: hour.needed,
        });
        Self {
            days: staffing.days,
            stays: staffing.stays,
            served: staffing.served,
            handle_ms: staffing.handle_ms,
            patience_ms: staffing.patience_ms,
            patience_is_known: staffing.patience_is_known,
            at_once: staffing.at_once,
            hours: hours.collect(),
        }
    }
}
