//! Who may see a conversation, and what they may do there. What one may not see doesn't exist for them.

use domain::{
    actor::Controller,
    id::{ConversationId, ShopperId},
    staff::Permission,
};
use store::{Staff, Stored};

use crate::{
    desk::Desk,
    error::{DeskError, Result},
    staff::can,
};

pub async fn of_shopper(desk: &Desk, id: ConversationId, shopper: ShopperId) -> Result<Stored> {
    let stored = desk.store.conversation(id).await?.ok_or(DeskError::NotFound)?;
    if stored.conversation.shopper == shopper { Ok(stored) } else { Err(DeskError::NotFound) }
}

pub async fn of_staff(desk: &Desk, id: ConversationId, staff: &Staff) -> Result<Stored> {
    let stored = desk.store.conversation(id).await?.ok_or(DeskError::NotFound)?;
    let shop = stored.conversation.shop;
    if can(staff, Some(shop), Permission::ReadConversations) {
        return Ok(stored);
    }
    let knows_the_shop = staff.grants.iter().any(|grant| grant.shop == shop);
    Err(if knows_the_shop { DeskError::Forbidden } else { DeskError::NotFound })
}

/// For acting: reading isn't enough.
pub(crate) async fn served_by(desk: &Desk, id: ConversationId, staff: &Staff) -> Result<Stored> {
    let stored = of_staff(desk, id, staff).await?;
    if can(staff, Some(stored.conversation.shop), Permission::Serve) { Ok(stored) } else { Err(DeskError::Forbidden) }
}

/// What a person may do to a conversation as it stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct May {
    pub take_over: bool,
    pub reply: bool,
    pub hand_back: bool,
    pub resolve: bool,
    pub reopen: bool,
    pub note: bool,
}

pub fn may(stored: &Stored, staff: &Staff) -> May {
    let conversation = &stored.conversation;
    let allowed = |permission| can(staff, Some(conversation.shop), permission);
    let serves = allowed(Permission::Serve);
    let supervises = allowed(Permission::Supervise);
    let controller = conversation.controller();
    let holds = controller == Some(Controller::Agent(staff.id));
    let with_colleague = matches!(controller, Some(Controller::Agent(_))) && !holds;
    May {
        take_over: serves && conversation.is_open() && !holds && (!with_colleague || supervises),
        reply: serves && holds,
        hand_back: serves && holds,
        resolve: serves && conversation.is_open() && (holds || supervises),
        reopen: serves && !conversation.is_open(),
        note: serves,
    }
}
