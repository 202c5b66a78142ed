//! Everything known about a wish at this moment: whose order it is, and what the shop says of it now.

use std::sync::Arc;

use domain::{
    action::Action,
    id::ShopId,
    shop::{Customer, CustomerKey, Order, OrderKey, Product, ProductKey},
    time::Timestamp,
};
use skills::policy::{ActorKind, Case, Judgement, Past, Policy, Subject};
use store::ActionFilter;

use super::{BotMay, Doer, For, Wish, record::Record};
use crate::{
    conversations::{self, May},
    desk::Desk,
    error::{DeskError, Result},
    settings::ShopSettings,
    shop::{Connector, ShopError},
};

/// Actions on one order that rules look back on; an order with more is a person's to look at.
const HISTORY_MAX: i64 = 200;
/// Products looked up for one action; more lines than this no chat talks about.
const PRODUCTS_MAX: usize = 50;

/// For whom a wish is, once it is known that they may have it.
pub struct Place {
    pub shop: ShopId,
    pub conversation: Option<domain::id::ConversationId>,
    pub customer: Option<CustomerKey>,
    pub actor: ActorKind,
}

/// Settles who is concerned. A conversation one may not serve doesn't exist.
pub async fn place(desk: &Desk, doer: &Doer, whom: &For) -> Result<Place> {
    let (shop, conversation, customer) = match (whom, doer) {
        (For::Customer(shop, customer), Doer::Api(_)) => (*shop, None, Some(customer.clone())),
        (For::Customer(..), _) => return Err(DeskError::Forbidden),
        (For::Conversation(id), Doer::Agent(staff)) => {
            let stored = conversations::of_staff(desk, *id, staff).await?;
            let May { note: serves, .. } = conversations::may(&stored, staff);
            if !serves {
                return Err(DeskError::Forbidden);
            }
            (stored.conversation.shop, Some(*id), stored.conversation.customer)
        }
        (For::Conversation(id), _) => {
            let stored = desk.store.conversation(*id).await?.ok_or(DeskError::NotFound)?;
            (stored.conversation.shop, Some(*id), stored.conversation.customer)
        }
    };
    Ok(Place { shop, conversation, customer, actor: doer.kind(shop) })
}

/// What a policy is asked with, read afresh.
pub struct Look {
    pub customer: Option<Customer>,
    pub order: Option<Order>,
    pub products: Vec<Product>,
    pub history: Vec<Past>,
    pub policy: Arc<Policy>,
    pub bot_may: BotMay,
}

impl Look {
    pub fn judge(&self, action: &Action, actor: ActorKind, now: Timestamp) -> Judgement {
        let subject =
            Subject { customer: self.customer.as_ref(), order: self.order.as_ref(), products: &self.products };
        let mut judgement = self.policy.judge(&Case { action, actor, subject, history: &self.history, now });
        self.bot_may.narrow(action, actor, &mut judgement);
        judgement
    }
}

pub fn connector(desk: &Desk, shop: ShopId) -> Result<&Arc<Connector>> {
    desk.connector(shop).ok_or(DeskError::NotFound)
}

/// `except` is left out of the history: an action doesn't stand in its own way.
pub async fn look(desk: &Desk, place: &Place, action: &Action, except: Option<&str>) -> Result<Look> {
    let connector = connector(desk, place.shop)?;
    let customer = match &place.customer {
        Some(key) => missing_is_none(connector.customer(key).await)?,
        None => None,
    };
    let order = match (&customer, action.order()) {
        // Another customer's order is as unknown as one that doesn't exist.
        (Some(customer), Some(key)) => missing_is_none(connector.order_of(&customer.key, key).await)?,
        _ => None,
    };
    let products = products(connector, action, order.as_ref()).await?;
    let mut history = match &order {
        Some(order) => history(desk, place.shop, &order.key).await?,
        None => Vec::new(),
    };
    history.retain(|past| Some(past.key.as_str()) != except);
    let shop = desk.store.shop(place.shop).await?.ok_or(DeskError::NotFound)?;
    let bot_may = ShopSettings::of(&shop)?.bot_may;
    Ok(Look { customer, order, products, history, policy: desk.policies.of(place.shop), bot_may })
}

/// What was done to an order before, by the ids under which the shop knows it.
pub async fn history(desk: &Desk, shop: ShopId, order: &OrderKey) -> Result<Vec<Past>> {
    let rows = desk.store.actions(&ActionFilter::Order(shop, order.clone()), HISTORY_MAX).await?;
    let past = rows.into_iter().map(Record::of).filter_map(|record| {
        let Record { id, created_at, action, state, .. } = record;
        Some(Past { key: id.to_string(), at: created_at, action: action?, state })
    });
    Ok(past.collect())
}

async fn products(connector: &Connector, action: &Action, order: Option<&Order>) -> Result<Vec<Product>> {
    let named = action.items();
    let lines = order.into_iter().flat_map(|order| &order.lines).filter(|line| named.contains(&&line.variant));
    let mut keys: Vec<ProductKey> = lines.map(|line| line.product.clone()).collect();
    if let Action::RemindRestock { product, .. } = action {
        keys.push(product.clone());
    }
    keys.sort_unstable();
    keys.dedup();
    keys.truncate(PRODUCTS_MAX);
    let mut products = Vec::with_capacity(keys.len());
    for key in &keys {
        products.extend(missing_is_none(connector.product(key).await)?);
    }
    // So that an item of another product is told from one that doesn't exist.
    for change in action.changes().iter().take(PRODUCTS_MAX) {
        let is_known = products.iter().any(|product| product.variants.iter().any(|variant| variant.key == change.to));
        if !is_known {
            products.extend(connector.product_with(&change.to).await);
        }
    }
    Ok(products)
}

fn missing_is_none<T>(found: Result<T, ShopError>) -> Result<Option<T>, ShopError> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(ShopError::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Both at once.
pub async fn of_wish(desk: &Desk, wish: &Wish) -> Result<(Place, Look)> {
    let place = place(desk, &wish.doer, &wish.whom).await?;
    let look = look(desk, &place, &wish.action, None).await?;
    Ok((place, look))
}
