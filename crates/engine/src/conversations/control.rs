//! Passing control between bot, queue and agents.

use domain::{
    actor::Actor,
    conversation::Command,
    handoff::HandoffReason,
    id::{ConversationId, MessageId, ShopperId},
    message::Body,
    staff::Permission,
};
use store::{Staff, Stored};

use super::{Change, change, note::check_note, see};
use crate::{
    desk::Desk,
    error::{DeskError, Result},
    handoff::{self, Asker},
    routing,
    shoppers::{self, Preference},
    staff::can,
};

/// The shopper wants a person: at once, with everything collected on the card.
pub async fn ask_human(desk: &Desk, id: ConversationId, shopper: ShopperId) -> Result<Stored> {
    see::of_shopper(desk, id, shopper).await?;
    let stored = handoff::to_queue(desk, id, Asker::Shopper(shopper)).await?;
    shoppers::prefer(desk, shopper, Preference::Human).await?;
    Ok(stored)
}

/// The shopper would rather have the bot.
pub async fn choose_bot(desk: &Desk, id: ConversationId, shopper: ShopperId) -> Result<Stored> {
    see::of_shopper(desk, id, shopper).await?;
    let by = Actor::Shopper(shopper);
    let changed = change(desk, id, |_| Ok(Change::one(by, Command::ChooseBot))).await?;
    shoppers::prefer(desk, shopper, Preference::Bot).await?;
    Ok(changed.stored)
}

pub async fn take_over(desk: &Desk, id: ConversationId, staff: &Staff) -> Result<Stored> {
    let stored = see::served_by(desk, id, staff).await?;
    let may_supervise = can(staff, Some(stored.conversation.shop), Permission::Supervise);
    let by = Actor::Agent(staff.id);
    Ok(change(desk, id, |_| Ok(Change::one(by, Command::TakeOver { may_supervise }))).await?.stored)
}

/// Back to the bot.
pub async fn hand_back(desk: &Desk, id: ConversationId, staff: &Staff, note: Option<String>) -> Result<Stored> {
    see::served_by(desk, id, staff).await?;
    with_note(desk, id, staff, note, |change| {
        change.commands.push((Actor::Agent(staff.id), Command::HandBack));
        Ok(())
    })
    .await
}

/// Back into the queue, for a colleague, with a fresh card.
pub async fn release(desk: &Desk, id: ConversationId, staff: &Staff, note: Option<String>) -> Result<Stored> {
    let stored = see::served_by(desk, id, staff).await?;
    let card = handoff::compose(desk, id, HandoffReason::AgentReleased).await?;
    let queue = routing::queue_for(desk, &stored.conversation, HandoffReason::AgentReleased, &card).await?;
    let body = MessageId::from_bits(desk.ids.bits());
    with_note(desk, id, staff, note, |change| {
        let command = Command::HandOff {
            queue,
            reason: HandoffReason::AgentReleased,
            epoch: None,
            card: body,
            emotion: card.emotion.level,
        };
        change.commands.push((Actor::Agent(staff.id), command));
        change.bodies.push(super::open::body_of(body, &card)?);
        Ok(())
    })
    .await
}

pub(super) async fn with_note(
    desk: &Desk,
    id: ConversationId,
    staff: &Staff,
    note: Option<String>,
    then: impl Fn(&mut Change) -> Result<()>,
) -> Result<Stored> {
    let note = note.filter(|text| !text.trim().is_empty());
    if let Some(text) = &note {
        check_note(text)?;
    }
    let message = MessageId::from_bits(desk.ids.bits());
    let changed = change(desk, id, |_| {
        let mut planned = Change::default();
        if let Some(text) = &note {
            planned.commands.push((Actor::Agent(staff.id), Command::note(message)));
            planned = planned.with_body(message, &Body::text(text.trim()))?;
        }
        then(&mut planned)?;
        Ok::<_, DeskError>(planned)
    })
    .await?;
    Ok(changed.stored)
}
