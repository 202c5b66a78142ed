//! The orders beside a conversation, for the team. Only a verified shopper has any.

use domain::shop::{Customer, Order};
use store::Stored;

use crate::{
    desk::Desk,
    error::Result,
    shop::{PageRequest, ShopError},
};

/// Orders shown beside a conversation, newest first.
pub const PANEL_ORDERS: usize = 20;

#[derive(Debug, Clone, Default)]
pub struct Panel {
    pub customer: Option<Customer>,
    pub orders: Vec<Order>,
    /// The shop didn't answer; what is shown may be incomplete.
    pub unavailable: bool,
}

pub async fn panel(desk: &Desk, stored: &Stored) -> Result<Panel> {
    let conversation = &stored.conversation;
    let (Some(customer), Some(connector)) = (&conversation.customer, desk.connector(conversation.shop)) else {
        return Ok(Panel::default());
    };
    let mut panel = Panel::default();
    match connector.customer(customer).await {
        Ok(known) => panel.customer = Some(known),
        Err(ShopError::NotFound) => {}
        Err(_) => panel.unavailable = true,
    }
    match connector.orders_of(customer, &PageRequest::first(PANEL_ORDERS)).await {
        Ok(page) => panel.orders = page.items,
        Err(ShopError::NotFound) => {}
        Err(_) => panel.unavailable = true,
    }
    Ok(panel)
}
