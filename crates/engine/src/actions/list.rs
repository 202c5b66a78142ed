//! What was done, or waits, for the people who may see it.

use domain::{
    id::{ConversationId, ShopId},
    shop::OrderKey,
    staff::Permission,
};
use store::{ActionFilter, Staff};

use super::record::Record;
use crate::{
    conversations,
    desk::Desk,
    error::{DeskError, Result},
    staff::{can, shops_with},
};

/// Rows of one list: more than anybody reads of one order, conversation or day.
const LISTED_MAX: i64 = 200;

/// The latest first.
pub async fn of_order(desk: &Desk, staff: &Staff, shop: ShopId, order: &OrderKey) -> Result<Vec<Record>> {
    if !can(staff, Some(shop), Permission::ReadConversations) {
        return Err(DeskError::NotFound);
    }
    list(desk, &ActionFilter::Order(shop, order.clone())).await
}

/// The latest first.
pub async fn of_conversation(desk: &Desk, staff: &Staff, id: ConversationId) -> Result<Vec<Record>> {
    conversations::of_staff(desk, id, staff).await?;
    list(desk, &ActionFilter::Conversation(id)).await
}

/// What waits for somebody's approval in the shops this person serves.
pub async fn waiting(desk: &Desk, staff: &Staff) -> Result<Vec<Record>> {
    list(desk, &ActionFilter::Waiting(shops_with(staff, Permission::Serve))).await
}

async fn list(desk: &Desk, filter: &ActionFilter) -> Result<Vec<Record>> {
    Ok(desk.store.actions(filter, LISTED_MAX).await?.into_iter().map(Record::of).collect())
}
