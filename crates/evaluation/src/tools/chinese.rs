//! Requests in Chinese, over the demo shop's wares: read, and compared with what each was written to mean.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use domain::{
    action::{Action, ItemChange},
    language::Bilingual,
    shop::{
        Address, Customer, CustomerKey, Order, OrderKey, OrderLine, OrderState, PaymentKey, PaymentKind, PaymentMethod,
        Product, ProductKey, Variant, VariantKey,
    },
    time::Timestamp,
};
use engine::shop::demo::content;
use serde::Deserialize;
use serde_json::{Value, json};
use skills::run::invoice_said;
use understanding::{
    entities::{Entity, Moment, entities},
    requests::{Request, Wish, Wording, World, read_with},
};

use crate::rounded;

/// Sentences of one file of `content/evaluation`.
pub struct List {
    pub name: &'static str,
    text: &'static str,
}

pub const LISTS: [List; 3] = [
    List { name: "requests_zh", text: include_str!("../../../../content/evaluation/requests_zh.yaml") },
    List { name: "requests_zh_blind", text: include_str!("../../../../content/evaluation/requests_zh_blind.yaml") },
    List { name: "requests_zh_last", text: include_str!("../../../../content/evaluation/requests_zh_last.yaml") },
];

/// Sunday, 22 November 2026, at noon.
const READ_AT: Timestamp = Timestamp(1_795_348_800_000);

#[derive(Deserialize)]
struct File {
    customer: Person,
    orders: Vec<Placed>,
    /// The sentence, and each action that is meant.
    cases: Vec<Vec<String>>,
}

#[derive(Deserialize)]
struct Person {
    name: String,
    address: Place,
    payments: Vec<Way>,
}

#[derive(Deserialize)]
struct Place {
    province: String,
    city: String,
    district: String,
    street: String,
}

#[derive(Deserialize)]
struct Way {
    key: String,
    kind: PaymentKind,
    last_four: Option<String>,
}

#[derive(Deserialize)]
struct Placed {
    key: String,
    state: OrderState,
    paid_with: String,
    lines: BTreeMap<String, String>,
}

/// A sentence, what was meant and what was understood, in the words of the file.
#[derive(Debug)]
pub struct Case {
    pub text: String,
    pub wanted: Vec<String>,
    pub found: Vec<String>,
}

impl Case {
    pub fn is_ok(&self) -> bool {
        self.wanted == self.found
    }
}

pub fn cases(list: &List) -> Result<Vec<Case>> {
    cases_of(list.text).with_context(|| list.name)
}

/// The share understood in full, how many there are, and both for each kind that is meant first.
pub fn shares(cases: &[Case]) -> Value {
    let share = |ok: usize, n: usize| rounded(ok as f64 / n.max(1) as f64);
    let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for case in cases {
        let several = case.wanted.len() > 1;
        let kind = if several { "several" } else { case.wanted[0].split(' ').next().unwrap_or_default() };
        let (ok, n) = kinds.entry(kind).or_default();
        *ok += usize::from(case.is_ok());
        *n += 1;
    }
    let ok = kinds.values().map(|(ok, _)| ok).sum();
    let by_kind: BTreeMap<&str, Value> =
        kinds.into_iter().map(|(kind, (ok, n))| (kind, json!({ "ok_share": share(ok, n), "n": n }))).collect();
    json!({ "ok_share": share(ok, cases.len()), "n": cases.len(), "by_kind": by_kind })
}

fn cases_of(text: &str) -> Result<Vec<Case>> {
    let file: File = serde_yaml_ng::from_str(text)?;
    let products = content::load(Timestamp(0))?.products;
    let wording = Wording::of(&products);
    let customer = file.customer.customer();
    let orders: Vec<Order> =
        file.orders.iter().map(|placed| placed.order(&customer, &products)).collect::<Result<_>>()?;
    let world = World { customer: &customer, orders: &orders, products: &products, focus: None };
    let mut out = Vec::new();
    for case in file.cases {
        let [text, wanted @ ..] = case.as_slice() else { continue };
        ensure!(!wanted.is_empty(), "«{text}» says nothing of what is meant");
        let mut wanted = wanted.to_vec();
        let read = read_with(text, world, &wording);
        let told = |request: &Request| match &request.action {
            Some(action) => Some(told(action, &orders, &products)),
            None => told_of_skill(text, request),
        };
        let mut found: Vec<String> = read.requests.iter().filter_map(told).collect();
        wanted.sort();
        found.sort();
        out.push(Case { text: text.clone(), wanted, found });
    }
    Ok(out)
}

impl Person {
    fn customer(&self) -> Customer {
        let methods = self.payments.iter().map(|way| PaymentMethod {
            key: PaymentKey(way.key.clone()),
            kind: way.kind,
            brand: None,
            last_four: way.last_four.clone(),
            balance: None,
        });
        let Place { province, city, district, street } = &self.address;
        let address = Address {
            recipient: self.name.clone(),
            country: "CN".to_owned(),
            province: province.clone(),
            city: city.clone(),
            district: district.clone(),
            street: street.clone(),
            ..Address::default()
        };
        Customer {
            key: CustomerKey("zhou".to_owned()),
            name: self.name.clone(),
            email: None,
            phone: None,
            level: 0,
            addresses: vec![address],
            since: Timestamp(0),
            payment_methods: methods.collect(),
        }
    }
}

