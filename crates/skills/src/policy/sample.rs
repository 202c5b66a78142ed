//! A case in which everything is there, on which rules are tried when they are loaded.

use std::{collections::BTreeMap, sync::LazyLock};

use domain::{
    action::{Action, Invoice, InvoiceKind, ItemChange, Problem},
    language::Bilingual,
    shop::{
        Address, Attribute, Customer, Money, Order, OrderLine, OrderState, Payment, PaymentDirection, PaymentKind,
        PaymentMethod, Product, Refund, RefundState, Shipment, ShipmentState, Variant,
    },
    time::{DAY_MS, Timestamp},
};
use serde_json::Value as Json;

use super::{ActorKind, Case, Past, PastState, Subject, facts};
use crate::{Expression, Scope};

const NOW: Timestamp = Timestamp(1_795_314_600_000);

struct Sample {
    customer: Customer,
    order: Order,
    products: Vec<Product>,
}

static SAMPLE: LazyLock<Sample> = LazyLock::new(sample);

/// What a rule of this action can read. Items and a way to pay are there for every action, so that what is read of
/// them is tried too.
pub fn scope(name: &str, values: &BTreeMap<String, Json>) -> Scope {
    let mut scope = scope_of(name, values);
    let full = scope_of("exchange_items", values);
    for (name, value) in full {
        let is_empty = scope.get(&name).is_none_or(|own| own.is_null() || own.as_array().is_some_and(Vec::is_empty));
        if is_empty {
            scope.insert(name, value);
        }
    }
    scope
}

fn scope_of(name: &str, values: &BTreeMap<String, Json>) -> Scope {
    let action = action(name);
    let history =
        [Past { key: "k".to_owned(), at: NOW.minus_ms(DAY_MS), action: action.clone(), state: PastState::Done }];
    let subject = Subject { customer: Some(&SAMPLE.customer), order: Some(&SAMPLE.order), products: &SAMPLE.products };
    let case = Case { action: &action, actor: ActorKind::Bot, subject, history: &history, now: NOW };
    facts::scope(&case, values)
}

/// Whether the rule can be worked out here, and reads nothing that is never there.
pub fn check(expression: &Expression, scope: &Scope) -> Result<(), String> {
    for path in expression.paths() {
        let mut at = scope.get(&path[0]);
        if at.is_none() {
            return Err(format!("`{}` is not known; there are {}", path[0], names(scope)));
        }
        for (depth, field) in path.iter().enumerate().skip(1) {
            let Some(Json::Object(fields)) = at else { break };
            at = fields.get(field);
            if at.is_none() && !is_open(&path) {
                return Err(format!("`{}` has no `{field}`; it has {}", path[..depth].join("."), names(fields)));
            }
        }
    }
    expression.holds(scope).map(drop).map_err(|error| error.to_string())
}

/// Attributes and products are the merchant's own names.
fn is_open(path: &[String]) -> bool {
    path[0] == "products"
}

fn names(fields: &serde_json::Map<String, Json>) -> String {
    fields.keys().map(String::as_str).collect::<Vec<_>>().join(", ")
}

fn action(name: &str) -> Action {
    let order = || SAMPLE.order.key.clone();
    let (item, reason, text) = (|| "v1".into(), String::from("reason"), String::from("text"));
    let changes = || vec![ItemChange { from: "v1".into(), to: "v2".into() }];
    let payment = || Some("card".into());
    let invoice =
        || Invoice { kind: InvoiceKind::Company, title: "t".into(), tax_number: None, email: Some("e".into()) };
    match name {
        "change_address" => Action::ChangeAddress { order: order(), address: address() },
        "change_items" => Action::ChangeItems { order: order(), changes: changes(), payment: payment() },
        "change_payment" => Action::ChangePayment { order: order(), payment: "gift".into() },
        "urge_shipment" => Action::UrgeShipment { order: order() },
        "schedule_delivery" => Action::ScheduleDelivery { order: order(), day: "2026-11-24".into(), part: None },
        "return_items" => {
            Action::ReturnItems { order: order(), items: vec![item()], reason, payment: payment(), pictures: vec![] }
        }
        "exchange_items" => Action::ExchangeItems { order: order(), changes: changes(), reason, payment: payment() },
        "protect_price" => Action::ProtectPrice { order: order(), item: item() },
        "report_problem" => Action::ReportProblem {
            order: order(),
            items: vec![item()],
            problem: Problem::Damaged,
            description: text,
            pictures: vec![],
        },
        "issue_invoice" => Action::IssueInvoice { order: order(), invoice: invoice() },
        "change_invoice" => Action::ChangeInvoice { order: order(), invoice: invoice() },
        "request_repair" => Action::RequestRepair { order: order(), item: item(), description: text },
        "remind_restock" => Action::RemindRestock { product: "p".into(), variant: Some(item()) },
        "file_complaint" => Action::FileComplaint { order: Some(order()), text },
        "change_home_address" => Action::ChangeHomeAddress { address: address() },
        _ => Action::CancelOrder { order: order(), reason },
    }
}

