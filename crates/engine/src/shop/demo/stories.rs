//! The customers the demo page offers to sign in as, each with something to ask about. Their orders have fixed
//! last digits, so guides and tests can name them: the number is `SL`, the day it was placed, then those digits.

use domain::{
    language::{Bilingual, Language},
    shop::{Customer, CustomerKey, Order, OrderKey, OrderState, Product, RefundState, VariantKey},
    time::{DAY_MS, HOUR_MS, MINUTE_MS, Timestamp},
};
use rand::SeedableRng;

use super::{
    invention::Maker,
    orders::{self, PAYMENT_METHODS},
    parcels::Fate,
    people,
    places::{self, CITIES},
};

/// How long ago the unpaid order was placed: time is left to pay it.
pub const UNPAID_AGE_MS: i64 = 6 * MINUTE_MS;

/// A customer of the demo page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoCustomer {
    pub key: &'static str,
    pub name: &'static str,
    pub language: Language,
    pub level: u8,
    city: usize,
    /// What to try as this customer.
    pub story_zh: &'static str,
    pub story_en: &'static str,
}

impl DemoCustomer {
    pub fn story(&self) -> Bilingual {
        Bilingual::new(self.story_zh, self.story_en)
    }

    pub fn customer_key(&self) -> CustomerKey {
        CustomerKey::from(self.key)
    }
}

pub const LIN: DemoCustomer = DemoCustomer {
    key: "demo-lin",
    name: "林晓",
    language: Language::Zh,
    level: 1,
    city: 9,
    story_zh: "一个包裹两天多没有更新，一个订单还没付款，一笔退款正在处理",
    story_en: "A parcel without news for over two days, an order not yet paid, and a refund on its way",
};
pub const EMMA: DemoCustomer = DemoCustomer {
    key: "demo-emma",
    name: "Emma Clark",
    language: Language::En,
    level: 0,
    city: 0,
    story_zh: "包裹晚到，另一个订单前天刚签收（英语）",
    story_en: "A parcel that is late, and an order delivered two days ago",
};
pub const ZHAO: DemoCustomer = DemoCustomer {
    key: "demo-zhao",
    name: "赵一凡",
    language: Language::Zh,
    level: 0,
    city: 2,
    story_zh: "新客户，还没有订单，来咨询商品",
    story_en: "A new customer without orders, here to ask about products",
};
pub const CHEN: DemoCustomer = DemoCustomer {
    key: "demo-chen",
    name: "陈思远",
    language: Language::Zh,
    level: 2,
    city: 1,
    story_zh: "金卡会员：派送失败的包裹，一个正在打包的订单，一个已完成的订单",
    story_en: "A gold member: a failed delivery, an order being packed, a completed order",
};
pub const WANG: DemoCustomer = DemoCustomer {
    key: "demo-wang",
    name: "王雨桐",
    language: Language::Zh,
    level: 0,
    city: 7,
    story_zh: "刚付款想改地址的订单，一个确认遗失的包裹，一笔被拒绝的退款",
    story_en: "An order just paid whose address should change, a parcel confirmed lost, a refused refund",
};
pub const NOAH: DemoCustomer = DemoCustomer {
    key: "demo-noah",
    name: "Noah Reed",
    language: Language::En,
    level: 1,
    city: 3,
    story_zh: "退货寄回途中，一个订单已超过承诺发货时间，一个刚签收就降价的订单（英语）",
    story_en: "A return on its way back, an order past its promised shipping time, one that got cheaper after delivery",
};

/// In the order the demo page shows them.
pub const DEMO_CUSTOMERS: [DemoCustomer; 6] = [LIN, EMMA, ZHAO, CHEN, WANG, NOAH];

/// One order of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DemoOrder {
    pub customer: DemoCustomer,
    /// Last five digits of the order number.
    pub digits: u32,
    pub variants: &'static [&'static str],
    plot: Plot,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plot {
    Unpaid,
    Paid {
        hours_ago: i64,
    },
    Packing {
        hours_ago: i64,
    },
    Parcel(Fate),
    Delivered {
        hours_ago: i64,
    },
    /// Delivered, and each piece has become so much cheaper since.
    Dearer {
        hours_ago: i64,
        by_minor: i64,
    },
    Completed {
        days_ago: i64,
    },
    RefundRefused {
        days_ago: i64,
    },
    Return {
        days_ago: i64,
        state: RefundState,
    },
    CancelledAndRefunded {
        days_ago: i64,
    },
}

