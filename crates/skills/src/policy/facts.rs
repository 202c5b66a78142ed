//! The facts of a case, as the names that rules read. docs/policies.md lists them; a field is only ever added.

use domain::{
    action::Action,
    shop::{Address, Money, Order, PaymentKey, PaymentKind, Product, VariantKey},
    time::{DAY_MS, HOUR_MS, MINUTE_MS, Timestamp},
};
use serde_json::{Map, Value as Json, json};

use super::{
    ActorKind, Case, Past, PastState,
    sums::{difference, paid, price_fall, sums},
};
use crate::Scope;

/// The shop's day for wished dates: China has one zone, and a day is no finer promise elsewhere.
const ZONE_HOURS: i8 = 8;

/// One kind of item an action is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub variant: VariantKey,
    pub title: domain::language::Bilingual,
    pub options: domain::language::Bilingual,
    /// How many of them the action is about.
    pub count: i64,
    /// How many of them the order has.
    pub ordered: i64,
    pub unit_price: i64,
    pub product: String,
    /// What it costs today; `None` when it is no longer sold.
    pub price_now: Option<i64>,
    pub stock: i64,
    pub to: Option<Wanted>,
    /// What is wanted instead isn't among the products known.
    pub is_to_unknown: bool,
}

/// The variant wanted instead.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    pub variant: VariantKey,
    pub product: String,
    pub options: domain::language::Bilingual,
    pub price: i64,
    pub stock: i64,
    pub on_sale: bool,
}

/// The items an action names, as the order and the shop's products have them. Items the order doesn't have come with
/// `ordered` 0. A change is an item each, so that two pieces of one variant may become different ones.
pub fn items(action: &Action, order: Option<&Order>, products: &[Product]) -> Vec<Item> {
    let changes = action.changes();
    if changes.is_empty() {
        let mut items: Vec<Item> = Vec::new();
        for variant in action.items() {
            match items.iter_mut().find(|item| item.variant == *variant) {
                Some(item) => item.count += 1,
                None => items.push(item(variant, order, products)),
            }
        }
        return items;
    }
    changes
        .iter()
        .map(|change| {
            let to = wanted(&change.to, products);
            Item { is_to_unknown: to.is_none(), to, ..item(&change.from, order, products) }
        })
        .collect()
}

fn item(key: &VariantKey, order: Option<&Order>, products: &[Product]) -> Item {
    let lines = || order.into_iter().flat_map(|order| &order.lines).filter(|line| line.variant == *key);
    let line = lines().next();
    let now = find(key, products).map(|(_, variant)| variant);
    Item {
        variant: key.clone(),
        title: line.map(|line| line.title.clone()).unwrap_or_default(),
        options: line.map(|line| line.options.clone()).unwrap_or_default(),
        count: 1,
        ordered: lines().map(|line| i64::from(line.quantity)).sum(),
        unit_price: line.map_or(0, |line| line.unit_price.minor),
        product: line.map(|line| line.product.0.clone()).unwrap_or_default(),
        price_now: now.map(|variant| variant.price.minor),
        stock: now.map_or(0, |variant| variant.stock),
        to: None,
        is_to_unknown: false,
    }
}

fn find<'a>(key: &VariantKey, products: &'a [Product]) -> Option<(&'a Product, &'a domain::shop::Variant)> {
    products
        .iter()
        .find_map(|product| product.variants.iter().find(|it| it.key == *key).map(|variant| (product, variant)))
}

fn wanted(key: &VariantKey, products: &[Product]) -> Option<Wanted> {
    let (product, variant) = find(key, products)?;
    let joined = |words: Vec<&str>| words.join(" / ");
    let values = || variant.options.iter().map(|option| &option.value);
    Some(Wanted {
        variant: key.clone(),
        product: product.key.0.clone(),
        options: domain::language::Bilingual::new(
            joined(values().map(|value| value.zh.as_str()).collect()),
            joined(values().map(|value| value.en.as_str()).collect()),
        ),
        price: variant.price.minor,
        stock: variant.stock,
        on_sale: product.on_sale,
    })
}

