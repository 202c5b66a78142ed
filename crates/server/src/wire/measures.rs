//! Measures, deadlines and the live board.

use std::collections::BTreeMap;

use domain::{
    deadline::{DeadlineKind as StoredKind, Targets as StoredTargets},
    measures::{Counts as StoredCounts, Measure as StoredMeasure, Unit as StoredUnit},
    time::Timestamp,
};
use engine::{
    board,
    deadlines::ServiceLevels as StoredLevels,
    measures::{Figure as ComputedFigure, Report},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{conversations::InboxRow, people::AgentLoad, workspace::SuggestionUse};

/// The definitions are in docs/measures.md.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    FirstResponse,
    FirstResponseBot,
    FirstResponseHuman,
    FirstResponseHumanOpen,
    AverageResponse,
    AverageResponseHuman,
    HumanWithin3Minutes,
    FirstWithin30Seconds,
    ReplyWithin5Minutes,
    AllRoundsInTime,
    HandoffRate,
    BotSolvedAlone,
    TrueResolution,
    BotTrueResolution,
    ReaskRate,
    Containment,
    FalseContainment,
    Abandonment,
    HandleTime,
    FirstContactResolution,
    Satisfaction,
    RatingResponse,
    SatisfactionBounds,
    DeadlinesMet,
}

/// A share of 1, or milliseconds: the median or the mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeasureUnit {
    Share,
    Median,
    Mean,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeasureCounts {
    Rounds,
    Episodes,
    Ratings,
    Deadlines,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Figure {
    #[schema(value_type = Measure)]
    pub measure: StoredMeasure,
    #[schema(value_type = MeasureUnit)]
    pub unit: StoredUnit,
    #[schema(value_type = MeasureCounts)]
    pub counts: StoredCounts,
    /// Absent when there is nothing to measure, or less than `least`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// With 95 % confidence; for `satisfaction_bounds` what it would be if the silent ones were unhappy, or happy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    pub n: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hits: Option<u64>,
    /// Still unanswered or undecided.
    pub undecided: u64,
    pub least: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ninth_decile_ms: Option<i64>,
    pub is_better_high: bool,
}

impl From<&ComputedFigure> for Figure {
    fn from(figure: &ComputedFigure) -> Self {
        let value = figure.value;
        Self {
            measure: figure.measure,
            unit: figure.measure.unit(),
            counts: figure.measure.counts(),
            value: value.value,
            low: value.interval.map(|interval| interval.low),
            high: value.interval.map(|interval| interval.high),
            n: value.n,
            hits: value.hits,
            undecided: value.censored,
            least: value.least,
            ninth_decile_ms: figure.ninth_decile_ms,
            is_better_high: figure.measure.is_better_high(),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MeasureReport {
    pub all: Vec<Figure>,
    pub days: Vec<MeasuredDay>,
    pub groups: Vec<MeasuredGroup>,
    /// What became of the drafts agents were offered, by what they were made from.
    pub suggestions: Vec<SuggestionUse>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MeasuredDay {
    #[schema(value_type = i64)]
    pub begins_at: Timestamp,
    pub figures: Vec<Figure>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MeasuredGroup {
    /// Of a shop, an agent or a queue.
    pub id: String,
    /// What people call it; the id when it is gone.
    pub name: String,
    pub figures: Vec<Figure>,
}

impl MeasureReport {
    pub fn of(report: &Report, name_of: impl Fn(&str) -> String) -> Self {
        let figures = |figures: &[ComputedFigure]| figures.iter().map(Into::into).collect();
        Self {
            all: figures(&report.all),
            days: report
                .days
                .iter()
                .map(|(begins_at, day)| MeasuredDay { begins_at: *begins_at, figures: figures(day) })
                .collect(),
            groups: report
                .groups
                .iter()
                .map(|(id, group)| MeasuredGroup { id: id.clone(), name: name_of(id), figures: figures(group) })
                .collect(),
            suggestions: report.suggestions.iter().cloned().map(Into::into).collect(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineKind {
    FirstReply,
    NextReply,
    Resolution,
}

/// A promise that runs; only open hours count.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Deadline {
    #[schema(value_type = DeadlineKind)]
    pub kind: StoredKind,
    #[schema(value_type = i64)]
    pub started_at: Timestamp,
    pub target_ms: i64,
    /// Absent while it stands still because the shopper has the word.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub due_at: Option<Timestamp>,
    /// The highest of 50, 75, 90 and 100 percent that is passed; 0 before.
    pub mark: u8,
}

impl From<&store::StoredDeadline> for Deadline {
    fn from(stored: &store::StoredDeadline) -> Self {
        Self {
            kind: stored.deadline.kind,
            started_at: stored.deadline.started_at,
            target_ms: stored.deadline.target_ms,
            due_at: stored.due_at,
            mark: stored.mark,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    /// From asking for a person to the person's first word; absent promises nothing.
    #[serde(default)]
    pub first_reply_ms: Option<i64>,
    #[serde(default)]
    pub next_reply_ms: Option<i64>,
    #[serde(default)]
    pub resolution_ms: Option<i64>,
}

impl From<StoredTargets> for Targets {
    fn from(it: StoredTargets) -> Self {
        Self { first_reply_ms: it.first_reply_ms, next_reply_ms: it.next_reply_ms, resolution_ms: it.resolution_ms }
    }
}

impl From<Targets> for StoredTargets {
    fn from(it: Targets) -> Self {
        Self { first_reply_ms: it.first_reply_ms, next_reply_ms: it.next_reply_ms, resolution_ms: it.resolution_ms }
    }
}

/// How long a shopper may wait for people, in milliseconds of open hours.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceLevels {
    pub targets: Targets,
    /// Queues with targets of their own, by id.
    #[serde(default)]
    pub queues: BTreeMap<String, Targets>,
}

impl From<StoredLevels> for ServiceLevels {
    fn from(levels: StoredLevels) -> Self {
        let queues = levels.queues.into_iter().map(|(queue, targets)| (queue, targets.into())).collect();
        Self { targets: levels.targets.into(), queues }
    }
}

impl From<ServiceLevels> for StoredLevels {
    fn from(levels: ServiceLevels) -> Self {
        let queues = levels.queues.into_iter().map(|(queue, targets)| (queue, targets.into())).collect();
        Self { targets: levels.targets.into(), queues }
    }
}

/// What a supervisor watches.
#[derive(Debug, Serialize, ToSchema)]
pub struct Board {
    /// Who has waited longest first.
    pub waiting: Vec<InboxRow>,
    pub served: Vec<InboxRow>,
    /// With the bot, upset or angry.
    pub upset: Vec<InboxRow>,
    pub agents: Vec<BoardAgent>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct BoardAgent {
    #[serde(flatten)]
    pub agent: AgentLoad,
    /// Conversations of the usual kind they serve at once.
    pub capacity: u32,
}

impl From<board::Board> for Board {
    fn from(board: board::Board) -> Self {
        let deadlines = board.deadlines;
        let rows = |rows: Vec<store::InboxRow>| rows.into_iter().map(|row| InboxRow::with(row, &deadlines)).collect();
        Self {
            waiting: rows(board.waiting),
            served: rows(board.served),
            upset: rows(board.upset),
            agents: board
                .agents
                .into_iter()
                .map(|seated| BoardAgent { agent: seated.agent.into(), capacity: seated.capacity })
                .collect(),
        }
    }
}
