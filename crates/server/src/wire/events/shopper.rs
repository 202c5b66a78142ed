//! Events as a shopper may see them.

use domain::{
    actor::Controller as Stored,
    conversation::{Fact, Seq},
    time::Timestamp,
};
use serde::Serialize;
use store::StoredEvent;
use utoipa::ToSchema;

use super::{Message, Names, actor_name, message_of, pass_name, staff_name};
use crate::{
    tokens::FileLinks,
    wire::basics::{Controller, ControllerKind, Party, StaffName},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ShopperEventKind {
    Started,
    Message,
    ControllerChanged,
    Resolved,
    Reopened,
    Rated,
    /// The place that was kept is next; the shopper may go back to the queue.
    TurnCame,
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

#[derive(Debug, Serialize, ToSchema)]
pub struct ShopperEvents {
    pub events: Vec<ShopperEvent>,
    /// How far the log was read; events that aren't for shoppers leave holes.
    pub seq: Seq,
    pub more: bool,
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
            Fact::TurnCame => seen.kind = ShopperEventKind::TurnCame,
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
