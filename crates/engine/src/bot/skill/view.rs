//! The shop's records in the shape skills see them: `null` for what is missing, times as numbers, states also in words.

use domain::{
    language::{Bilingual, Language},
    shop::{Address, Customer, Money, Order, OrderLine, Product, Refund, Shipment, Variant},
    time::Timestamp,
};
use serde_json::{Value as Json, json};

use crate::bot::{lookup::is_stuck, texts};

fn in_both(text: impl Fn(Language) -> &'static str) -> Bilingual {
    Bilingual::new(text(Language::Zh), text(Language::En))
}

pub fn order(order: &Order, now: Timestamp) -> Json {
    let items: Vec<Json> = order.lines.iter().map(item).collect();
    let shipments: Vec<Json> = order.shipments.iter().map(|it| shipment(it, now)).collect();
    let refunds: Vec<Json> = order.refunds.iter().map(refund).collect();
    json!({
        "key": order.key, "state": order.state, "state_text": in_both(|it| texts::order_state(order.state, it)),
        "items": items, "total": order.total, "shipping_fee": order.shipping_fee, "address": address(&order.address),
        "placed_at": order.placed_at, "paid_at": order.paid_at, "closes_at": order.closes_at,
        "ship_by": order.ship_by, "delivered_at": order.delivered_at, "payment_method": order.payment_method.as_deref().map(texts::payment_method),
        "shipment": shipments.last(), "shipments": shipments, "refund": refunds.last(), "refunds": refunds,
    })
}

fn item(line: &OrderLine) -> Json {
    json!({
        "product": line.product, "variant": line.variant, "title": line.title, "options": line.options,
        "quantity": line.quantity, "unit_price": line.unit_price,
    })
}

fn shipment(shipment: &Shipment, now: Timestamp) -> Json {
    json!({
        "carrier": shipment.carrier, "tracking_number": shipment.tracking_number, "state": shipment.state,
        "state_text": in_both(|it| texts::shipment_state(shipment.state, it)), "created_at": shipment.created_at,
        "expected_at": shipment.expected_at, "scans": shipment.scans, "scan": shipment.scans.last(),
        "stuck": is_stuck(shipment, now),
    })
}

fn refund(refund: &Refund) -> Json {
    json!({
        "key": refund.key, "state": refund.state, "state_text": in_both(|it| texts::refund_state(refund.state, it)),
        "amount": refund.amount, "reason": refund.reason, "requested_at": refund.requested_at,
        "updated_at": refund.updated_at, "due_at": refund.due_at, "method": refund.method.as_deref().map(texts::payment_method),
    })
}

pub fn address(address: &Address) -> Json {
    let mut view = json!(address);
    view["line"] = json!(skills::run::address_line(address));
    view
}

pub fn customer(customer: &Customer) -> Json {
    let addresses: Vec<Json> = customer.addresses.iter().map(address).collect();
    json!({
        "key": customer.key, "name": customer.name, "level": customer.level, "since": customer.since,
        "addresses": addresses,
    })
}

pub fn product(product: &Product) -> Json {
    let cheapest = product.variants.iter().min_by_key(|variant| variant.price.minor);
    let dearest = product.variants.iter().max_by_key(|variant| variant.price.minor);
    let price = |variant: Option<&Variant>| variant.map(|it| it.price.clone());
    let list_price: Option<Money> = cheapest.and_then(|it| it.list_price.clone());
    let stock: i64 = product.variants.iter().map(|variant| variant.stock.max(0)).sum();
    let restock_at = product.variants.iter().filter(|it| it.stock <= 0).filter_map(|it| it.restock_at).min();
    let variants: Vec<Json> = product.variants.iter().map(|it| variant(it, product)).collect();
    json!({
        "key": product.key, "title": product.title, "brand": product.brand, "category": product.category,
        "description": product.description, "attributes": product.attributes, "variants": variants,
        "price": price(cheapest), "price_to": price(dearest), "list_price": list_price, "stock": stock,
        "in_stock": stock > 0, "restock_at": restock_at, "on_sale": product.on_sale,
    })
}

/// A variant goes by its options; the only one of a product goes by the product's title.
fn variant(variant: &Variant, product: &Product) -> Json {
    let words = |language: Language| {
        let parts: Vec<&str> = variant.options.iter().map(|option| option.value.in_language(language)).collect();
        if parts.is_empty() { product.title.in_language(language).to_owned() } else { parts.join(" ") }
    };
    json!({
        "key": variant.key, "title": Bilingual::new(words(Language::Zh), words(Language::En)),
        "options": variant.options, "price": variant.price, "list_price": variant.list_price,
        "stock": variant.stock, "restock_at": variant.restock_at,
    })
}

#[cfg(test)]
mod tests {
    use skills::shape::{CUSTOMER, ORDER, PRODUCT};

    use super::*;
    use crate::shop::demo::DemoShop;

    #[test]
    fn every_record_of_the_demo_has_its_shape() {
        let now = Timestamp(1_795_000_000_000);
        let records = DemoShop::in_memory(1, now).unwrap().records();
        let orders = records.all_orders().filter_map(|it| ORDER.mismatch(&order(it, now), "order"));
        let products = records.all_products().filter_map(|it| PRODUCT.mismatch(&product(it), "product"));
        let wrong: Vec<String> = orders.chain(products).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        let person = records.customer(&"demo-lin".into()).unwrap();
        assert_eq!(CUSTOMER.mismatch(&customer(&person), "customer"), None);
    }
}
