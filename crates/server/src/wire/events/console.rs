//! Events as the team sees them.

use domain::{
    actor::Controller as Stored,
    conversation::{Fact, PassReason, Seq, WakeReason, WithheldReason},
    handoff::HandoffCard as StoredCard,
    id::TraceId,
    message::Body as StoredBody,
    routing::Placement as StoredPlacement,
    time::Timestamp,
};
use serde::Serialize;
use store::StoredEvent;
use utoipa::ToSchema;

use super::{Message, Names, actor_name, message_of, pass_name, read_body, staff_name};
use crate::{
    tokens::FileLinks,
    wire::{
        basics::{Controller, NoteKind, Party, StaffName},
        cards::HandoffCard,
        routing::Placement,
    },
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsoleEventKind {
    Started,
    Message,
    Note,
    ControllerChanged,
    Handoff,
    ReplyWithheld,
    Resolved,
    Reopened,
    Rated,
    Identified,
    ContactLeft,
    Tagged,
    Untagged,
    Snoozed,
    Woken,
    /// A shopper whose place is kept was told that they are next.
    TurnCame,
}

/// An event of the log as the team sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsoleEvent {
    pub seq: Seq,
    #[schema(value_type = i64)]
    pub at: Timestamp,
    pub by: Party,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub staff: Option<StaffName>,
    pub kind: ConsoleEventKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub controller: Option<Controller>,
    /// Of a change of control: why. After a handoff the handoff's reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// Of an assignment by the desk: why this agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Placement>)]
    pub placement: Option<StoredPlacement>,
    /// Why the bot said it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub trace: Option<TraceId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<HandoffCard>)]
    pub card: Option<StoredCard>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stars: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withheld: Option<Withheld>,
    /// Of a note: what it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<NoteKind>,
    /// Of a note: whom it is meant for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<StaffName>,
    /// Of an answer: where the question stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answers: Option<Seq>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// Of a snooze; absent: until the shopper writes. Of contact left: by when the shopper is to be called.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub until: Option<Timestamp>,
}

/// A reply of the bot that came too late, and was not delivered.
#[derive(Debug, Serialize, ToSchema)]
pub struct Withheld {
    pub text: String,
    #[schema(example = "control_passed")]
    pub reason: &'static str,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ConsoleEvents {
    pub events: Vec<ConsoleEvent>,
    pub seq: Seq,
    pub more: bool,
}

impl ConsoleEvent {
    /// `None` for what shows elsewhere, such as the chosen language.
    pub fn new(stored: &StoredEvent, names: &Names, links: &FileLinks<'_>) -> Option<Self> {
        let event = &stored.event;
        let mut seen = Self {
            seq: event.seq,
            at: event.at,
            by: event.by.into(),
            staff: actor_name(event, names),
            kind: ConsoleEventKind::Message,
            message: None,
            controller: None,
            reason: None,
            placement: None,
            trace: None,
            card: None,
            stars: None,
            comment: None,
            withheld: None,
            note: None,
            to: Vec::new(),
            answers: None,
            tag: None,
            until: None,
        };
        match &event.fact {
            Fact::ShopperSaid { .. } | Fact::AgentReplied { .. } => seen.message = message_of(stored, links),
            Fact::BotReplied { trace, .. } => {
                seen.message = message_of(stored, links);
                seen.trace = *trace;
            }
            Fact::NoteAdded { note, to, answers, .. } => {
                seen.kind = ConsoleEventKind::Note;
                seen.note = Some((*note).into());
                seen.to = to.iter().map(|staff| staff_name(*staff, names)).collect();
                seen.answers = *answers;
                seen.message = message_of(stored, links);
            }
            Fact::ContactLeft { call_back_by, .. } => {
                seen.kind = ConsoleEventKind::ContactLeft;
                seen.until = *call_back_by;
                seen.message = message_of(stored, links);
            }
            Fact::ReplyWithheld { why, trace, .. } => {
                seen.kind = ConsoleEventKind::ReplyWithheld;
                seen.trace = *trace;
                seen.withheld = Some(withheld(stored, *why));
            }
            Fact::Started { controller, .. } => {
                seen.kind = ConsoleEventKind::Started;
                seen.controller = Some(Some(*controller).into());
            }
            Fact::ControlPassed { to, why, .. } => seen.pass(*to, *why, names),
            Fact::CardWritten { .. } => {
                seen.kind = ConsoleEventKind::Handoff;
                seen.card = read_body(stored);
                seen.reason = seen.card.as_ref().map(|card| card.reason.as_str());
            }
            Fact::Resolved => seen.kind = ConsoleEventKind::Resolved,
            Fact::Reopened => seen.kind = ConsoleEventKind::Reopened,
            Fact::Rated { stars, .. } => {
                seen.kind = ConsoleEventKind::Rated;
                seen.stars = Some(*stars);
                seen.comment = read_body::<StoredBody>(stored).map(|body| body.text);
            }
            Fact::Identified { .. } => seen.kind = ConsoleEventKind::Identified,
            Fact::Tagged { tag } => {
                seen.kind = ConsoleEventKind::Tagged;
                seen.tag = Some(tag.clone());
            }
            Fact::Untagged { tag } => {
                seen.kind = ConsoleEventKind::Untagged;
                seen.tag = Some(tag.clone());
            }
            Fact::Snoozed { until } => {
                seen.kind = ConsoleEventKind::Snoozed;
                seen.until = *until;
            }
            Fact::Woken { why } => {
                seen.kind = ConsoleEventKind::Woken;
                seen.reason = Some(match why {
                    WakeReason::Due => "due",
                    WakeReason::Asked => "asked",
                });
            }
            Fact::TurnCame => seen.kind = ConsoleEventKind::TurnCame,
            Fact::LanguageChosen { .. } => return None,
        }
        Some(seen)
    }

    fn pass(&mut self, to: Stored, why: PassReason, names: &Names) {
        self.kind = ConsoleEventKind::ControllerChanged;
        self.controller = Some(Some(to).into());
        self.reason = Some(match why {
            PassReason::HandedOff(reason) => reason.as_str(),
            PassReason::Reclaimed(why) => why.handoff().as_str(),
            other => pass_name(other),
        });
        if let PassReason::Assigned(placement) = why {
            self.placement = Some(placement);
        }
        if let Stored::Agent(staff) = to {
            self.staff = Some(staff_name(staff, names));
        }
    }
}

fn withheld(stored: &StoredEvent, why: WithheldReason) -> Withheld {
    let body = read_body::<StoredBody>(stored).unwrap_or_default();
    let reason = match why {
        WithheldReason::ControlPassed => "control_passed",
        WithheldReason::Resolved => "resolved",
    };
    Withheld { text: body.text, reason }
}
