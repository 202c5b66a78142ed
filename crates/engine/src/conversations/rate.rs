//! The shopper's rating, once per stretch of service.

use domain::{
    actor::Actor,
    conversation::Command,
    id::{ConversationId, MessageId, ShopperId},
    message::{Body, MAX_MESSAGE_CHARS},
};
use store::Stored;

use super::{Change, change, open::body_of, see};
use crate::{
    desk::Desk,
    error::{DeskError, Result},
};

pub async fn rate(
    desk: &Desk,
    id: ConversationId,
    shopper: ShopperId,
    stars: u8,
    comment: Option<&str>,
) -> Result<Stored> {
    see::of_shopper(desk, id, shopper).await?;
    let comment = comment.map(str::trim).filter(|text| !text.is_empty());
    if comment.is_some_and(|text| text.chars().count() > MAX_MESSAGE_CHARS) {
        return Err(DeskError::invalid("comment", "too_long"));
    }
    let message = comment.map(|_| MessageId::from_bits(desk.ids.bits()));
    let changed = change(desk, id, |_| {
        let mut planned = Change::one(Actor::Shopper(shopper), Command::Rate { stars, comment: message });
        if let (Some(id), Some(text)) = (message, comment) {
            planned.bodies.push(body_of(id, &Body::text(text))?);
        }
        Ok(planned)
    })
    .await?;
    Ok(changed.stored)
}
