//! Invented orders in every state, each with a history that could have happened by now.

use domain::{
    language::Bilingual,
    shop::{Customer, Order, OrderLine, OrderState, Product, RefundState},
    time::{DAY_MS, HOUR_MS, MINUTE_MS, Timestamp},
};
use rand::{Rng, rngs::StdRng, seq::IndexedRandom};

use super::{
    orders::{
        BANK_TRANSFER, PAYMENT_METHODS, SHIP_WITHIN_MS, line, new_order, number, order_key_prefix, refund, unpaid,
    },
    parcels::{self, Fate},
    people,
};

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
