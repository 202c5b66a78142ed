//! Pages of the shop a shopper comes to while the chat is open: what the agent may see of where they looked.

use domain::id::{ConversationId, ShopperId};
use store::{Page, Staff, Visit};

use super::see;
use crate::{bus::Hint, desk::Desk, error::Result};

/// Notes the page, if the desk keeps any; where the conversation has ended nobody looks any more.
pub async fn visit(desk: &Desk, id: ConversationId, shopper: ShopperId, page: Page) -> Result<()> {
    let stored = see::of_shopper(desk, id, shopper).await?;
    let conversation = stored.conversation;
    let keep = desk.limits.visits_kept;
    if !conversation.is_open() || keep == 0 {
        return Ok(());
    }
    let visit = Visit { conversation: id, at: desk.now(), page: Page { url: without_query(&page.url), ..page } };
    if desk.store.visit(&visit, keep).await? {
        desk.bus.send(Hint::Conversation { id, shop: conversation.shop, seq: conversation.seq });
    }
    Ok(())
}

/// The latest pages of the shopper, the latest first.
pub async fn visits(desk: &Desk, id: ConversationId, staff: &Staff) -> Result<Vec<Visit>> {
    let stored = see::of_staff(desk, id, staff).await?;
    Ok(desk.store.visits(stored.conversation.shopper, desk.limits.visits_kept).await?)
}

/// What stands behind the path can be a search, a token, an address: nobody needs it to help.
fn without_query(url: &str) -> String {
    url.split(['?', '#']).next().unwrap_or_default().to_owned()
}
