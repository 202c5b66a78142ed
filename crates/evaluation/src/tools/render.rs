//! The desk's records put back into the form of the data set, so that they can be compared with it field by field.

use std::collections::HashMap;

use domain::{
    action::{Action, ItemChange},
    shop::{
        Address, Customer, CustomerKey, Money, Order, OrderLine, OrderState, PaymentDirection, PaymentKind, Product,
        VariantKey,
    },
};
use engine::shop::Records;
use serde_json::{Map, Value, json};

/// Whether a slip of the data set's own tool is written too: when several items of an order are modified in one call, it
/// gives all of them the price and options of the last. The money it moves is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    Written,
    Mended,
}

pub fn whole(records: &Records, slip: Slip) -> Value {
    let mut owned: HashMap<&CustomerKey, Vec<&str>> = HashMap::new();
    for order in records.all_orders() {
        owned.entry(&order.customer).or_default().push(order.key.as_str());
    }
    let orders: Map<String, Value> =
        records.all_orders().map(|it| (it.key.0.clone(), order(it, records, slip))).collect();
    let users: Map<String, Value> = records
        .all_customers()
        .map(|it| (it.key.0.clone(), user(it, owned.get(&it.key).map_or(&[], Vec::as_slice))))
        .collect();
    let products: Map<String, Value> = records.all_products().map(|it| (it.key.0.clone(), product(it))).collect();
    json!({ "orders": orders, "users": users, "products": products })
}

fn amount(money: &Money) -> Value {
    json!(money.minor as f64 / 100.0)
}

/// The data set writes a street on two lines.
fn address(address: &Address) -> Value {
    let (first, second) = address.street.split_once(", ").unwrap_or((&address.street, ""));
    let country = if address.country == "US" { "USA" } else { &address.country };
    json!({
        "address1": first, "address2": second, "city": address.city, "country": country,
        "state": address.province, "zip": address.postcode,
    })
}

fn options(product: Option<&Product>, variant: &VariantKey) -> Value {
    let variant = product.and_then(|product| product.variants.iter().find(|own| own.key == *variant));
    let options = variant.into_iter().flat_map(|variant| &variant.options);
    Value::Object(options.map(|option| (option.name.en.clone(), json!(option.value.en))).collect())
}

fn product(product: &Product) -> Value {
    let variants = product.variants.iter().map(|it| {
        let json = json!({
            "item_id": it.key, "options": options(Some(product), &it.key), "available": it.stock > 0,
            "price": amount(&it.price),
        });
        (it.key.0.clone(), json)
    });
    json!({
        "name": product.title.en, "product_id": product.key, "variants": variants.collect::<Map<_, _>>(),
    })
}

fn user(customer: &Customer, orders: &[&str]) -> Value {
    let (first, last) = customer.name.split_once(' ').unwrap_or((&customer.name, ""));
    let methods = customer.payment_methods.iter().map(|it| {
        let source = match it.kind {
            PaymentKind::GiftCard => "gift_card",
            PaymentKind::CreditCard => "credit_card",
            _ => "paypal",
        };
        let json = json!({
            "source": source, "id": it.key, "brand": it.brand, "last_four": it.last_four,
            "balance": it.balance.as_ref().map(amount),
        });
        (it.key.0.clone(), json)
    });
    json!({
        "user_id": customer.key, "name": { "first_name": first, "last_name": last },
        "address": customer.addresses.first().map(address), "email": customer.email,
        "payment_methods": methods.collect::<Map<_, _>>(), "orders": orders,
    })
}

fn order(order: &Order, records: &Records, slip: Slip) -> Value {
    let payments = order.payments.iter().map(|it| {
        let kind = match it.direction {
            PaymentDirection::Payment => "payment",
            PaymentDirection::Refund => "refund",
        };
        json!({ "transaction_type": kind, "amount": amount(&it.amount), "payment_method_id": it.method })
    });
    let mut json = json!({
        "order_id": order.key, "user_id": order.customer, "address": address(&order.address),
        "items": order.lines.iter().map(|line| item(line, records)).collect::<Vec<_>>(),
        "status": status(order), "fulfillments": order.extra.get("fulfillments"),
        "payment_history": payments.collect::<Vec<_>>(),
    });
    for deed in &order.deeds {
        if let (Action::ChangeItems { changes, .. }, Slip::Written) = (&deed.action, slip) {
            write_slip(&mut json, changes);
        }
        write_deed(&mut json, &deed.action, &deed.sums);
    }
    json
}

