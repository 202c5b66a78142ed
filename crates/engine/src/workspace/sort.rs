//! Tags and sleep: facts of the conversation, so that lists, colleagues and measures see the same.

use domain::{
    actor::Actor,
    conversation::{Command, normal_tag},
    id::ConversationId,
    time::Timestamp,
};
use store::{Staff, Stored};

use crate::{
    conversations::{Change, change, served_by},
    desk::Desk,
    error::{DeskError, Result},
};

/// Sleepers looked after in one round; the rest is woken in the next, seconds later.
const WAKE_LIMIT: i64 = 100;

async fn run(desk: &Desk, id: ConversationId, staff: &Staff, command: Command) -> Result<Stored> {
    served_by(desk, id, staff).await?;
    Ok(change(desk, id, |_| Ok(Change::one(Actor::Agent(staff.id), command.clone()))).await?.stored)
}

/// What doesn't fit is said of the field, as a form would.
fn checked(text: &str) -> Result<String> {
    normal_tag(text).ok_or_else(|| DeskError::invalid("tag", "malformed"))
}

pub async fn tag(desk: &Desk, id: ConversationId, staff: &Staff, text: &str) -> Result<Stored> {
    run(desk, id, staff, Command::Tag { tag: checked(text)? }).await
}

pub async fn untag(desk: &Desk, id: ConversationId, staff: &Staff, text: &str) -> Result<Stored> {
    run(desk, id, staff, Command::Untag { tag: checked(text)? }).await
}

pub async fn snooze(desk: &Desk, id: ConversationId, staff: &Staff, until: Option<Timestamp>) -> Result<Stored> {
    run(desk, id, staff, Command::Snooze { until }).await
}

pub async fn wake(desk: &Desk, id: ConversationId, staff: &Staff) -> Result<Stored> {
    run(desk, id, staff, Command::Wake).await
}

/// Everything whose time has come. Two processes may both try: the second finds it awake.
pub(crate) async fn wake_due(desk: &Desk) -> Result<()> {
    for id in desk.store.snoozed_until(desk.now(), WAKE_LIMIT).await? {
        match change(desk, id, |_| Ok(Change::one(Actor::System, Command::Wake))).await {
            Ok(_) | Err(DeskError::Refused(_)) => {}
            Err(error) => tracing::warn!(conversation = %id, %error, "a sleeping conversation was not woken"),
        }
    }
    Ok(())
}
