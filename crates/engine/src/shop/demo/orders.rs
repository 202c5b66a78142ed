//! How an order of the demo shop is made and numbered, whether somebody bought it or it was invented.

use domain::{
    language::Bilingual,
    shop::{
        Address, Customer, Money, Order, OrderKey, OrderLine, OrderState, Product, Refund, RefundKey, RefundState,
        Variant,
    },
    time::{DAY_MS, HOUR_MS, MINUTE_MS, Timestamp},
};

use super::{content::CURRENCY, places};

/// An unpaid order closes by itself after this time, one that waits for a company's bank transfer later.
pub const CLOSES_AFTER_MS: i64 = 30 * MINUTE_MS;
pub const TRANSFER_CLOSES_AFTER_MS: i64 = 72 * HOUR_MS;
/// The shop promises to hand an order to the carrier within this time of payment.
pub const SHIP_WITHIN_MS: i64 = 48 * HOUR_MS;
/// Three working days of a wallet, with a weekend between them.
pub const WALLET_REFUND_WITHIN_MS: i64 = 5 * DAY_MS;
/// Seven working days of a bank, with a weekend between them.
pub const CARD_REFUND_WITHIN_MS: i64 = 9 * DAY_MS;

/// What shipping costs and from which amount of goods it is free; further for far provinces.
pub struct ShippingRate {
    pub fee_minor: i64,
    pub free_from_minor: i64,
}

pub const SHIPPING: ShippingRate = ShippingRate { fee_minor: 800, free_from_minor: 8_800 };
pub const FAR_SHIPPING: ShippingRate = ShippingRate { fee_minor: 1_800, free_from_minor: 19_900 };

pub const PAYMENT_METHODS: [&str; 4] = ["微信支付", "支付宝", "云闪付", "信用卡"];
/// Paid by card, so refunded as slowly as banks are.
const CARD: &str = PAYMENT_METHODS[3];
pub const BANK_TRANSFER: &str = "对公转账";

pub fn line(product: &Product, variant: &Variant, quantity: u32) -> OrderLine {
    let joined = |words: Vec<&str>| words.join(" / ");
    let values = || variant.options.iter().map(|option| &option.value);
    OrderLine {
        product: product.key.clone(),
        variant: variant.key.clone(),
        title: product.title.clone(),
        options: Bilingual::new(
            joined(values().map(|value| value.zh.as_str()).collect()),
            joined(values().map(|value| value.en.as_str()).collect()),
        ),
        quantity,
        unit_price: variant.price.clone(),
        picture: product.picture.clone(),
    }
}

/// An order for these lines, to the customer's first address, placed now and not yet paid.
pub fn new_order(customer: &Customer, lines: Vec<OrderLine>, now: Timestamp) -> Order {
    let address = customer.addresses.first().cloned().unwrap_or_default();
    let mut order = Order {
        key: OrderKey::from(""),
        customer: customer.key.clone(),
        state: OrderState::Unpaid,
        lines,
        total: Money::new(0, CURRENCY),
        shipping_fee: None,
        address: Address::default(),
        placed_at: now,
        paid_at: None,
        closes_at: None,
        ship_by: None,
        delivered_at: None,
        payment_method: None,
        shipments: Vec::new(),
        refunds: Vec::new(),
        note: None,
        payments: Vec::new(),
        invoice: None,
        delivery_wish: None,
        deeds: Vec::new(),
        extra: serde_json::Map::new(),
    };
    send_to(&mut order, address);
    unpaid(&mut order, now);
    order
}

/// Sets where the order goes, and with it what shipping costs.
pub fn send_to(order: &mut Order, address: Address) {
    let goods: i64 = order.lines.iter().map(|line| line.unit_price.minor * i64::from(line.quantity)).sum();
    let rate = if places::is_far(&address) { FAR_SHIPPING } else { SHIPPING };
    let fee = if goods >= rate.free_from_minor { 0 } else { rate.fee_minor };
    order.total = Money::new(goods + fee, CURRENCY);
    order.shipping_fee = Some(Money::new(fee, CURRENCY));
    order.address = address;
}

pub fn unpaid(order: &mut Order, placed_at: Timestamp) {
    let is_company = order.payment_method.as_deref() == Some(BANK_TRANSFER);
    order.state = OrderState::Unpaid;
    order.placed_at = placed_at;
    order.closes_at = Some(placed_at.plus_ms(if is_company { TRANSFER_CLOSES_AFTER_MS } else { CLOSES_AFTER_MS }));
}

/// Adds a refund of the whole order, with the times its state implies and none of them after `now`.
pub fn refund(order: &mut Order, state: RefundState, reason: Bilingual, requested_at: Timestamp, now: Timestamp) {
    let answered_after_ms = match state {
        RefundState::Requested => 0,
        RefundState::Approved | RefundState::Refused => 8 * HOUR_MS,
        RefundState::Returning => 24 * HOUR_MS,
        RefundState::Processing => 48 * HOUR_MS,
        RefundState::Paid => 72 * HOUR_MS,
    };
    let updated_at = requested_at.plus_ms(answered_after_ms).min(now);
    let is_card = order.payment_method.as_deref() == Some(CARD);
    let bank_ms = if is_card { CARD_REFUND_WITHIN_MS } else { WALLET_REFUND_WITHIN_MS };
    let is_money_moving = matches!(state, RefundState::Processing | RefundState::Paid);
    order.refunds.push(Refund {
        key: RefundKey::from(""),
        state,
        amount: order.total.clone(),
        reason,
        requested_at,
        updated_at: (state != RefundState::Requested).then_some(updated_at),
        due_at: is_money_moving.then(|| updated_at.plus_ms(bank_ms)),
        method: order.payment_method.clone(),
    });
}

/// Gives the order its number and everything below it a key made from it.
pub fn number(order: &mut Order, sequence: u32) {
    order.key = order_key(order.placed_at, sequence);
    let digits = order.key.as_str().trim_start_matches("SL").to_owned();
    for (index, refund) in order.refunds.iter_mut().enumerate() {
        refund.key = RefundKey(format!("RF{digits}-{}", index + 1));
    }
}

/// `SL`, the day in China, and five digits: `SL2026112200017`.
pub fn order_key(placed_at: Timestamp, sequence: u32) -> OrderKey {
    OrderKey(format!("{}{sequence:05}", order_key_prefix(placed_at)))
}

pub fn order_key_prefix(placed_at: Timestamp) -> String {
    let instant = jiff::Timestamp::from_millisecond(placed_at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    format!("SL{}", jiff::tz::offset(8).to_datetime(instant).strftime("%Y%m%d"))
}
