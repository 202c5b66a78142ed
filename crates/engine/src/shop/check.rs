//! Checks records that came from outside before the desk believes them. What passes is bounded in size and
//! means what its type says; what fails is named so that the merchant can mend it.

use domain::{
    language::Bilingual,
    shop::{Address, Customer, Money, Order, OrderState, Product, Shipment},
    time::Timestamp,
};

/// Keys travel in URLs, log lines and prompts.
const KEY_CHARS_MAX: usize = 128;
/// A title fits a card.
const TITLE_CHARS_MAX: usize = 300;
/// A description fits a product page; longer ones belong in the knowledge base.
const TEXT_CHARS_MAX: usize = 20_000;
/// Attributes, variants, aliases and addresses of one record.
const PARTS_MAX: usize = 500;
/// Lines, shipments and refunds of one order, and scans of one shipment.
const ORDER_PARTS_MAX: usize = 500;
/// Ten billion in the main unit: beyond it an amount is a mistake.
const AMOUNT_MINOR_MAX: i64 = 1_000_000_000_000;
/// 1990 to 2100: outside it a time is seconds taken for milliseconds, or the reverse.
const TIME_MIN: Timestamp = Timestamp(631_152_000_000);
const TIME_MAX: Timestamp = Timestamp(4_102_444_800_000);

/// What is wrong with a record, such as `variants[2].price: negative`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {flaw}")]
pub struct Flaw {
    pub field: String,
    pub flaw: &'static str,
}

type Checked = Result<(), Flaw>;

fn flaw(field: impl Into<String>, flaw: &'static str) -> Checked {
    Err(Flaw { field: field.into(), flaw })
}

pub fn product(product: &Product) -> Checked {
    key("key", product.key.as_str())?;
    key("category", product.category.as_str())?;
    both("title", &product.title, TITLE_CHARS_MAX)?;
    if product.title.zh.trim().is_empty() && product.title.en.trim().is_empty() {
        return flaw("title", "empty");
    }
    text("brand", &product.brand, TITLE_CHARS_MAX)?;
    both("description", &product.description, TEXT_CHARS_MAX)?;
    count("attributes", product.attributes.len(), PARTS_MAX)?;
    count("aliases", product.aliases.len(), PARTS_MAX)?;
    count("variants", product.variants.len(), PARTS_MAX)?;
    if product.variants.is_empty() {
        return flaw("variants", "empty");
    }
    for alias in &product.aliases {
        text("aliases", alias, TITLE_CHARS_MAX)?;
    }
    for attribute in product.attributes.iter().chain(product.variants.iter().flat_map(|variant| &variant.options)) {
        text("attributes.key", &attribute.key, KEY_CHARS_MAX)?;
        both("attributes.name", &attribute.name, TITLE_CHARS_MAX)?;
        both("attributes.value", &attribute.value, TITLE_CHARS_MAX)?;
    }
    for (index, variant) in product.variants.iter().enumerate() {
        key(&format!("variants[{index}].key"), variant.key.as_str())?;
        amount(&format!("variants[{index}].price"), &variant.price)?;
        if let Some(list_price) = &variant.list_price {
            amount(&format!("variants[{index}].list_price"), list_price)?;
        }
        if variant.stock < 0 {
            return flaw(format!("variants[{index}].stock"), "negative");
        }
        times("variants.restock_at", &[variant.restock_at])?;
        if product.variants[..index].iter().any(|earlier| earlier.key == variant.key) {
            return flaw(format!("variants[{index}].key"), "given twice");
        }
    }
    picture("picture", product.picture.as_deref())?;
    link("page", product.page.as_deref())
}

pub fn customer(customer: &Customer) -> Checked {
    key("key", customer.key.as_str())?;
    text("name", &customer.name, TITLE_CHARS_MAX)?;
    text("email", customer.email.as_deref().unwrap_or_default(), TITLE_CHARS_MAX)?;
    text("phone", customer.phone.as_deref().unwrap_or_default(), KEY_CHARS_MAX)?;
    count("addresses", customer.addresses.len(), PARTS_MAX)?;
    for own in &customer.addresses {
        address("addresses", own)?;
    }
    times("since", &[Some(customer.since)])
}

pub fn order(order: &Order) -> Checked {
    key("key", order.key.as_str())?;
    key("customer", order.customer.as_str())?;
    if order.lines.is_empty() {
        return flaw("lines", "empty");
    }
    count("lines", order.lines.len(), ORDER_PARTS_MAX)?;
    count("shipments", order.shipments.len(), ORDER_PARTS_MAX)?;
    count("refunds", order.refunds.len(), ORDER_PARTS_MAX)?;
    amount("total", &order.total)?;
    if let Some(fee) = &order.shipping_fee {
        amount("shipping_fee", fee)?;
        same_currency("shipping_fee", fee, &order.total)?;
    }
    for line in &order.lines {
        key("lines.product", line.product.as_str())?;
        key("lines.variant", line.variant.as_str())?;
        both("lines.title", &line.title, TITLE_CHARS_MAX)?;
        both("lines.options", &line.options, TITLE_CHARS_MAX)?;
        amount("lines.unit_price", &line.unit_price)?;
        same_currency("lines.unit_price", &line.unit_price, &order.total)?;
        picture("lines.picture", line.picture.as_deref())?;
        if line.quantity == 0 {
            return flaw("lines.quantity", "zero");
        }
    }
    address("address", &order.address)?;
    text("note", order.note.as_deref().unwrap_or_default(), TEXT_CHARS_MAX)?;
    text("payment_method", order.payment_method.as_deref().unwrap_or_default(), TITLE_CHARS_MAX)?;
    times("times", &[Some(order.placed_at), order.paid_at, order.closes_at, order.ship_by, order.delivered_at])?;
    if order.paid_at.is_some_and(|paid_at| paid_at < order.placed_at) {
        return flaw("paid_at", "before placed_at");
    }
    if order.delivered_at.is_some_and(|delivered_at| delivered_at < order.placed_at) {
        return flaw("delivered_at", "before placed_at");
    }
    if order.state == OrderState::Unpaid && order.paid_at.is_some() {
        return flaw("state", "unpaid, with a paid_at");
    }
    order.shipments.iter().try_for_each(shipment)?;
    refunds(order)
}