/// Every name a rule can read.
pub fn scope(case: &Case<'_>, values: &std::collections::BTreeMap<String, Json>) -> Scope {
    let subject = &case.subject;
    let items = items(case.action, subject.order, subject.products);
    let sums = sums(case.action, subject.order, &items);
    let minor = |money: &Option<Money>| money.as_ref().map_or(0, |money| money.minor);
    let mut scope = Map::new();
    let mut put = |name: &str, value: Json| scope.insert(name.to_owned(), value);
    put("now", json!(case.now.0));
    put("minute", json!(MINUTE_MS));
    put("hour", json!(HOUR_MS));
    put("day", json!(DAY_MS));
    put("value", json!(values));
    put("actor", json!({ "kind": case.actor.as_str(), "is_person": is_person(case.actor) }));
    put("customer", customer(case));
    put("order", subject.order.map_or(Json::Null, order));
    put("action", action(case.action, case.now));
    put("items", items.iter().map(|item| item_json(item, subject.products)).collect());
    put(
        "amount",
        json!({
            "refund": minor(&sums.refund), "charge": minor(&sums.charge),
            "difference": difference(&items), "price_fall": price_fall(&items),
            "paid": subject.order.map_or(0, paid),
        }),
    );
    put("payment", payment(case));
    put("products", products(subject.products));
    let past = past(case);
    put("done", done(&past));
    put("waiting", count(&past, |past| matches!(past.state, PastState::AwaitingApproval | PastState::Running)));
    put("history", past.iter().map(past_json).collect());
    scope
}

const fn is_person(actor: ActorKind) -> bool {
    matches!(actor, ActorKind::Agent | ActorKind::Supervisor)
}

fn customer(case: &Case<'_>) -> Json {
    case.subject.customer.map_or(
        Json::Null,
        |customer| json!({ "key": customer.key, "level": i64::from(customer.level), "since": customer.since }),
    )
}

fn address(address: &Address) -> Json {
    json!(address)
}

fn order(order: &Order) -> Json {
    let shipment = order.shipments.last();
    let lines = order.lines.iter().map(|line| {
        json!({
            "product": line.product, "variant": line.variant, "quantity": i64::from(line.quantity),
            "unit_price": line.unit_price.minor,
        })
    });
    let refunds = order.refunds.iter();
    json!({
        "key": order.key, "state": order.state.as_str(), "total": order.total.minor,
        "currency": order.total.currency, "shipping_fee": order.shipping_fee.as_ref().map_or(0, |fee| fee.minor),
        "placed_at": order.placed_at, "paid_at": order.paid_at, "closes_at": order.closes_at,
        "ship_by": order.ship_by, "delivered_at": order.delivered_at, "address": address(&order.address),
        "payment_method": order.payment_method, "payments": order.payments.len(),
        "has_invoice": order.invoice.is_some(), "lines": lines.collect::<Vec<_>>(),
        "shipment": shipment.map_or(Json::Null, |it| json!({ "state": it.state, "expected_at": it.expected_at })),
        "refunds": refunds.map(|it| json!({ "state": it.state, "amount": it.amount.minor })).collect::<Vec<_>>(),
    })
}

fn action(action: &Action, now: Timestamp) -> Json {
    let mut fields = Map::from_iter([
        ("name".to_owned(), json!(action.name())),
        ("reason".to_owned(), json!("")),
        ("text".to_owned(), json!("")),
        ("pictures".to_owned(), json!(0)),
        ("problem".to_owned(), Json::Null),
        ("address".to_owned(), Json::Null),
        ("invoice".to_owned(), Json::Null),
        ("product".to_owned(), Json::Null),
        ("days_ahead".to_owned(), Json::Null),
    ]);
    let mut put = |name: &str, value: Json| fields.insert(name.to_owned(), value);
    match action {
        Action::CancelOrder { reason, .. } | Action::ExchangeItems { reason, .. } => {
            put("reason", json!(reason));
        }
        Action::ReturnItems { reason, pictures, .. } => {
            put("reason", json!(reason));
            put("pictures", json!(pictures.len()));
        }
        Action::ReportProblem { problem, description, pictures, .. } => {
            put("problem", json!(problem));
            put("text", json!(description));
            put("pictures", json!(pictures.len()));
        }
        Action::ChangeAddress { address: new, .. } | Action::ChangeHomeAddress { address: new } => {
            put("address", address(new));
        }
        Action::IssueInvoice { invoice, .. } | Action::ChangeInvoice { invoice, .. } => {
            put(
                "invoice",
                json!({
                    "kind": invoice.kind, "title": invoice.title,
                    "tax_number": invoice.tax_number.clone().unwrap_or_default(),
                    "email": invoice.email.clone().unwrap_or_default(),
                }),
            );
        }
        Action::RequestRepair { description: text, .. } | Action::FileComplaint { text, .. } => {
            put("text", json!(text));
        }
        Action::ScheduleDelivery { day, .. } => {
            put("days_ahead", json!(days_ahead(day, now)));
        }
        Action::RemindRestock { product, .. } => {
            put("product", json!(product));
        }
        _ => {}
    }
    Json::Object(fields)
}

