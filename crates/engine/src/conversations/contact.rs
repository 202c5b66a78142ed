//! Leaving contact details when nobody is there; they go to the queue with the conversation. A wish to be called is a
//! task as well, which follows from the event.

use domain::{
    actor::Actor,
    conversation::Command,
    handoff::HandoffReason,
    id::{ConversationId, MessageId, ShopId, ShopperId},
    language::Language,
    message::{Body, MAX_MESSAGE_CHARS},
    time::{HOUR_MS, Timestamp},
};
use store::Stored;

use super::{Change, change, open::body_of, see};
use crate::{
    desk::Desk,
    error::{DeskError, Fault, Result},
    handoff, routing,
};

pub const MAX_CONTACT_CHARS: usize = 120;
/// In open hours: soon enough that the shopper still knows what it was about.
const CALL_BACK_MS: i64 = HOUR_MS;

/// What a shopper leaves.
#[derive(Debug, Clone, Copy)]
pub struct Contacted<'a> {
    pub contact: &'a str,
    pub text: Option<&'a str>,
    /// Agrees to be called, and wants to be.
    pub call_back: bool,
}

pub async fn leave_contact(desk: &Desk, id: ConversationId, shopper: ShopperId, word: Contacted<'_>) -> Result<Stored> {
    let stored = see::of_shopper(desk, id, shopper).await?;
    let Contacted { contact, text, call_back } = word;
    let contact = contact.trim();
    check(contact, text, call_back)?;
    let mut person = desk.store.shopper(shopper).await?.ok_or(DeskError::NotFound)?;
    person.contact = Some(contact.to_owned());
    desk.store.update_shopper(&person).await?;

    let card = handoff::compose(desk, id, HandoffReason::OfflineMessage).await?;
    let queue = routing::queue_for(desk, &stored.conversation, HandoffReason::OfflineMessage, &card).await?;
    let message = MessageId::from_bits(desk.ids.bits());
    let card_body = MessageId::from_bits(desk.ids.bits());
    let contact = match (call_back, stored.conversation.language) {
        (true, Language::Zh) => format!("请回电：{contact}（买家已同意）"),
        (true, Language::En) => format!("Please call back: {contact} (the shopper agreed)"),
        (false, _) => contact.to_owned(),
    };
    let said = match text.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => format!("{text}\n\n{contact}"),
        None => contact,
    };
    let body = Body::text(said);
    let by = Actor::Shopper(shopper);
    let call_back_by = if call_back { Some(call_back_by(desk, stored.conversation.shop).await?) } else { None };
    let leave = Command::LeaveContact { message, call_back_by };
    let changed = change(desk, id, |stored| {
        let mut planned = Change::one(by, leave.clone()).with_message(message, &body, "shopper")?;
        if stored.conversation.is_with_bot() {
            let command = Command::HandOff {
                queue,
                reason: HandoffReason::OfflineMessage,
                epoch: None,
                card: card_body,
                emotion: card.emotion.level,
            };
            planned.commands.push((by, command));
            planned.bodies.push(body_of(card_body, &card)?);
        }
        Ok(planned)
    })
    .await?;
    Ok(changed.stored)
}

/// When the desk means to have called.
async fn call_back_by(desk: &Desk, shop: ShopId) -> Result<Timestamp> {
    let now = desk.now();
    let calendar = routing::calendar(desk, shop).await?;
    Ok(calendar.after_open_ms(now, CALL_BACK_MS).unwrap_or(now.plus_ms(CALL_BACK_MS)))
}

/// A phone number or an e-mail address, loosely: a person reads it.
fn check(contact: &str, text: Option<&str>, call_back: bool) -> Result<()> {
    let mut faults = Vec::new();
    let digits = contact.chars().filter(char::is_ascii_digit).count();
    let is_email = contact.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if contact.is_empty() {
        faults.push(Fault { field: "contact", code: "empty" });
    } else if contact.chars().count() > MAX_CONTACT_CHARS {
        faults.push(Fault { field: "contact", code: "too_long" });
    } else if digits < 5 && (!is_email || call_back) {
        faults.push(Fault { field: "contact", code: "malformed" });
    }
    if text.is_some_and(|text| text.chars().count() > MAX_MESSAGE_CHARS) {
        faults.push(Fault { field: "text", code: "too_long" });
    }
    if faults.is_empty() { Ok(()) } else { Err(DeskError::Invalid(faults)) }
}
