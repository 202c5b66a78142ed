//! Conversations as shoppers and the team see them, and the team's lists.

use std::collections::HashMap;

use domain::{
    conversation::{Conversation, Seq},
    handoff::{Emotion as StoredEmotion, HandoffCard as StoredCard, HandoffReason as StoredReason},
    id::{ConversationId, ShopId, ShopperId},
    time::Timestamp,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    basics::{Controller, ControllerKind, Emotion, HandoffReason, Language, Page, Party, ReadMarks, StaffName, Stage},
    cards::HandoffCard,
    measures::Deadline,
};

/// A conversation as its shopper sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ShopperConversation {
    #[schema(value_type = String, example = "cnv_01k0y8t4n6f3q2r5s7v9w1x3z5")]
    pub id: ConversationId,
    #[schema(value_type = String)]
    pub shop: ShopId,
    pub stage: Stage,
    pub controller: ControllerKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<StaffName>,
    pub language: Language,
    /// The last position in the log.
    pub seq: Seq,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<Place>,
    pub read: ReadMarks,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rated: Option<u8>,
    #[schema(value_type = i64)]
    pub started_at: Timestamp,
}

/// Where a waiting shopper stands; with the bot in control, a place that is kept and can be taken up again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Place {
    /// 1 is next.
    pub position: i64,
    #[schema(value_type = i64)]
    pub waiting_since: Timestamp,
    /// Absent when there is too little to estimate from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub estimate_ms: Option<i64>,
    pub agents_online: i64,
    /// Outside business hours: when they begin again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub back_at: Option<Timestamp>,
}

impl From<engine::queue::Place> for Place {
    fn from(place: engine::queue::Place) -> Self {
        Self {
            position: place.position,
            waiting_since: place.waiting_since,
            estimate_ms: place.estimate_ms,
            agents_online: place.agents_online,
            back_at: place.back_at,
        }
    }
}

pub fn stage_of(conversation: &Conversation) -> Stage {
    if conversation.is_open() { Stage::Open } else { Stage::Resolved }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ConversationList {
    pub items: Vec<ShopperConversation>,
    pub next: Option<String>,
}

/// A conversation as the team sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsoleConversation {
    #[schema(value_type = String)]
    pub id: ConversationId,
    #[schema(value_type = String)]
    pub shop: ShopId,
    pub shopper: ShopperView,
    pub stage: Stage,
    pub controller: Controller,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_name: Option<String>,
    /// Rises whenever control passes.
    pub control_epoch: i64,
    pub language: Language,
    pub seq: Seq,
    #[schema(value_type = i64)]
    pub started_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub resolved_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<Rating>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<HandoffCard>)]
    pub card: Option<StoredCard>,
    pub read: ReadMarks,
    pub may: May,
    /// Promises that run, the one that is due first in front.
    pub deadlines: Vec<Deadline>,
    pub tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snoozed: Option<Snoozed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<Page>,
}

/// Out of the lists for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Snoozed {
    /// Absent: until the shopper writes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub until: Option<Timestamp>,
}

pub fn snoozed_of(conversation: &Conversation) -> Option<Snoozed> {
    conversation.snoozed.map(|snooze| Snoozed { until: snooze.until })
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ShopperView {
    #[schema(value_type = String)]
    pub id: ShopperId,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The shop has vouched for who this is.
    pub verified: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    pub level: i64,
    pub language: Language,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Rating {
    pub stars: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// What the reader may do to the conversation as it stands now.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct May {
    pub take_over: bool,
    pub reply: bool,
    pub hand_back: bool,
    pub resolve: bool,
    pub reopen: bool,
    pub note: bool,
}

impl From<engine::conversations::May> for May {
    fn from(may: engine::conversations::May) -> Self {
        Self {
            take_over: may.take_over,
            reply: may.reply,
            hand_back: may.hand_back,
            resolve: may.resolve,
            reopen: may.reopen,
            note: may.note,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct InboxPage {
    pub items: Vec<InboxRow>,
    pub next: Option<String>,
    pub counts: InboxCounts,
}

#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct InboxCounts {
    pub queue: i64,
    pub waiting: i64,
    /// Mine, asleep.
    pub snoozed: i64,
    pub mine: i64,
    pub bot: i64,
    pub open: i64,
}

impl From<store::InboxCounts> for InboxCounts {
    fn from(counts: store::InboxCounts) -> Self {
        let store::InboxCounts { queue, waiting, snoozed, mine, bot, open } = counts;
        Self { queue, waiting, snoozed, mine, bot, open }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct InboxRow {
    #[schema(value_type = String)]
    pub conversation: ConversationId,
    #[schema(value_type = String)]
    pub shop: ShopId,
    pub shopper: InboxShopper,
    pub stage: Stage,
    pub controller: Controller,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_name: Option<String>,
    pub language: Language,
    pub last: LastLine,
    /// Since when the shopper waits for an answer or for an agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub waiting_since: Option<Timestamp>,
    pub unread: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<HandoffReason>)]
    pub reason: Option<StoredReason>,
    #[schema(value_type = Option<Emotion>)]
    pub emotion: StoredEmotion,
    pub tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snoozed: Option<Snoozed>,
    pub seq: Seq,
    #[schema(value_type = i64)]
    pub started_at: Timestamp,
    /// The promise that is due first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Deadline>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct InboxShopper {
    #[schema(value_type = String)]
    pub id: ShopperId,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    pub verified: bool,
    pub level: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct LastLine {
    #[schema(value_type = i64)]
    pub at: Timestamp,
    pub by: Party,
    /// The first 120 characters.
    pub text: String,
}

impl InboxRow {
    pub fn with(row: store::InboxRow, deadlines: &HashMap<ConversationId, Vec<store::StoredDeadline>>) -> Self {
        let conversation = row.conversation;
        let deadline = deadlines.get(&conversation.id).and_then(|running| running.first());
        Self {
            conversation: conversation.id,
            shop: conversation.shop,
            shopper: InboxShopper {
                id: conversation.shopper,
                name: row.shopper_name,
                verified: row.verified,
                level: row.level,
            },
            stage: stage_of(&conversation),
            controller: conversation.controller().into(),
            agent_name: row.agent_name,
            language: conversation.language.into(),
            last: LastLine { at: row.last_at, by: Party::from_name(&row.last_by), text: row.preview },
            waiting_since: conversation.waiting_since.or(conversation.queued_since),
            unread: row.unread,
            reason: conversation.handoff,
            emotion: conversation.emotion,
            snoozed: snoozed_of(&conversation),
            tags: conversation.tags,
            seq: conversation.seq,
            started_at: conversation.started_at,
            deadline: deadline.filter(|running| running.due_at.is_some()).map(Into::into),
        }
    }
}
