//! What a rule can read of a conversation. docs/routing.md lists the names; one is only ever added.

use domain::{
    conversation::Conversation,
    handoff::{HandoffCard, HandoffReason},
    id::MessageId,
};
use serde_json::json;
use skills::Scope;

use super::rules::Compiled;
use crate::{desk::Desk, error::Result};

pub const NAMES: [&str; 13] = [
    "language",
    "level",
    "verified",
    "reason",
    "emotion",
    "intents",
    "ask",
    "product",
    "category",
    "order_state",
    "page",
    "open",
    "again",
];

/// `reason` and `card` of a handoff that is just being made; otherwise those it has.
pub(super) async fn of(
    desk: &Desk,
    compiled: &Compiled,
    conversation: &Conversation,
    reason: Option<HandoffReason>,
    card: Option<&HandoffCard>,
) -> Result<Scope> {
    let written = match (card, conversation.card) {
        (None, Some(id)) => read_card(desk, id).await?,
        _ => None,
    };
    let card = card.or(written.as_ref());
    let shopper = desk.store.shopper(conversation.shopper).await?;
    let product = card.and_then(|card| card.product.as_ref()).map(|product| &product.key);
    let category = match (product, desk.connector(conversation.shop)) {
        (Some(product), Some(connector)) => connector.product(product).await.ok().map(|product| product.category.0),
        _ => None,
    };
    let page = desk.store.conversation(conversation.id).await?.and_then(|stored| stored.page);
    let facts = json!({
        "language": conversation.language.as_str(),
        "level": shopper.map_or(0, |shopper| shopper.level),
        "verified": conversation.customer.is_some(),
        "reason": reason.or(conversation.handoff).map_or("", HandoffReason::as_str),
        "emotion": card.map_or(conversation.emotion, |card| card.emotion.level).as_str(),
        "intents": card.map_or_else(Vec::new, |card| card.intents.iter().map(|intent| intent.name.clone()).collect()),
        "ask": card.map_or("", |card| &card.ask.text),
        "product": product.map_or("", |product| product.as_str()),
        "category": category.unwrap_or_default(),
        "order_state": card.and_then(|card| card.order.as_ref()).map(|order| order.state),
        "page": page.map_or_else(String::new, |page| page.url),
        "open": compiled.calendar.is_open(desk.now()),
        // Somebody of the team has served in this conversation before.
        "again": conversation.last_agent.is_some(),
    });
    Ok(facts.as_object().cloned().unwrap_or_default())
}

async fn read_card(desk: &Desk, id: MessageId) -> Result<Option<HandoffCard>> {
    let json = desk.store.body(id).await?;
    Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
}