const fn order(customer: DemoCustomer, digits: u32, variants: &'static [&'static str], plot: Plot) -> DemoOrder {
    DemoOrder { customer, digits, variants, plot }
}

pub const LIN_STUCK: DemoOrder = order(LIN, 90_101, &["ridge-tent-2-forest"], Plot::Parcel(Fate::Stuck));
pub const LIN_UNPAID: DemoOrder = order(LIN, 90_102, &["pourover-kettle-black"], Plot::Unpaid);
pub const LIN_REFUND: DemoOrder =
    order(LIN, 90_103, &["linen-bedding-oat-1-8-m-bed"], Plot::Return { days_ago: 8, state: RefundState::Processing });
pub const EMMA_LATE: DemoOrder = order(EMMA, 90_201, &["bt-earbuds-white"], Plot::Parcel(Fate::Late));
pub const EMMA_DELIVERED: DemoOrder =
    order(EMMA, 90_202, &["pet-fountain-white", "feather-wand"], Plot::Delivered { hours_ago: 50 });
pub const CHEN_FAILED: DemoOrder = order(CHEN, 90_301, &["tea-set-gaiwan-celadon"], Plot::Parcel(Fate::Failed));
pub const CHEN_PACKING: DemoOrder = order(CHEN, 90_302, &["trail-backpack-navy-45-l"], Plot::Packing { hours_ago: 20 });
pub const CHEN_COMPLETED: DemoOrder = order(CHEN, 90_303, &["longjing-green-100-g"], Plot::Completed { days_ago: 30 });
pub const WANG_PAID: DemoOrder = order(WANG, 90_401, &["desk-lamp-white"], Plot::Paid { hours_ago: 1 });
pub const WANG_LOST: DemoOrder = order(WANG, 90_402, &["auto-feeder-white"], Plot::Parcel(Fate::Lost));
pub const WANG_REFUSED: DemoOrder =
    order(WANG, 90_403, &["memory-pillow-standard"], Plot::RefundRefused { days_ago: 24 });
pub const NOAH_RETURN: DemoOrder =
    order(NOAH, 90_501, &["hiking-shoes-graphite-42"], Plot::Return { days_ago: 6, state: RefundState::Returning });
pub const NOAH_OVERDUE: DemoOrder = order(NOAH, 90_502, &["mech-keyboard-cream-brown"], Plot::Paid { hours_ago: 55 });
pub const NOAH_CANCELLED: DemoOrder =
    order(NOAH, 90_503, &["power-bank-black-20000-mah"], Plot::CancelledAndRefunded { days_ago: 15 });

pub const NOAH_DEARER: DemoOrder =
    order(NOAH, 90_504, &["usbc-hub-silver"], Plot::Dearer { hours_ago: 60, by_minor: 2_000 });

pub const DEMO_ORDERS: [DemoOrder; 15] = [
    LIN_STUCK,
    LIN_UNPAID,
    LIN_REFUND,
    EMMA_LATE,
    EMMA_DELIVERED,
    CHEN_FAILED,
    CHEN_PACKING,
    CHEN_COMPLETED,
    WANG_PAID,
    WANG_LOST,
    WANG_REFUSED,
    NOAH_RETURN,
    NOAH_OVERDUE,
    NOAH_CANCELLED,
    NOAH_DEARER,
];

impl DemoOrder {
    /// Its number among the orders of a running demo.
    pub fn key_in<'a>(&self, mut orders: impl Iterator<Item = &'a Order>) -> Option<OrderKey> {
        let digits = format!("{:05}", self.digits);
        let is_this =
            |order: &&Order| order.customer.as_str() == self.customer.key && order.key.as_str().ends_with(&digits);
        orders.find(is_this).map(|order| order.key.clone())
    }
}

pub fn customers(now: Timestamp) -> Vec<Customer> {
    DEMO_CUSTOMERS.iter().zip(1..).map(|(told, number)| customer(told, number, now)).collect()
}

fn customer(told: &DemoCustomer, number: usize, now: Timestamp) -> Customer {
    let mut rng = rand::rngs::StdRng::seed_from_u64(number as u64);
    let phone = people::phone(number);
    let address = places::address(&mut rng, &CITIES[told.city], told.name, &phone, told.language == Language::En);
    let is_new = *told == ZHAO;
    Customer {
        key: told.customer_key(),
        name: told.name.to_owned(),
        email: Some(format!("{}@example.com", told.key.trim_start_matches("demo-"))),
        phone: Some(phone),
        level: told.level,
        addresses: vec![address],
        since: now.minus_ms(if is_new { HOUR_MS } else { (200 + 50 * i64::from(told.level)) * DAY_MS }),
        payment_methods: Vec::new(),
    }
}

