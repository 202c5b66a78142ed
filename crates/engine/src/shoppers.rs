//! Shoppers: visitors nobody knows, and customers the shop has vouched for.

use domain::{
    actor::{Actor, Controller},
    conversation::{Command, Refusal},
    id::{ConversationId, ShopperId},
    language::Language,
    shop::CustomerKey,
};
use store::{Shop, Shopper, StoreError};

use crate::{
    conversations::{Change, change},
    desk::Desk,
    error::{DeskError, Result},
};

/// Who a shopper would rather be served by; the last choice counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preference {
    Bot,
    Human,
}

impl Preference {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Bot => "bot",
            Self::Human => "human",
        }
    }
}

pub fn preference(shopper: &Shopper) -> Option<Preference> {
    [Preference::Bot, Preference::Human].into_iter().find(|each| shopper.prefers.as_deref() == Some(each.as_str()))
}

/// Remembers a choice.
pub(crate) async fn prefer(desk: &Desk, shopper: ShopperId, preference: Preference) -> Result<()> {
    Ok(desk.store.set_preference(shopper, preference.as_str()).await?)
}

/// A new visitor.
pub async fn visitor(desk: &Desk, shop: domain::id::ShopId, language: Language) -> Result<Shopper> {
    let shopper = fresh(desk, shop, language);
    desk.store.create_shopper(&shopper).await?;
    Ok(shopper)
}

fn fresh(desk: &Desk, shop: domain::id::ShopId, language: Language) -> Shopper {
    let now = desk.now();
    Shopper {
        id: ShopperId::from_bits(desk.ids.bits()),
        shop,
        customer: None,
        name: None,
        language,
        level: 0,
        prefers: None,
        contact: None,
        created_at: now,
        seen_at: now,
    }
}

/// The customer the shop's backend has vouched for. An open conversation the visitor had becomes the customer's.
pub async fn identify(
    desk: &Desk,
    shop: &Shop,
    visitor: Option<&Shopper>,
    customer: &CustomerKey,
    name: Option<String>,
    language: Language,
) -> Result<Shopper> {
    let mut person = customer_of(desk, shop, customer, language).await?;
    person.name = name.or(person.name);
    person.seen_at = desk.now();
    if let Some(connector) = desk.connector(shop.id)
        && let Ok(known) = connector.customer(customer).await
    {
        person.level = i64::from(known.level);
        person.name = person.name.or(Some(known.name));
    }
    desk.store.update_shopper(&person).await?;
    if let Some(visitor) = visitor.filter(|visitor| visitor.shop == shop.id && visitor.customer.is_none()) {
        adopt(desk, visitor, &person, customer).await?;
    }
    Ok(person)
}

async fn customer_of(desk: &Desk, shop: &Shop, customer: &CustomerKey, language: Language) -> Result<Shopper> {
    if let Some(known) = desk.store.shopper_of_customer(shop.id, customer).await? {
        return Ok(known);
    }
    let person = Shopper { customer: Some(customer.clone()), ..fresh(desk, shop.id, language) };
    match desk.store.create_shopper(&person).await {
        Ok(()) => Ok(person),
        // Two tabs signing in at once.
        Err(StoreError::Conflict) => {
            desk.store.shopper_of_customer(shop.id, customer).await?.ok_or(DeskError::Conflict)
        }
        Err(other) => Err(other.into()),
    }
}

async fn adopt(desk: &Desk, visitor: &Shopper, person: &Shopper, customer: &CustomerKey) -> Result<()> {
    let Some(theirs) = desk.store.open_conversation_of(visitor.id).await? else { return Ok(()) };
    // When it is theirs, another tab has signed in at the same moment.
    if let Some(older) = desk.store.open_conversation_of(person.id).await?.filter(|older| *older != theirs) {
        let is_with_human = |id| async move {
            let stored = desk.store.conversation(id).await?;
            Ok::<_, DeskError>(stored.and_then(|it| it.conversation.controller()).is_some_and(Controller::is_human))
        };
        // One open conversation per person: the one a human serves stays, otherwise the newer one.
        if is_with_human(older).await? {
            return if is_with_human(theirs).await? { Ok(()) } else { end(desk, theirs).await };
        }
        end(desk, older).await?;
    }
    let command = Command::Identify { shopper: person.id, customer: customer.clone() };
    match change(desk, theirs, |_| Ok(Change::one(Actor::System, command.clone()))).await {
        Ok(_) | Err(DeskError::Refused(Refusal::AlreadySo)) => Ok(()),
        Err(error) => Err(error),
    }
}

async fn end(desk: &Desk, id: ConversationId) -> Result<()> {
    match change(desk, id, |_| Ok(Change::one(Actor::System, Command::Resolve { may_supervise: false }))).await {
        // Somebody else has just ended it.
        Ok(_) | Err(DeskError::Refused(Refusal::Resolved)) => Ok(()),
        Err(error) => Err(error),
    }
}