fn refunds(order: &Order) -> Checked {
    for refund in &order.refunds {
        key("refunds.key", refund.key.as_str())?;
        amount("refunds.amount", &refund.amount)?;
        same_currency("refunds.amount", &refund.amount, &order.total)?;
        both("refunds.reason", &refund.reason, TEXT_CHARS_MAX)?;
        text("refunds.method", refund.method.as_deref().unwrap_or_default(), TITLE_CHARS_MAX)?;
        times("refunds", &[Some(refund.requested_at), refund.updated_at, refund.due_at])?;
    }
    Ok(())
}

fn shipment(shipment: &Shipment) -> Checked {
    key("shipments.key", shipment.key.as_str())?;
    text("shipments.tracking_number", &shipment.tracking_number, KEY_CHARS_MAX)?;
    both("shipments.carrier", &shipment.carrier, TITLE_CHARS_MAX)?;
    times("shipments", &[Some(shipment.created_at), shipment.expected_at])?;
    count("shipments.scans", shipment.scans.len(), ORDER_PARTS_MAX)?;
    for scan in &shipment.scans {
        times("shipments.scans.at", &[Some(scan.at)])?;
        both("shipments.scans.place", &scan.place, TITLE_CHARS_MAX)?;
        both("shipments.scans.what", &scan.what, TEXT_CHARS_MAX)?;
    }
    if !shipment.scans.is_sorted_by_key(|scan| scan.at) {
        return flaw("shipments.scans", "not in order of time");
    }
    Ok(())
}

pub(super) fn address(field: &str, address: &Address) -> Checked {
    for part in [&address.recipient, &address.province, &address.city, &address.district, &address.street] {
        text(field, part, TITLE_CHARS_MAX)?;
    }
    text(field, &address.phone, KEY_CHARS_MAX)?;
    text(field, &address.postcode, KEY_CHARS_MAX)?;
    if address.country.len() != 2 || !address.country.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return flaw(format!("{field}.country"), "not two capital letters");
    }
    Ok(())
}

fn key(field: &str, value: &str) -> Checked {
    if value.trim().is_empty() {
        return flaw(field, "empty");
    }
    if value.chars().count() > KEY_CHARS_MAX {
        return flaw(field, "too long");
    }
    if value.chars().any(char::is_control) {
        return flaw(field, "control characters");
    }
    Ok(())
}

fn text(field: &str, value: &str, chars_max: usize) -> Checked {
    if value.chars().count() > chars_max {
        return flaw(field, "too long");
    }
    if value.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t')) {
        return flaw(field, "control characters");
    }
    Ok(())
}

fn both(field: &str, value: &Bilingual, chars_max: usize) -> Checked {
    text(field, &value.zh, chars_max)?;
    text(field, &value.en, chars_max)
}

fn count(field: &str, parts: usize, parts_max: usize) -> Checked {
    if parts > parts_max { flaw(field, "too many") } else { Ok(()) }
}

fn amount(field: &str, money: &Money) -> Checked {
    if money.currency.len() != 3 || !money.currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return flaw(field, "currency is not three capital letters");
    }
    match money.minor {
        ..0 => flaw(field, "negative"),
        0..=AMOUNT_MINOR_MAX => Ok(()),
        _ => flaw(field, "too large"),
    }
}

fn same_currency(field: &str, money: &Money, total: &Money) -> Checked {
    if money.currency == total.currency { Ok(()) } else { flaw(field, "another currency than the total") }
}

fn times(field: &str, times: &[Option<Timestamp>]) -> Checked {
    let is_outside = |at: &Timestamp| *at < TIME_MIN || *at > TIME_MAX;
    if times.iter().flatten().any(is_outside) {
        return flaw(field, "not a time in milliseconds between 1990 and 2100");
    }
    Ok(())
}

/// Pictures and pages are shown as links: a path or a web address, never a script.
fn link(field: &str, value: Option<&str>) -> Checked {
    let Some(value) = value else { return Ok(()) };
    text(field, value, TEXT_CHARS_MAX)?;
    match url::Url::parse(value) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(()),
        Err(url::ParseError::RelativeUrlWithoutBase) if !value.starts_with("//") => Ok(()),
        _ => flaw(field, "neither a path nor a web address"),
    }
}

fn picture(field: &str, value: Option<&str>) -> Checked {
    link(field, value)?;
    let climbs = value.is_some_and(|path| path.split(['/', '\\']).any(|part| part == ".."));
    if climbs { flaw(field, "climbs out of its folder") } else { Ok(()) }
}
