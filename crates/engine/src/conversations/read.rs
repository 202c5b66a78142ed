//! How far each side has read. Marks only move forward; they are no part of the log.

use domain::{conversation::Seq, id::ConversationId};
use store::Side;

use crate::{
    bus::Hint,
    desk::Desk,
    error::{DeskError, Result},
};

/// The caller has checked that the reader may see the conversation.
pub async fn mark_read(desk: &Desk, id: ConversationId, side: Side, seq: Seq) -> Result<()> {
    let stored = desk.store.conversation(id).await?.ok_or(DeskError::NotFound)?;
    let conversation = &stored.conversation;
    if desk.store.mark_read(id, side, seq.clamp(0, conversation.seq)).await? {
        desk.bus.send(Hint::Conversation { id, shop: conversation.shop, seq: conversation.seq });
        desk.bus.send(Hint::Inbox { shop: conversation.shop });
    }
    Ok(())
}
