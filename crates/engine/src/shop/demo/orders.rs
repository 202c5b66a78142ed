//! Invented orders in every state, each with a history that could have happened by now.

use domain::{
    language::Bilingual,
    shop::{
        Address, Customer, Money, Order, OrderKey, OrderLine, OrderState, Product, Refund, RefundKey, RefundState,
        Variant,
    },
    time::{DAY_MS, HOUR_MS, MINUTE_MS, Timestamp},
};
use rand::{Rng, rngs::StdRng, seq::IndexedRandom};

use super::{
    content::CURRENCY,
    parcels::{self, Fate},
    people, places,
};

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

/// How many generated orders stand in each state.
pub const SHARES: [(OrderState, usize); 8] = [
    (OrderState::Unpaid, 40),
    (OrderState::Paid, 70),
    (OrderState::Packing, 50),
    (OrderState::Shipped, 160),
    (OrderState::Delivered, 120),
    (OrderState::Completed, 230),
    (OrderState::Cancelled, 60),
    (OrderState::AfterSales, 70),
];

pub const PAYMENT_METHODS: [&str; 4] = ["微信支付", "支付宝", "云闪付", "信用卡"];
/// Paid by card, so refunded as slowly as banks are.
const CARD: &str = PAYMENT_METHODS[3];
const BANK_TRANSFER: &str = "对公转账";

const REASONS: [(&str, &str); 8] = [
    ("尺寸不合适", "Does not fit"),
    ("颜色与图片不符", "Colour differs from the picture"),
    ("收到时有破损", "Arrived damaged"),
    ("少件", "An item was missing"),
    ("质量问题", "Quality problem"),
    ("不想要了", "No longer wanted"),
    ("发错货", "Wrong item sent"),
    ("使用后不满意", "Not satisfied after use"),
];

/// Makes orders; the shop's products, the time and the dice it makes them with.
pub struct Maker<'a> {
    pub rng: StdRng,
    pub products: &'a [Product],
    pub now: Timestamp,
    pub parcels_made: u64,
}

