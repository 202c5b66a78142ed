//! What surrounds conversations, as the team sees it: notices, tasks, drafts, suggestions, saved views.

use domain::{
    conversation::Seq,
    id::{ArticleId, ConversationId, NoticeId, QueueId, ShopId, StaffId, SuggestionId, TaskId, ViewId},
    message::Body,
    time::Timestamp,
};
use engine::suggest::{self, Source};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::basics::{Page, Presence, StaffName};

/// Why one should look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    Assigned,
    Mention,
    Question,
    Answer,
    Whisper,
    Invitation,
    Woken,
    DraftWanted,
    TaskDue,
    /// Taken back from a colleague who left the shopper waiting.
    Reclaimed,
}

impl From<store::NoticeKind> for NoticeKind {
    fn from(kind: store::NoticeKind) -> Self {
        match kind {
            store::NoticeKind::Assigned => Self::Assigned,
            store::NoticeKind::Mention => Self::Mention,
            store::NoticeKind::Question => Self::Question,
            store::NoticeKind::Answer => Self::Answer,
            store::NoticeKind::Whisper => Self::Whisper,
            store::NoticeKind::Invitation => Self::Invitation,
            store::NoticeKind::Woken => Self::Woken,
            store::NoticeKind::DraftWanted => Self::DraftWanted,
            store::NoticeKind::TaskDue => Self::TaskDue,
            store::NoticeKind::Reclaimed => Self::Reclaimed,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Notice {
    #[schema(value_type = String)]
    pub id: NoticeId,
    pub kind: NoticeKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub conversation: Option<ConversationId>,
    /// The event it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seq: Option<Seq>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub task: Option<TaskId>,
    /// Absent: the desk itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<StaffName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shopper_name: Option<String>,
    /// What was said, or what is to be done.
    pub text: String,
    #[schema(value_type = i64)]
    pub at: Timestamp,
    pub seen: bool,
}

impl From<store::Notice> for Notice {
    fn from(stored: store::Notice) -> Self {
        let notice = stored.notice;
        let said = stored.body.and_then(|json| serde_json::from_str::<Body>(&json).ok()).map(|body| body.text);
        Self {
            id: notice.id,
            kind: notice.kind.into(),
            conversation: notice.conversation,
            seq: notice.seq,
            task: notice.task,
            by: notice.by.map(|id| StaffName { id, name: stored.by_name.unwrap_or_default() }),
            shopper_name: stored.shopper_name,
            text: said.or(stored.task_text).unwrap_or_default(),
            at: notice.at,
            seen: stored.seen_at.is_some(),
        }
    }
}

/// What a task is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Somebody of the team made it.
    FollowUp,
    /// A shopper asked to be called; done when the agent has written or ended the conversation.
    CallBack,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Task {
    #[schema(value_type = String)]
    pub id: TaskId,
    #[schema(value_type = String)]
    pub shop: ShopId,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub conversation: Option<ConversationId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shopper_name: Option<String>,
    pub kind: TaskKind,
    /// Absent: whoever of the group is first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<StaffName>,
    /// The group it lies with while nobody owns it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub queue: Option<QueueId>,
    /// Absent: the desk.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub by: Option<StaffId>,
    /// Empty for a call-back, and when the shopper was erased.
    pub text: String,
    /// Of a call-back: where the shopper is to be called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    #[schema(value_type = i64)]
    pub due_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub done_at: Option<Timestamp>,
}

impl From<store::Task> for Task {
    fn from(task: store::Task) -> Self {
        Self {
            id: task.id,
            shop: task.shop,
            conversation: task.conversation,
            shopper_name: task.shopper_name,
            kind: match task.kind {
                store::TaskKind::FollowUp => TaskKind::FollowUp,
                store::TaskKind::CallBack => TaskKind::CallBack,
            },
            owner: task.owner.map(|id| StaffName { id, name: task.owner_name.unwrap_or_default() }),
            queue: task.queue.filter(|_| task.owner.is_none()),
            by: task.by,
            text: task.text,
            contact: task.contact,
            due_at: task.due_at,
            done_at: task.done_at,
        }
    }
}

/// What somebody has begun to write.
#[derive(Debug, Serialize, ToSchema)]
pub struct Draft {
    pub staff: StaffName,
    /// Empty when the reader may not see it; they can ask for it.
    pub text: String,
    pub is_readable: bool,
    pub is_note: bool,
    pub is_shared: bool,
    #[schema(value_type = i64)]
    pub at: Timestamp,
}

impl From<engine::workspace::ColleagueDraft> for Draft {
    fn from(known: engine::workspace::ColleagueDraft) -> Self {
        let draft = known.draft;
        Self {
            staff: StaffName { id: draft.staff, name: known.name },
            text: draft.text,
            is_readable: known.is_readable,
            is_note: draft.is_note,
            is_shared: draft.is_shared,
            at: draft.at,
        }
    }
}

/// A reply that could be sent, and what it was made from.
#[derive(Debug, Serialize, ToSchema)]
pub struct Suggestion {
    #[schema(value_type = String)]
    pub id: SuggestionId,
    /// May hold variables such as `{{order}}` for the console to fill in.
    pub text: String,
    /// The shopper's message it answers.
    pub answers: Seq,
    pub source: SuggestionSource,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SuggestionSource {
    Article {
        #[schema(value_type = String)]
        article: ArticleId,
        version: i64,
        title: String,
    },
    Order {
        order: String,
    },
    Colleague {
        #[schema(value_type = String)]
        conversation: ConversationId,
        seq: Seq,
        staff: StaffName,
        #[schema(value_type = i64)]
        at: Timestamp,
        /// How many replies to the same question say much the same.
        alike: i64,
    },
}

impl From<suggest::Suggestion> for Suggestion {
    fn from(made: suggest::Suggestion) -> Self {
        let source = match made.source {
            Source::Article { article, version, title } => SuggestionSource::Article { article, version, title },
            Source::Order { order } => SuggestionSource::Order { order: order.as_str().to_owned() },
            Source::Colleague { conversation, seq, staff, name, at, alike } => {
                SuggestionSource::Colleague { conversation, seq, staff: StaffName { id: staff, name }, at, alike }
            }
        };
        Self { id: made.id, text: made.text, answers: made.answers, source }
    }
}

/// How drafts of one kind fared.
#[derive(Debug, Serialize, ToSchema)]
pub struct SuggestionUse {
    /// What they were made from: `article`, `order` or `colleague`.
    #[schema(example = "article")]
    pub kind: String,
    pub shown: i64,
    /// Taken into a reply; the others were left alone.
    pub used: i64,
    pub ignored: i64,
    pub sent: i64,
    /// Of those that were sent: without a change, and with.
    pub unchanged: i64,
    pub edited: i64,
    /// Of those shown, and of those sent; absent when there were none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub used_share: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edited_share: Option<f64>,
    /// Characters changed in those that were sent, and their length before.
    pub edits: i64,
    pub chars: i64,
}

impl From<store::SuggestionCounts> for SuggestionUse {
    fn from(counts: store::SuggestionCounts) -> Self {
        let store::SuggestionCounts { kind, shown, used, sent, unchanged, edits, chars } = counts;
        let share = |part: i64, of: i64| (of > 0).then(|| part as f64 / of as f64);
        let (ignored, edited) = (shown - used, sent - unchanged);
        let (used_share, edited_share) = (share(used, shown), share(edited, sent));
        Self { kind, shown, used, ignored, sent, unchanged, edited, used_share, edited_share, edits, chars }
    }
}

/// Somebody one can mention, ask or pass a conversation to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Colleague {
    #[schema(value_type = String)]
    pub id: StaffId,
    pub name: String,
    pub presence: Presence,
    pub supervises: bool,
    /// Conversations they serve now.
    pub open: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct TagCount {
    pub tag: String,
    pub count: i64,
}

/// A page of the shop the shopper came to while the chat was open.
#[derive(Debug, Serialize, ToSchema)]
pub struct Visit {
    #[schema(value_type = String)]
    pub conversation: ConversationId,
    #[schema(value_type = i64)]
    pub at: Timestamp,
    pub page: Page,
}

impl From<store::Visit> for Visit {
    fn from(visit: store::Visit) -> Self {
        Self { conversation: visit.conversation, at: visit.at, page: visit.page.into() }
    }
}

/// A list somebody has put together.
#[derive(Debug, Serialize, ToSchema)]
pub struct SavedView {
    #[schema(value_type = String)]
    pub id: ViewId,
    pub name: String,
    pub wish: ViewWish,
}

/// What is asked of the inbox.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewWish {
    pub view: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shop: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}
