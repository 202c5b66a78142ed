//! Order state, parcels and refunds of the verified shopper; nobody else's, and nothing for the unverified.

use domain::{
    conversation::ReplyKind,
    message::{Card, QuickAction},
    shop::{CustomerKey, Order, OrderKey, OrderState, RefundState},
};

use super::{
    cards::order_card,
    order_words::{describe_order, describe_parcel, describe_refund, is_stuck},
};
use crate::{
    bot::{
        draft::Draft,
        memory::{Choice, ChoiceOption, Target},
        texts,
        turn::Turn,
        understand::Topic,
    },
    error::Result,
    shop::{Connector, PageRequest, ShopError},
};

/// Orders looked through when none is named.
const RECENT_ORDERS: usize = 20;
/// A choice longer than this is a list nobody reads.
const MAX_OPTIONS: usize = 3;

/// Answers from the order that is meant, asks which, or says why it can't. `None`: the shopper has no such order and
/// may have asked about the rules instead.
pub async fn answer(turn: &mut Turn<'_>, topic: Topic, chosen: Option<&OrderKey>) -> Result<Option<Draft>> {
    let language = turn.language();
    let Some(customer) = turn.stored.conversation.customer.clone() else {
        let draft = Draft::plain(ReplyKind::Answered, texts::please_sign_in(language));
        return Ok(Some(draft.with_action(texts::sign_in(language), QuickAction::SignIn)));
    };
    let Some(connector) = turn.desk.connector(turn.shop.id).cloned() else {
        return Ok(Some(unavailable(turn)));
    };
    let nothing = || {
        let is_refund = topic == Topic::RefundStatus;
        let text = if is_refund { texts::no_refunds(language) } else { texts::no_orders(language) };
        Draft::plain(ReplyKind::Answered, text)
    };
    Ok(match find(turn, &connector, &customer, topic, chosen).await {
        Ok(Match::One(order)) => Some(tell(turn, topic, *order)),
        Ok(Match::Several(orders)) => Some(ask_which(turn, topic, &orders, texts::which_order(language))),
        Ok(Match::Unknown(orders)) => Some(ask_which(turn, topic, &orders, texts::order_not_found(language))),
        Ok(Match::None) | Err(ShopError::NotFound) => turn.understood.is_own.then(nothing),
        Err(error) => {
            tracing::warn!(shop = %turn.shop.id, %error, "order look-up failed");
            Some(unavailable(turn))
        }
    })
}

fn unavailable(turn: &Turn<'_>) -> Draft {
    let language = turn.language();
    Draft::plain(ReplyKind::Abstained, texts::shop_unavailable(language))
        .with_action(texts::talk_to_human(language), QuickAction::Human)
}

enum Match {
    One(Box<Order>),
    Several(Vec<Order>),
    /// A number was given that isn't theirs; these are.
    Unknown(Vec<Order>),
    None,
}

async fn find(
    turn: &Turn<'_>,
    connector: &Connector,
    customer: &CustomerKey,
    topic: Topic,
    chosen: Option<&OrderKey>,
) -> Result<Match, ShopError> {
    if let Some(key) = chosen {
        return Ok(Match::One(Box::new(connector.order_of(customer, key).await?)));
    }
    let orders = connector.orders_of(customer, &PageRequest::first(RECENT_ORDERS)).await?.items;
    for number in &turn.understood.order_numbers {
        if let Some(order) = orders.iter().find(|order| is_called(order, number)) {
            return Ok(Match::One(Box::new(order.clone())));
        }
        match connector.order_of(customer, &OrderKey(number.clone())).await {
            Ok(order) => return Ok(Match::One(Box::new(order))),
            Err(ShopError::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    let fitting: Vec<Order> = fitting(orders, topic);
    if !turn.understood.order_numbers.is_empty() {
        return Ok(if fitting.is_empty() { Match::None } else { Match::Unknown(fitting) });
    }
    let page = turn.stored.page.as_ref().and_then(|page| page.order.as_deref());
    let in_focus = turn.memory.order.as_ref().map(OrderKey::as_str).or(page);
    let focused = in_focus.and_then(|key| fitting.iter().find(|order| order.key.as_str() == key));
    Ok(match (focused, fitting.len()) {
        (Some(order), _) => Match::One(Box::new(order.clone())),
        (None, 0) => Match::None,
        (None, 1) => Match::One(Box::new(fitting[0].clone())),
        (None, _) => Match::Several(fitting),
    })
}

fn is_called(order: &Order, number: &str) -> bool {
    order.key.as_str().eq_ignore_ascii_case(number)
        || order.shipments.iter().any(|shipment| shipment.tracking_number.eq_ignore_ascii_case(number))
}

/// The orders a question of this topic can be about; the likeliest kind only, newest first.
fn fitting(orders: Vec<Order>, topic: Topic) -> Vec<Order> {
    let open_refund = |order: &Order| {
        order.refunds.iter().any(|refund| !matches!(refund.state, RefundState::Paid | RefundState::Refused))
    };
    let preferences: [&dyn Fn(&Order) -> bool; 3] = match topic {
        Topic::RefundStatus => [&open_refund, &|order| !order.refunds.is_empty(), &|_| false],
        Topic::Logistics => [
            &|order| order.state == OrderState::Shipped,
            &|order| matches!(order.state, OrderState::Paid | OrderState::Packing),
            &|order| !order.shipments.is_empty(),
        ],
        _ => [
            &|order| matches!(order.state, OrderState::Paid | OrderState::Packing | OrderState::Shipped),
            &|order| order.state == OrderState::Unpaid,
            &|_| true,
        ],
    };
    for prefers in preferences {
        let found: Vec<Order> = orders.iter().filter(|order| prefers(order)).cloned().collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

fn tell(turn: &mut Turn<'_>, topic: Topic, order: Order) -> Draft {
    let language = turn.language();
    let mut facts = turn.facts();
    let text = match (topic, order.refunds.last()) {
        (Topic::RefundStatus, Some(refund)) => describe_refund(&order, refund, &mut facts),
        (Topic::Logistics, _) => describe_parcel(&order, turn.now, &mut facts),
        _ if order.state == OrderState::Shipped => describe_parcel(&order, turn.now, &mut facts),
        _ => describe_order(&order, &mut facts),
    };
    let stuck = order.shipments.last().is_some_and(|shipment| is_stuck(shipment, turn.now));
    let mut draft = Draft::new(ReplyKind::Answered, text, facts.evidence);
    draft.body.cards.push(Card::Order(order_card(&order, language)));
    turn.memory.order = Some(order.key);
    if stuck { draft.with_action(texts::talk_to_human(language), QuickAction::Human) } else { draft }
}

fn ask_which(turn: &Turn<'_>, topic: Topic, orders: &[Order], question: &str) -> Draft {
    let language = turn.language();
    let options = orders
        .iter()
        .take(MAX_OPTIONS)
        .map(|order| {
            let what = order.lines.first().map(|line| line.title.in_language(language)).unwrap_or_default();
            let label = format!("{} {}", order.key, what.chars().take(18).collect::<String>());
            ChoiceOption { label, target: Target::Order(order.key.clone()) }
        })
        .collect();
    Draft::plain(ReplyKind::Clarified, question).with_choice(Choice {
        question: turn.understood.text.clone(),
        topic: Some(topic),
        options,
    })
}