fn address() -> Address {
    Address {
        recipient: "林晓".into(),
        phone: "13800000000".into(),
        country: "CN".into(),
        province: "浙江".into(),
        city: "杭州".into(),
        district: "西湖区".into(),
        street: "文三路 1 号".into(),
        postcode: "310000".into(),
    }
}

fn sample() -> Sample {
    let money = |minor| Money::new(minor, "CNY");
    let both = |text: &str| Bilingual::new(text, text);
    let attribute = Attribute { key: "warranty".into(), name: both("n"), value: both("v") };
    let variant = |key: &str, price| Variant {
        key: key.into(),
        options: vec![attribute.clone()],
        price: money(price),
        list_price: None,
        stock: 3,
        restock_at: None,
    };
    let product = Product {
        key: "p".into(),
        title: both("p"),
        category: "c".into(),
        brand: "b".into(),
        description: both(""),
        attributes: vec![attribute.clone()],
        variants: vec![variant("v1", 900), variant("v2", 1_200)],
        aliases: vec![],
        picture: None,
        page: None,
        on_sale: true,
    };
    let line = OrderLine {
        product: "p".into(),
        variant: "v1".into(),
        title: both("p"),
        options: both("o"),
        quantity: 2,
        unit_price: money(1_000),
        picture: None,
    };
    let shipment = Shipment {
        key: "s".into(),
        carrier: both("c"),
        tracking_number: "1".into(),
        state: ShipmentState::Delivered,
        created_at: NOW.minus_ms(3 * DAY_MS),
        expected_at: Some(NOW.minus_ms(DAY_MS)),
        scans: vec![],
    };
    let refund = Refund {
        key: "r".into(),
        state: RefundState::Requested,
        amount: money(100),
        reason: both("r"),
        requested_at: NOW,
        updated_at: None,
        due_at: None,
        method: None,
    };
    let method =
        |key: &str, kind, balance| PaymentMethod { key: key.into(), kind, brand: None, last_four: None, balance };
    let customer = Customer {
        key: "c".into(),
        name: "n".into(),
        email: None,
        phone: None,
        level: 1,
        addresses: vec![address()],
        since: NOW.minus_ms(100 * DAY_MS),
        payment_methods: vec![
            method("card", PaymentKind::CreditCard, None),
            method("gift", PaymentKind::GiftCard, Some(money(500))),
        ],
    };
    let order = Order {
        key: "o".into(),
        customer: "c".into(),
        state: OrderState::Delivered,
        lines: vec![line],
        total: money(2_000),
        shipping_fee: Some(money(0)),
        address: address(),
        placed_at: NOW.minus_ms(5 * DAY_MS),
        paid_at: Some(NOW.minus_ms(5 * DAY_MS)),
        closes_at: Some(NOW.minus_ms(4 * DAY_MS)),
        ship_by: Some(NOW.minus_ms(3 * DAY_MS)),
        delivered_at: Some(NOW.minus_ms(DAY_MS)),
        payment_method: Some("card".into()),
        shipments: vec![shipment],
        refunds: vec![refund],
        note: None,
        payments: vec![Payment { direction: PaymentDirection::Payment, amount: money(2_000), method: "card".into() }],
        invoice: None,
        delivery_wish: None,
        deeds: vec![],
        extra: serde_json::Map::new(),
    };
    Sample { customer, order, products: vec![product] }
}