impl Maker<'_> {
    fn ago(&mut self, from_ms: i64, to_ms: i64) -> Timestamp {
        self.now.minus_ms(self.rng.random_range(from_ms..to_ms))
    }

    fn lines(&mut self) -> Vec<OrderLine> {
        let count = match self.rng.random_range(0..10) {
            0..6 => 1,
            6..9 => 2,
            _ => 3,
        };
        let mut lines: Vec<OrderLine> = Vec::new();
        for product in self.products.choose_multiple(&mut self.rng, count) {
            if let Some(variant) = product.variants.choose(&mut self.rng) {
                let quantity = if self.rng.random_bool(0.85) { 1 } else { self.rng.random_range(2..4) };
                lines.push(line(product, variant, quantity));
            }
        }
        lines
    }

    /// An order without a number, in the given state.
    pub fn order(&mut self, customer: &Customer, state: OrderState) -> Order {
        let lines = self.lines();
        let mut order = new_order(customer, lines, self.now);
        match state {
            OrderState::Unpaid => {
                let is_company = self.rng.random_bool(0.4);
                let placed_at = self.ago(MINUTE_MS, if is_company { 60 * HOUR_MS } else { 25 * MINUTE_MS });
                order.payment_method = is_company.then(|| BANK_TRANSFER.to_owned());
                unpaid(&mut order, placed_at);
            }
            OrderState::Paid => {
                // One in ten waits longer than promised.
                let paid_at = if self.rng.random_bool(0.1) {
                    self.ago(50 * HOUR_MS, 62 * HOUR_MS)
                } else {
                    self.ago(HOUR_MS / 2, 30 * HOUR_MS)
                };
                self.paid(&mut order, paid_at);
            }
            OrderState::Packing => {
                let paid_at = self.ago(6 * HOUR_MS, 40 * HOUR_MS);
                self.paid(&mut order, paid_at);
                order.state = OrderState::Packing;
            }
            OrderState::Shipped => {
                let fate = self.fate();
                self.shipped(&mut order, fate);
                if fate == Fate::Lost && self.rng.random_bool(0.5) {
                    let requested_at = self.ago(2 * HOUR_MS, 18 * HOUR_MS);
                    let state = if self.rng.random_bool(0.5) { RefundState::Requested } else { RefundState::Approved };
                    refund(
                        &mut order,
                        state,
                        Bilingual::new("包裹丢失", "The parcel was lost"),
                        requested_at,
                        self.now,
                    );
                }
            }
            OrderState::Delivered => {
                let delivered_at = self.ago(2 * HOUR_MS, 7 * DAY_MS);
                self.shipped(&mut order, Fate::Delivered(delivered_at));
            }
            OrderState::Completed => self.completed(&mut order),
            OrderState::Cancelled => self.cancelled(&mut order),
            OrderState::AfterSales => self.after_sales(&mut order),
        }
        order
    }

    fn fate(&mut self) -> Fate {
        match self.rng.random_range(0..100) {
            0..8 => Fate::Labelled,
            8..57 => Fate::Normal,
            57..67 => Fate::OutForDelivery,
            67..76 => Fate::Late,
            76..85 => Fate::Stuck,
            85..91 => Fate::Failed,
            91..95 => Fate::Lost,
            _ => Fate::Returning,
        }
    }

    fn paid(&mut self, order: &mut Order, paid_at: Timestamp) {
        order.state = OrderState::Paid;
        order.paid_at = Some(paid_at);
        order.closes_at = None;
        order.placed_at = paid_at.minus_ms(self.rng.random_range(MINUTE_MS..40 * MINUTE_MS));
        order.ship_by = Some(paid_at.plus_ms(SHIP_WITHIN_MS));
        order.payment_method = PAYMENT_METHODS.choose(&mut self.rng).map(|method| (*method).to_owned());
    }

    /// Ships the order; a parcel that was handed over makes the order `Delivered`.
    pub fn shipped(&mut self, order: &mut Order, fate: Fate) {
        self.parcels_made += 1;
        let parcel = parcels::parcel(&mut self.rng, fate, &order.address, self.parcels_made, self.now);
        let paid_at = parcel.created_at.minus_ms(self.rng.random_range(4 * HOUR_MS..40 * HOUR_MS));
        self.paid(order, paid_at);
        order.shipments = vec![parcel];
        (order.state, order.delivered_at) = match fate {
            Fate::Delivered(at) => (OrderState::Delivered, Some(at)),
            _ => (OrderState::Shipped, None),
        };
    }

    fn completed(&mut self, order: &mut Order) {
        let delivered_at = self.ago(9 * DAY_MS, 60 * DAY_MS);
        self.shipped(order, Fate::Delivered(delivered_at));
        order.state = OrderState::Completed;
        if self.rng.random_bool(0.12) {
            let requested_at = delivered_at.plus_ms(self.rng.random_range(HOUR_MS..2 * DAY_MS));
            let state = if self.rng.random_bool(0.4) { RefundState::Refused } else { RefundState::Paid };
            let reason = self.reason();
            refund(order, state, reason, requested_at, self.now);
        }
    }

    fn cancelled(&mut self, order: &mut Order) {
        let placed_at = self.ago(30 * HOUR_MS, 50 * DAY_MS);
        if self.rng.random_bool(0.5) {
            unpaid(order, placed_at);
            order.state = OrderState::Cancelled;
            order.note = Some("超时未付款，已自动关闭".to_owned());
            return;
        }
        self.paid(order, placed_at.plus_ms(HOUR_MS));
        order.state = OrderState::Cancelled;
        order.note = Some("买家申请取消".to_owned());
        let requested_at = placed_at.plus_ms(self.rng.random_range(2 * HOUR_MS..20 * HOUR_MS));
        let is_settled = self.now.since_ms(requested_at) > 4 * DAY_MS;
        let state = if is_settled { RefundState::Paid } else { RefundState::Processing };
        refund(order, state, Bilingual::new("发货前取消", "Cancelled before shipping"), requested_at, self.now);
    }

    fn after_sales(&mut self, order: &mut Order) {
        let state = match self.rng.random_range(0..4) {
            0 => RefundState::Requested,
            1 => RefundState::Approved,
            2 => RefundState::Returning,
            _ => RefundState::Processing,
        };
        let delivered_at = self.ago(4 * DAY_MS, 12 * DAY_MS);
        self.shipped(order, Fate::Delivered(delivered_at));
        order.state = OrderState::AfterSales;
        let requested_at = delivered_at.plus_ms(self.rng.random_range(2 * HOUR_MS..3 * DAY_MS));
        let reason = self.reason();
        refund(order, state, reason, requested_at, self.now);
    }

    fn reason(&mut self) -> Bilingual {
        let (zh, en) = REASONS.choose(&mut self.rng).copied().unwrap_or(REASONS[0]);
        Bilingual::new(zh, en)
    }
}

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

/// Numbers the orders of each day from 1, in the order they were placed.
pub fn number_all(orders: &mut [Order]) {
    orders.sort_by_key(|order| order.placed_at);
    let mut day = String::new();
    let mut sequence = 0;
    for order in orders {
        let prefix = order_key_prefix(order.placed_at);
        sequence = if prefix == day { sequence + 1 } else { 1 };
        day = prefix;
        number(order, sequence);
    }
}

/// Customers order unequally: a third of the orders comes from a tenth of the people.
pub fn choose_customer<'a>(rng: &mut StdRng, customers: &'a [Customer]) -> Option<&'a Customer> {
    let regulars = &customers[..customers.len() / 10];
    if rng.random_bool(0.33) { regulars.choose(rng) } else { customers.choose(rng) }
}

/// The generated orders: [`SHARES`] less what the stories already hold.
pub fn orders(maker: &mut Maker<'_>, customers: &[Customer], told: &[Order]) -> Vec<Order> {
    let mut orders = Vec::new();
    for (state, count) in SHARES {
        let told = told.iter().filter(|order| order.state == state).count();
        for _ in told..count {
            if let Some(customer) = choose_customer(&mut maker.rng, customers) {
                let mut order = maker.order(customer, state);
                if people::is_english(customer) {
                    order.note = order.note.map(|_| "Closed".to_owned());
                }
                orders.push(order);
            }
        }
    }
    number_all(&mut orders);
    orders
}
