//! Internal notes: for colleagues, never for the shopper.

use domain::{
    actor::Actor,
    conversation::Command,
    id::{ConversationId, MessageId},
    message::{Body, MAX_MESSAGE_CHARS},
};
use store::{Staff, Stored};

use super::{Change, change, see};
use crate::{
    desk::Desk,
    error::{DeskError, Result},
};

pub async fn note(desk: &Desk, id: ConversationId, staff: &Staff, text: &str) -> Result<Stored> {
    see::served_by(desk, id, staff).await?;
    check_note(text)?;
    let message = MessageId::from_bits(desk.ids.bits());
    let body = Body::text(text.trim());
    let changed =
        change(desk, id, |_| Change::one(Actor::Agent(staff.id), Command::Note { message }).with_body(message, &body))
            .await?;
    Ok(changed.stored)
}

pub(super) fn check_note(text: &str) -> Result<()> {
    if text.trim().is_empty() {
        return Err(DeskError::invalid("text", "empty"));
    }
    if text.chars().count() > MAX_MESSAGE_CHARS {
        return Err(DeskError::invalid("text", "too_long"));
    }
    Ok(())
}