/// The stories' orders. A variant that the content no longer has leaves its order out, which a test catches.
pub fn orders(maker: &mut Maker<'_>, customers: &[Customer]) -> Vec<Order> {
    let mut told = Vec::new();
    for plan in DEMO_ORDERS {
        let Some(customer) = customers.iter().find(|customer| customer.key.as_str() == plan.customer.key) else {
            continue;
        };
        let lines: Vec<_> = plan.variants.iter().filter_map(|key| find_line(maker.products, key)).collect();
        if lines.is_empty() {
            continue;
        }
        let mut order = orders::new_order(customer, lines, maker.now);
        play(maker, &mut order, plan.plot);
        orders::number(&mut order, plan.digits);
        told.push(order);
    }
    told
}

fn find_line(products: &[Product], variant: &str) -> Option<domain::shop::OrderLine> {
    let key = VariantKey::from(variant);
    products.iter().find_map(|product| {
        let variant = product.variants.iter().find(|variant| variant.key == key)?;
        Some(orders::line(product, variant, 1))
    })
}

fn play(maker: &mut Maker<'_>, order: &mut Order, plot: Plot) {
    let now = maker.now;
    match plot {
        Plot::Unpaid => orders::unpaid(order, now.minus_ms(UNPAID_AGE_MS)),
        Plot::Paid { hours_ago } => pay(order, now.minus_ms(hours_ago * HOUR_MS), OrderState::Paid),
        Plot::Packing { hours_ago } => pay(order, now.minus_ms(hours_ago * HOUR_MS), OrderState::Packing),
        Plot::Parcel(fate) => maker.shipped(order, fate),
        Plot::Delivered { hours_ago } => maker.shipped(order, Fate::Delivered(now.minus_ms(hours_ago * HOUR_MS))),
        Plot::Dearer { hours_ago, by_minor } => {
            for line in &mut order.lines {
                line.unit_price.minor += by_minor;
                order.total.minor += by_minor * i64::from(line.quantity);
            }
            maker.shipped(order, Fate::Delivered(now.minus_ms(hours_ago * HOUR_MS)));
        }
        Plot::Completed { days_ago } => {
            maker.shipped(order, Fate::Delivered(now.minus_ms(days_ago * DAY_MS)));
            order.state = OrderState::Completed;
        }
        Plot::RefundRefused { days_ago } => {
            let delivered_at = now.minus_ms(days_ago * DAY_MS);
            maker.shipped(order, Fate::Delivered(delivered_at));
            order.state = OrderState::Completed;
            let reason = Bilingual::new("使用后不满意", "Not satisfied after use");
            orders::refund(order, RefundState::Refused, reason, delivered_at.plus_ms(9 * DAY_MS), now);
        }
        Plot::Return { days_ago, state } => {
            let delivered_at = now.minus_ms(days_ago * DAY_MS);
            maker.shipped(order, Fate::Delivered(delivered_at));
            order.state = OrderState::AfterSales;
            let reason = Bilingual::new("尺寸不合适", "Does not fit");
            // So that money sent two days after the request is due tomorrow.
            let requested_at = delivered_at.plus_ms((days_ago - 4) * DAY_MS);
            orders::refund(order, state, reason, requested_at, now);
        }
        Plot::CancelledAndRefunded { days_ago } => {
            pay(order, now.minus_ms(days_ago * DAY_MS), OrderState::Cancelled);
            let requested_at = now.minus_ms(days_ago * DAY_MS - 3 * HOUR_MS);
            let reason = Bilingual::new("发货前取消", "Cancelled before shipping");
            orders::refund(order, RefundState::Paid, reason, requested_at, now);
        }
    }
}

fn pay(order: &mut Order, paid_at: Timestamp, state: OrderState) {
    order.state = state;
    order.paid_at = Some(paid_at);
    order.closes_at = None;
    order.placed_at = paid_at.minus_ms(5 * MINUTE_MS);
    order.ship_by = Some(paid_at.plus_ms(orders::SHIP_WITHIN_MS));
    order.payment_method = Some(PAYMENT_METHODS[0].to_owned());
}