impl Placed {
    fn order(&self, customer: &Customer, products: &[Product]) -> Result<Order> {
        let mut lines = Vec::new();
        for (key, options) in &self.lines {
            let product = products.iter().find(|product| product.key.0 == *key).with_context(|| key.clone())?;
            let variant = product.variants.iter().find(|variant| options_of(variant) == *options);
            let variant = variant.with_context(|| format!("{key} has no {options}"))?;
            lines.push(OrderLine {
                product: ProductKey(key.clone()),
                variant: variant.key.clone(),
                title: product.title.clone(),
                options: Bilingual::default(),
                quantity: 1,
                unit_price: variant.price.clone(),
                picture: None,
            });
        }
        let total = lines[0].unit_price.clone();
        Ok(Order {
            key: OrderKey(self.key.clone()),
            customer: customer.key.clone(),
            state: self.state,
            lines,
            total,
            shipping_fee: None,
            address: customer.addresses[0].clone(),
            placed_at: Timestamp(0),
            paid_at: None,
            closes_at: None,
            ship_by: None,
            delivered_at: None,
            payment_method: Some(self.paid_with.clone()),
            shipments: Vec::new(),
            refunds: Vec::new(),
            note: None,
            payments: Vec::new(),
            invoice: None,
            delivery_wish: None,
            deeds: Vec::new(),
            extra: serde_json::Map::new(),
        })
    }
}

/// What the reader leaves to the skill that carries it out, read as that skill reads it.
fn told_of_skill(text: &str, request: &Request) -> Option<String> {
    let order = request.order.as_ref()?.as_str();
    let short = &order[order.len().saturating_sub(2)..];
    match request.wish {
        Wish::Invoice => {
            let said = invoice_said(text, &[order.to_owned()]);
            let part = |name: &str| said[name].as_str().unwrap_or("?").to_owned();
            let kind = part("kind");
            let rest = (kind == "company").then(|| format!(" {} {}", part("title"), part("tax_number")));
            Some(format!("invoice {short} {kind}{}", rest.unwrap_or_default()))
        }
        Wish::Schedule => {
            let found = entities(text, &Moment::new(READ_AT, jiff::tz::TimeZone::UTC));
            let day = found.iter().find_map(|found| match &found.entity {
                Entity::Date(days) => Some(days.first.to_string()),
                _ => None,
            });
            Some(format!("schedule {short} {}", day.as_deref().unwrap_or("?")))
        }
        _ => None,
    }
}

fn options_of(variant: &Variant) -> String {
    variant.options.iter().map(|option| option.value.zh.as_str()).collect::<Vec<_>>().join("/")
}

/// An action in the words of the file.
fn told(action: &Action, orders: &[Order], products: &[Product]) -> String {
    let order = action.order().map(|key| key.0[key.0.len().saturating_sub(2)..].to_owned()).unwrap_or_default();
    let item = |key: &VariantKey| {
        let own = orders.iter().filter(|order| Some(&order.key) == action.order()).flat_map(|order| &order.lines);
        own.into_iter().find(|line| line.variant == *key).map_or_else(|| key.0.clone(), |line| line.product.0.clone())
    };
    let become_of = |change: &ItemChange| {
        let variants = products.iter().flat_map(|product| &product.variants);
        let to = variants.into_iter().find(|variant| variant.key == change.to).map(options_of).unwrap_or_default();
        format!("{}>{to}", item(&change.from))
    };
    let joined = |mut parts: Vec<String>| {
        parts.sort();
        parts.join(" ")
    };
    let way = |payment: &Option<PaymentKey>| payment.as_ref().map_or("-", |key| key.0.as_str()).to_owned();
    let place = |to: &Address| [to.province.as_str(), &to.city, &to.district, &to.street].join("|");
    match action {
        Action::CancelOrder { reason, .. } => format!("cancel {order} {reason}").trim_end().to_owned(),
        Action::ReturnItems { items, payment, .. } => {
            format!("return {order} {} {}", joined(items.iter().map(item).collect()), way(payment))
        }
        Action::ExchangeItems { changes, payment, .. } => {
            format!("exchange {order} {} {}", joined(changes.iter().map(become_of).collect()), way(payment))
        }
        Action::ChangeItems { changes, payment, .. } => {
            format!("change {order} {} {}", joined(changes.iter().map(become_of).collect()), way(payment))
        }
        Action::ChangeAddress { address, .. } => format!("address {order} {}", place(address)),
        Action::ChangeHomeAddress { address } => format!("home {}", place(address)),
        Action::ChangePayment { payment, .. } => format!("pay {order} {}", payment.0),
        Action::UrgeShipment { .. } => format!("urge {order}"),
        Action::ProtectPrice { item: line, .. } => format!("protect {order} {}", item(line)),
        other => other.name().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_says_what_it_means_over_goods_that_exist() {
        for (list, sentences, kinds) in [(&LISTS[0], 60, 7), (&LISTS[1], 100, 11), (&LISTS[2], 40, 11)] {
            let cases = cases(list).expect("the file is well formed");
            assert!(cases.len() >= sentences, "{}", cases.len());
            let named: std::collections::BTreeSet<&str> =
                cases.iter().flat_map(|case| &case.wanted).filter_map(|told| told.split(' ').next()).collect();
            assert_eq!(named.len(), kinds, "{named:?}");
        }
    }

    #[test]
    fn a_sentence_without_a_meaning_is_an_error() {
        let text = LISTS[0].text.split("cases:").next().unwrap_or_default().to_owned() + "cases: [[取消订单]]";
        assert!(cases_of(&text).is_err());
        assert!(cases_of("cases: 1").is_err());
    }
}
