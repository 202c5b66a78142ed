//! What somebody of the team may do to an order now, before they have said what exactly.

use domain::{
    id::{ConversationId, ShopId},
    shop::{OrderKey, PaymentMethod},
};
use skills::policy::{Offer, Subject};
use store::Staff;

use super::{
    Doer, For,
    look::{self, Place},
};
use crate::{
    desk::Desk,
    error::{DeskError, Result},
};

/// What may be done to an order as the shop has it now.
#[derive(Debug, Clone)]
pub struct Offers {
    pub shop: ShopId,
    pub order: OrderKey,
    pub offers: Vec<Offer>,
    /// The customer's own, for actions that name one.
    pub payment_methods: Vec<PaymentMethod>,
}

/// For the conversation's shopper only; another's order doesn't exist. Whoever may only read is offered nothing.
pub async fn offers(desk: &Desk, staff: &Staff, id: ConversationId, order: &OrderKey) -> Result<Offers> {
    let doer = Doer::Agent(Box::new(staff.clone()));
    let Place { shop, customer, actor, .. } = look::place(desk, &doer, &For::Conversation(id)).await?;
    let connector = look::connector(desk, shop)?;
    let key = customer.ok_or(DeskError::NotFound)?;
    let customer = connector.customer(&key).await?;
    let order = connector.order_of(&key, order).await?;
    let history = look::history(desk, shop, &order.key).await?;
    let subject = Subject { customer: Some(&customer), order: Some(&order), products: &[] };
    let offers = desk.policies.of(shop).offers(actor, subject, &history, desk.now());
    Ok(Offers { shop, order: order.key, offers, payment_methods: customer.payment_methods })
}
