//! Looking at what an agent is about to say, while it is typed.

use domain::{id::ConversationId, message::MAX_MESSAGE_CHARS};
use store::Staff;

use crate::{
    compliance::{self, Checked},
    conversations,
    desk::Desk,
    error::{DeskError, Result},
};

pub async fn check_words(desk: &Desk, id: ConversationId, staff: &Staff, text: &str) -> Result<Checked> {
    let stored = conversations::of_staff(desk, id, staff).await?;
    if text.chars().count() > MAX_MESSAGE_CHARS {
        return Err(DeskError::invalid("text", "too_long"));
    }
    let rules = compliance::of_shop(desk, stored.conversation.shop).await?;
    Ok(compliance::checked(&rules, text))
}
