//! Events as shoppers and the team see them. Notes, cards and withheld replies never reach a shopper.

use std::collections::HashMap;

use domain::{
    actor::{Actor, Controller as Stored},
    conversation::{Event, Fact, PassReason, Seq, WakeReason, WithheldReason},
    handoff::HandoffCard as StoredCard,
    id::{MessageId, StaffId, TraceId},
    message::Body as StoredBody,
    routing::Placement as StoredPlacement,
    time::Timestamp,
};
use serde::{Serialize, de::DeserializeOwned};
use store::StoredEvent;
use utoipa::ToSchema;

use super::{
    basics::{Controller, ControllerKind, NoteKind, Party, StaffName},
    bodies::Body,
    cards::HandoffCard,
};
use crate::tokens::FileLinks;

/// The names of the staff who appear in some events.
pub type Names = HashMap<StaffId, String>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShopperEventKind {
    Started,
    Message,
    ControllerChanged,
    Resolved,
    Reopened,
    Rated,
}

/// An event of the log as the shopper may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ShopperEvent {
    pub seq: Seq,
    #[schema(value_type = i64)]
    pub at: Timestamp,
    pub by: Party,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<StaffName>,
    pub kind: ShopperEventKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub controller: Option<ControllerKind>,
    /// `handed_off`, `taken_over`, `handed_back`, `shopper_chose_bot`, `shopper_kept_place`, `reopened`, `assigned`,
    /// `transferred`, `reclaimed` or `overflowed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stars: Option<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Message {
    #[schema(value_type = String)]
    pub id: MessageId,
    /// The sender's own id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    pub body: Body,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ShopperEvents {
    pub events: Vec<ShopperEvent>,
    /// How far the log was read; events that aren't for shoppers leave holes.
    pub seq: Seq,
    pub more: bool,
}

/// What became of a message that was sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct SentMessage {
    pub seq: Seq,
    pub message: Message,
    /// It was in the log already; nothing was added.
    pub duplicate: bool,
}

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
    #[schema(value_type = Option<super::routing::Placement>)]
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
    /// Of a snooze; absent: until the shopper writes.
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

/// The staff who act in an event or are given control.
pub fn staff_in(event: &Event) -> impl Iterator<Item = StaffId> {
    let actor = match event.by {
        Actor::Agent(staff) => Some(staff),
        _ => None,
    };
    let given = match event.fact {
        Fact::ControlPassed { to: Stored::Agent(staff), .. } => Some(staff),
        _ => None,
    };
    let told = match &event.fact {
        Fact::NoteAdded { to, .. } => to.as_slice(),
        _ => &[],
    };
    actor.into_iter().chain(given).chain(told.iter().copied())
}

/// A body that can't be read is shown as an empty one: the log must stay readable.
pub fn read_body<T: DeserializeOwned>(stored: &StoredEvent) -> Option<T> {
    let json = stored.body.as_deref()?;
    serde_json::from_str(json)
        .inspect_err(|error| {
            let event = &stored.event;
            tracing::warn!(conversation = %event.conversation, seq = event.seq, %error, "unreadable body");
        })
        .ok()
}

pub fn message_of(stored: &StoredEvent, links: &FileLinks<'_>) -> Option<Message> {
    let id = stored.event.fact.message()?;
    let body = read_body::<StoredBody>(stored).unwrap_or_default();
    // Stored with the side in front, because ids of both sides share one log.
    let client = stored.event.fact.client().map(|client| match client.split_once(':') {
        Some((_, own)) => own.to_owned(),
        None => client.to_owned(),
    });
    Some(Message { id, client_id: client, body: Body::new(body, links) })
}

fn staff_name(staff: StaffId, names: &Names) -> StaffName {
    StaffName { id: staff, name: names.get(&staff).cloned().unwrap_or_default() }
}

fn actor_name(event: &Event, names: &Names) -> Option<StaffName> {
    match event.by {
        Actor::Agent(staff) => Some(staff_name(staff, names)),
        _ => None,
    }
}

const fn pass_name(why: PassReason) -> &'static str {
    match why {
        PassReason::HandedOff(_) => "handed_off",
        PassReason::TakenOver => "taken_over",
        PassReason::HandedBack => "handed_back",
        PassReason::ShopperChoseBot => "shopper_chose_bot",
        PassReason::ShopperKeptPlace => "shopper_kept_place",
        PassReason::Reopened => "reopened",
        PassReason::Assigned(_) => "assigned",
        PassReason::Transferred => "transferred",
        PassReason::Reclaimed(_) => "reclaimed",
        PassReason::Overflowed => "overflowed",
    }
}

impl ShopperEvent {
    /// `None` for what shoppers never see.
    pub fn new(stored: &StoredEvent, names: &Names, links: &FileLinks<'_>) -> Option<Self> {
        let event = &stored.event;
        let mut seen = Self {
            seq: event.seq,
            at: event.at,
            by: event.by.into(),
            agent: actor_name(event, names),
            kind: ShopperEventKind::Message,
            message: None,
            controller: None,
            reason: None,
            stars: None,
        };
        match &event.fact {
            Fact::ShopperSaid { .. }
            | Fact::BotReplied { .. }
            | Fact::AgentReplied { .. }
            | Fact::ContactLeft { .. } => seen.message = message_of(stored, links),
            Fact::Started { controller, .. } => {
                seen.kind = ShopperEventKind::Started;
                seen.controller = Some(Controller::from(Some(*controller)).into());
            }
            Fact::ControlPassed { to, why, .. } => {
                seen.kind = ShopperEventKind::ControllerChanged;
                seen.controller = Some(Controller::from(Some(*to)).into());
                seen.reason = Some(pass_name(*why));
                if let Stored::Agent(staff) = to {
                    seen.agent = Some(staff_name(*staff, names));
                }
            }
            Fact::Resolved => seen.kind = ShopperEventKind::Resolved,
            Fact::Reopened => seen.kind = ShopperEventKind::Reopened,
            Fact::Rated { stars, .. } => {
                seen.kind = ShopperEventKind::Rated;
                seen.stars = Some(*stars);
            }
            Fact::LanguageChosen { .. }
            | Fact::NoteAdded { .. }
            | Fact::Tagged { .. }
            | Fact::Untagged { .. }
            | Fact::Snoozed { .. }
            | Fact::Woken { .. }
            | Fact::ReplyWithheld { .. }
            | Fact::CardWritten { .. }
            | Fact::Identified { .. } => return None,
        }
        Some(seen)
    }
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
            Fact::ContactLeft { .. } => {
                seen.kind = ConsoleEventKind::ContactLeft;
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