fn write_slip(order: &mut Value, changes: &[ItemChange]) {
    let Some(items) = order["items"].as_array_mut() else { return };
    let is = |item: &Value, change: &ItemChange| item["item_id"] == change.to.as_str();
    let last = changes.last().and_then(|last| items.iter().find(|item| is(item, last)).cloned());
    let Some(last) = last else { return };
    for item in items.iter_mut().filter(|item| changes.iter().any(|change| is(item, change))) {
        item["price"] = last["price"].clone();
        item["options"] = last["options"].clone();
    }
}

fn item(line: &OrderLine, records: &Records) -> Value {
    let product = records.product(&line.product).ok();
    json!({
        "name": line.title.en, "product_id": line.product, "item_id": line.variant,
        "price": amount(&line.unit_price), "options": options(product.as_ref(), &line.variant),
    })
}

fn status(order: &Order) -> &'static str {
    let did = |is: fn(&Action) -> bool| order.deeds.iter().any(|deed| is(&deed.action));
    match order.state {
        OrderState::Unpaid | OrderState::Paid | OrderState::Packing => {
            if did(|action| matches!(action, Action::ChangeItems { .. })) {
                "pending (item modified)"
            } else {
                "pending"
            }
        }
        OrderState::Shipped => "processed",
        OrderState::Delivered | OrderState::Completed => "delivered",
        OrderState::Cancelled => "cancelled",
        OrderState::AfterSales if did(|action| matches!(action, Action::ExchangeItems { .. })) => "exchange requested",
        OrderState::AfterSales => "return requested",
    }
}

/// What the data set notes on an order about what was done to it.
fn write_deed(order: &mut Value, action: &Action, sums: &domain::action::Sums) {
    let sorted = |keys: Vec<&VariantKey>| {
        let mut keys: Vec<&str> = keys.into_iter().map(VariantKey::as_str).collect();
        keys.sort_unstable();
        json!(keys)
    };
    match action {
        Action::CancelOrder { reason, .. } => order["cancel_reason"] = json!(reason),
        Action::ReturnItems { items, payment, .. } => {
            order["return_items"] = sorted(items.iter().collect());
            order["return_payment_method_id"] = json!(payment);
        }
        Action::ExchangeItems { changes, payment, .. } => {
            let side = |which: fn(&ItemChange) -> &VariantKey| sorted(changes.iter().map(which).collect());
            order["exchange_items"] = side(|change| &change.from);
            order["exchange_new_items"] = side(|change| &change.to);
            order["exchange_payment_method_id"] = json!(payment);
            let minor = |money: &Option<Money>| money.as_ref().map_or(0, |money| money.minor);
            order["exchange_price_difference"] = json!((minor(&sums.charge) - minor(&sums.refund)) as f64 / 100.0);
        }
        _ => {}
    }
}

/// Amounts to the cent (the data set carries binary noise such as 0.04999999999999716), lists of order numbers sorted,
/// and what is null left out.
pub fn plain(value: &Value) -> Value {
    match value {
        #[expect(clippy::cast_possible_truncation, reason = "amounts of a shop")]
        Value::Number(number) => json!((number.as_f64().unwrap_or_default() * 100.0).round() as i64),
        Value::Array(list) => Value::Array(list.iter().map(plain).collect()),
        Value::Object(fields) => {
            let kept = fields.iter().filter(|(_, field)| !field.is_null());
            let field = |(name, field): (&String, &Value)| match (name.as_str(), field) {
                ("orders", Value::Array(keys)) => {
                    let mut keys = keys.clone();
                    keys.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
                    (name.clone(), Value::Array(keys))
                }
                _ => (name.clone(), plain(field)),
            };
            Value::Object(kept.map(field).collect())
        }
        other => other.clone(),
    }
}