/// From today, the shop's day, to the day wished.
pub fn days_ahead(day: &str, now: Timestamp) -> Option<i64> {
    let day: jiff::civil::Date = day.parse().ok()?;
    let now = jiff::Timestamp::from_millisecond(now.0).ok()?;
    let today = jiff::tz::offset(ZONE_HOURS).to_datetime(now).date();
    Some(i64::from(today.until(day).ok()?.get_days()))
}

fn item_json(item: &Item, products: &[Product]) -> Json {
    let product = products.iter().find(|product| product.key.as_str() == item.product);
    let attributes: Map<String, Json> = product
        .into_iter()
        .flat_map(|product| &product.attributes)
        .map(|it| (it.key.clone(), json!(it.value.zh)))
        .collect();
    json!({
        "variant": item.variant, "product": item.product, "count": item.count, "ordered": item.ordered,
        "unit_price": item.unit_price, "price_now": item.price_now, "stock": item.stock,
        "category": product.map_or("", |product| product.category.as_str()), "attributes": attributes,
        "to": item.to.as_ref().map_or(Json::Null, |to| json!({
            "variant": to.variant, "product": to.product, "price": to.price, "stock": to.stock, "on_sale": to.on_sale,
        })),
    })
}

/// The way to pay the action names; without one, the way the order was paid.
fn payment(case: &Case<'_>) -> Json {
    let original = case.subject.order.and_then(original_method);
    let Some(key) = case.action.payment().cloned().or_else(|| original.clone()) else { return Json::Null };
    let known = case.subject.customer.and_then(|customer| customer.payment_method(&key));
    json!({
        "key": key, "is_named": case.action.payment().is_some(), "is_original": original.as_ref() == Some(&key),
        "kind": known.map_or(PaymentKind::Other, |method| method.kind),
        "balance": known.and_then(|method| method.balance.as_ref()).map_or(0, |balance| balance.minor),
    })
}

/// How the order was first paid.
pub fn original_method(order: &Order) -> Option<PaymentKey> {
    order.payments.first().map(|payment| payment.method.clone())
}

fn products(products: &[Product]) -> Json {
    let product = |product: &Product| {
        let variant = |it: &domain::shop::Variant| json!({ "key": it.key, "price": it.price.minor, "stock": it.stock });
        let json = json!({
            "category": product.category, "brand": product.brand, "on_sale": product.on_sale,
            "stock": product.variants.iter().map(|variant| variant.stock).sum::<i64>(),
            "variants": product.variants.iter().map(variant).collect::<Vec<_>>(),
        });
        (product.key.0.clone(), json)
    };
    Json::Object(products.iter().map(product).collect())
}

/// The desk's records and the shop's own, each action once.
fn past(case: &Case<'_>) -> Vec<Past> {
    let mut past: Vec<Past> = case.history.to_vec();
    for deed in case.subject.order.into_iter().flat_map(|order| &order.deeds) {
        if !past.iter().any(|known| known.key == deed.key) {
            let (key, at, action) = (deed.key.clone(), deed.at, deed.action.clone());
            past.push(Past { key, at, action, state: PastState::Done });
        }
    }
    past.sort_by_key(|past| past.at);
    past
}

fn past_json(past: &Past) -> Json {
    json!({
        "name": past.action.name(), "at": past.at, "state": past.state,
        "items": past.action.items(), "reason": match &past.action {
            Action::CancelOrder { reason, .. } | Action::ReturnItems { reason, .. }
            | Action::ExchangeItems { reason, .. } => reason.as_str(),
            _ => "",
        },
    })
}

/// How often each action was done to this order.
fn done(past: &[Past]) -> Json {
    count(past, |past| past.state == PastState::Done)
}

fn count(past: &[Past], counts: impl Fn(&Past) -> bool) -> Json {
    let of = |name: &&str| past.iter().filter(|past| past.action.name() == *name && counts(past)).count();
    Json::Object(Action::NAMES.iter().map(|name| ((*name).to_owned(), json!(of(name)))).collect())
}
