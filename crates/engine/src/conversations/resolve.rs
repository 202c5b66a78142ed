//! Ending a conversation and taking it up again.

use domain::{
    actor::Actor,
    conversation::{Command, Refusal},
    id::ConversationId,
    staff::Permission,
};
use store::{Staff, Stored};

use super::{Change, change, see};
use crate::{desk::Desk, error::Result, staff::can};

pub async fn resolve(desk: &Desk, id: ConversationId, staff: &Staff) -> Result<Stored> {
    let stored = see::served_by(desk, id, staff).await?;
    let may_supervise = can(staff, Some(stored.conversation.shop), Permission::Supervise);
    let by = Actor::Agent(staff.id);
    Ok(change(desk, id, |_| Ok(Change::one(by, Command::Resolve { may_supervise }))).await?.stored)
}

pub async fn reopen(desk: &Desk, id: ConversationId, staff: &Staff) -> Result<Stored> {
    see::served_by(desk, id, staff).await?;
    Ok(change(desk, id, |_| Ok(Change::one(Actor::Agent(staff.id), Command::Reopen))).await?.stored)
}

/// Nothing came after the bot's answer for a long time. Whoever writes again within a day continues it.
pub(crate) async fn resolve_idle(desk: &Desk, id: ConversationId) -> Result<()> {
    change(desk, id, |stored| {
        if stored.conversation.is_waiting() || !stored.conversation.is_with_bot() {
            return Err(Refusal::NotController.into());
        }
        Ok(Change::one(Actor::System, Command::Resolve { may_supervise: false }))
    })
    .await?;
    Ok(())
}
