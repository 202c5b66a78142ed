//! The conversation on one screen, at any moment and for whoever may read it.

use domain::{handoff::HandoffCard, handoff::HandoffReason, id::ConversationId};
use store::Staff;

use crate::{conversations, desk::Desk, error::Result, handoff};

/// What the handoff card would say now, taken word for word from the log: the same lines a colleague gets when control
/// passes. Nothing is written.
pub async fn summary(desk: &Desk, id: ConversationId, staff: &Staff) -> Result<HandoffCard> {
    let stored = conversations::of_staff(desk, id, staff).await?;
    let reason = stored.conversation.handoff.unwrap_or(HandoffReason::Asked);
    handoff::compose(desk, id, reason).await
}
