//! Events as shoppers and the team see them. Notes, cards and withheld replies never reach a shopper.

mod console;
mod shopper;

use std::collections::HashMap;

use domain::{
    actor::{Actor, Controller as Stored},
    conversation::{Event, Fact, PassReason, Seq},
    id::{MessageId, StaffId},
    message::Body as StoredBody,
};
use serde::{Serialize, de::DeserializeOwned};
use store::StoredEvent;
use utoipa::ToSchema;

pub use console::{ConsoleEvent, ConsoleEventKind, ConsoleEvents, Withheld};
pub use shopper::{ShopperEvent, ShopperEventKind, ShopperEvents};

use super::{basics::StaffName, bodies::Body};
use crate::tokens::FileLinks;

/// The names of the staff who appear in some events.
pub type Names = HashMap<StaffId, String>;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Message {
    #[schema(value_type = String)]
    pub id: MessageId,
    /// The sender's own id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    pub body: Body,
}

/// What became of a message that was sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct SentMessage {
    pub seq: Seq,
    pub message: Message,
    /// It was in the log already; nothing was added.
    pub duplicate: bool,
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
