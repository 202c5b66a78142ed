//! Order requests in plain words, joined with the skills: what a message already carries fills the slots of the skill
//! that carries it out, so that nothing is asked that was said.

use std::{collections::HashMap, sync::Arc};

use domain::{
    action::Action,
    shop::{Address, CustomerKey, Order, OrderKey, Product, ProductKey},
};
use skills::{Message, Skill, Skills};
use understanding::requests::{Request, Wish, Wording, World, read_with};

use crate::{
    desk::Desk,
    shop::{Connector, PageRequest, ShopError},
};

/// Orders a request may be about without naming them.
const RECENT_ORDERS: usize = 20;
/// Products looked up for their variants; a customer's recent orders rarely have as many.
const MAX_PRODUCTS: usize = 40;
/// The reader's reasons, and what the shipped skills call the same.
const REASONS: &[(&str, &str)] = &[
    ("ordered_by_mistake", "mistake"),
    ("no_longer_needed", "unwanted"),
    ("cheaper_elsewhere", "price"),
    ("wrong_size", "unfit"),
    ("defective", "quality"),
    ("not_as_described", "quality"),
];

/// A request with the skill that carries it out.
#[derive(Debug, Clone)]
pub struct Requested {
    pub skill: Arc<Skill>,
    /// Nothing is missing but perhaps a reason, and the order wasn't only talked about before.
    pub is_whole: bool,
    order: Option<OrderKey>,
    action: Option<Action>,
}

/// What a verified shopper asks to be done to orders. A shop that doesn't answer leaves it to the questions.
pub async fn requested(desk: &Desk, connector: &Connector, customer: &CustomerKey, text: &str) -> Vec<Requested> {
    let Ok(person) = connector.customer(customer).await else { return Vec::new() };
    let nothing = World { customer: &person, orders: &[], products: &[], focus: None };
    if read_with(text, nothing, &Wording::default()).requests.is_empty() {
        return Vec::new();
    }
    // A shop that can't tell all its products is still read, only more slowly.
    let wording = connector.wording().await.unwrap_or_default();
    let Ok((orders, products)) = records(connector, customer).await else { return Vec::new() };
    let world = World { customer: &person, orders: &orders, products: &products, focus: None };
    let skills = desk.skills.skills();
    read_with(text, world, &wording)
        .requests
        .into_iter()
        .filter_map(|request| with_skill(request, &orders, &skills))
        .collect()
}

async fn records(connector: &Connector, customer: &CustomerKey) -> Result<(Vec<Order>, Vec<Product>), ShopError> {
    let orders = connector.orders_of(customer, &PageRequest::first(RECENT_ORDERS)).await?.items;
    let mut products: HashMap<ProductKey, Product> = HashMap::new();
    for line in orders.iter().flat_map(|order| &order.lines) {
        if products.len() < MAX_PRODUCTS && !products.contains_key(&line.product) {
            match connector.product(&line.product).await {
                Ok(product) => drop(products.insert(line.product.clone(), product)),
                Err(ShopError::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok((orders, products.into_values().collect()))
}

fn with_skill(request: Request, orders: &[Order], skills: &Skills) -> Option<Requested> {
    let order = orders.iter().find(|order| Some(&order.key) == request.order.as_ref());
    let name = match (&request.action, request.wish) {
        (Some(action), _) => action.name(),
        (None, Wish::Cancel) => "cancel_order",
        (None, Wish::Return) => "return_items",
        (None, Wish::ChangeAddress) => "change_address",
        (None, Wish::ChangeItems) if order.is_some_and(|it| it.delivered_at.is_some()) => "exchange_items",
        (None, Wish::ChangeItems) => "change_items",
        (None, Wish::Urge) => "urge_shipment",
        (None, Wish::ProtectPrice) => "protect_price",
        (None, Wish::Invoice) => "issue_invoice",
        (None, Wish::Schedule) => "schedule_delivery",
        (None, Wish::ChangeHomeAddress | Wish::ChangePayment | Wish::Change) => return None,
    };
    let skill = skills.iter().find(|skill| skill.actions().any(|action| action == name))?.clone();
    let is_missing_more = request.missing.iter().any(|slot| *slot != understanding::requests::Slot::Reason);
    let is_whole = request.action.is_some() && !is_missing_more && request.unclear.is_empty();
    Some(Requested { skill, is_whole, order: request.order, action: request.action })
}

impl Requested {
    /// Adds what the request says to what was heard. What the message itself named stays.
    pub fn fill(&self, message: &mut Message) {
        if let Some(order) = self.order.as_ref().filter(|_| message.numbers.is_empty()) {
            message.numbers.push(order.0.clone());
        }
        let Some(action) = &self.action else { return };
        message.items = action.items().into_iter().cloned().collect();
        message.variants = action.changes().iter().map(|change| change.to.clone()).collect();
        match action {
            Action::ChangeAddress { address, .. } => {
                message.address = Some(completed(message.address.take(), address));
            }
            Action::CancelOrder { reason, .. }
            | Action::ReturnItems { reason, .. }
            | Action::ExchangeItems { reason, .. }
                if !reason.is_empty() =>
            {
                let known = REASONS.iter().filter(|(theirs, _)| theirs == reason).map(|(_, ours)| (*ours).to_owned());
                message.reasons = [reason.clone()].into_iter().chain(known).collect();
            }
            _ => {}
        }
    }
}

/// The address as it was read from the message, with what only the request knows.
fn completed(said: Option<Address>, requested: &Address) -> Address {
    let Some(mut said) = said else { return requested.clone() };
    let fields: [(&mut String, &String); 6] = [
        (&mut said.recipient, &requested.recipient),
        (&mut said.phone, &requested.phone),
        (&mut said.province, &requested.province),
        (&mut said.city, &requested.city),
        (&mut said.district, &requested.district),
        (&mut said.street, &requested.street),
    ];
    for (own, theirs) in fields {
        if own.is_empty() {
            own.clone_from(theirs);
        }
    }
    said
}
