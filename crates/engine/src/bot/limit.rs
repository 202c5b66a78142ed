//! Whether more money is at stake than the merchant leaves to the bot.

use domain::shop::{Money, OrderKey};
use understanding::entities::Entity;

use super::{Turn, has_any, lexicon, normal, skill::Wanted};
use crate::shop::money::decimals_of;

/// An order that is to be changed, or money that is claimed, above the shop's limit.
pub async fn is_above(turn: &Turn<'_>, wanted: &[Wanted], has_flow: bool) -> bool {
    let limit = turn.settings.handoff.amount_limit;
    let does = has_flow || wanted.iter().any(|it| !it.skill.is_read_only());
    let claims = has_any(&normal(&turn.understood.said), lexicon::CLAIM);
    if limit == 0 || !(does || claims) {
        return false;
    }
    if claims && named(turn).iter().any(|amount| exceeds(amount, limit)) {
        return true;
    }
    match total(turn).await {
        Some(total) => exceeds(&total, limit),
        None => false,
    }
}

fn named(turn: &Turn<'_>) -> Vec<Money> {
    let amount = |found: &understanding::entities::Found| match &found.entity {
        Entity::Amount(money) => Some(money.clone()),
        _ => None,
    };
    turn.understood.understood.entities.iter().filter_map(amount).collect()
}

/// Of the order the message names, or else the one it is about; only the shopper's own exists.
async fn total(turn: &Turn<'_>) -> Option<Money> {
    let customer = turn.stored.conversation.customer.as_ref()?;
    let named = turn.understood.order_numbers.first().map(|number| OrderKey::from(number.as_str()));
    let key = named.or_else(|| turn.memory.order.clone())?;
    let order = turn.desk.connector(turn.shop.id)?.order_of(customer, &key).await.ok()?;
    Some(order.total)
}

fn exceeds(amount: &Money, limit: i64) -> bool {
    amount.minor > limit.saturating_mul(10_i64.pow(decimals_of(&amount.currency)))
}
