//! What an agent may do to an order now, by the shop's own policy: for the handoff card. Nothing is done, and no token
//! is given.

use domain::{conversation::Conversation, shop::Order};
use skills::policy::{ActorKind, Offer, Subject, Verdict};

use super::look;
use crate::{desk::Desk, error::Result};

/// What isn't refused, as the policy offers it to an agent at this moment.
pub async fn allowed(desk: &Desk, conversation: &Conversation, order: &Order) -> Result<Vec<Offer>> {
    let shop = conversation.shop;
    let Some(key) = &conversation.customer else { return Ok(Vec::new()) };
    let customer = look::connector(desk, shop)?.customer(key).await?;
    let history = look::history(desk, shop, &order.key).await?;
    let subject = Subject { customer: Some(&customer), order: Some(order), products: &[] };
    let mut offers = desk.policies.of(shop).offers(ActorKind::Agent, subject, &history, desk.now());
    offers.retain(|offer| !matches!(offer.verdict, Verdict::Refused { .. }));
    Ok(offers)
}
