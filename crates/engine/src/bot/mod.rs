//! The bot's turn: understand -> decide -> act -> compose -> guard -> deliver or hold, with a trace a person can read.

mod decide;
mod deliver;
mod draft;
pub(crate) mod facts;
mod focus;
pub mod guard;
// Word lists read better in rows than one to a line.
#[rustfmt::skip]
pub(crate) mod lexicon;
mod limit;
mod lookup;
pub(crate) mod memory;
pub(crate) mod normal;
mod passages;
mod pointing;
mod selective;
pub mod skill;
pub(crate) mod texts;
pub mod tone;
mod trace;
mod turn;
mod understand;
pub(crate) mod vectors;
mod weigh;

use domain::{
    handoff::Emotion,
    language::Language,
    shop::{OrderState, RefundState, ShipmentState},
};

pub(crate) use draft::Draft;
pub(crate) use lookup::is_stuck;
pub use memory::Memory;
pub use normal::likeness;
pub(crate) use normal::{has_any, normal};
pub(crate) use passages::answer as look_up_article;
pub use selective::{
    DEFAULT_ANSWER_CHANCE, DEFAULT_ANSWER_THRESHOLD, DEFAULT_CHOICE_CHANCE, DEFAULT_CLARIFY_MARGIN, LEXICAL_THRESHOLD,
    Threshold, confidence, would,
};
pub(crate) use texts::payment_method;
pub(crate) use turn::{Turn, run};
pub use understand::{Topic, language_of};

/// Makes ready what the first message would otherwise wait for: patterns and word lists are compiled when they are
/// first used, which takes longer than a whole turn.
pub(crate) fn warm() {
    let texts = [
        "把订单SL2026112200017的地址改成浙江省杭州市西湖区文三路1号，李四 13800138000，昨天买的红色的，200元以内；太慢了！",
        "change the address of SL2026112200017 to 1 Main Street, a.b@example.com, bought yesterday, under $20? also cancel",
    ];
    let customer = domain::shop::Customer {
        key: "".into(),
        name: String::new(),
        email: None,
        phone: None,
        level: 0,
        addresses: Vec::new(),
        since: domain::time::Timestamp(0),
        payment_methods: Vec::new(),
    };
    let world = understanding::requests::World { customer: &customer, orders: &[], products: &[], focus: None };
    for text in texts {
        understand::understand(&[text.to_owned()], Language::Zh, &[]);
        understanding::requests::read(text, world);
    }
    guard::unsupported(texts[0], &guard::Evidence::default());
}

/// Whether a message only greets, thanks or confirms.
pub(crate) fn is_small_talk(text: &str) -> bool {
    understand::understand(&[text.to_owned()], Language::Zh, &[]).social.is_some()
}

pub(crate) fn topics_in(text: &str) -> Vec<Topic> {
    understand::understand(&[text.to_owned()], Language::Zh, &[]).topics
}

pub(crate) fn mood(text: &str) -> Emotion {
    understanding::emotion::read(text).emotion()
}

pub(crate) const fn shipment_state_text(state: ShipmentState, language: Language) -> &'static str {
    texts::shipment_state(state, language)
}

pub(crate) const fn refund_state_text(state: RefundState, language: Language) -> &'static str {
    texts::refund_state(state, language)
}

pub(crate) const fn order_state_text(state: OrderState, language: Language) -> &'static str {
    texts::order_state(state, language)
}

/// What people call an action on an order.
pub(crate) fn action_text(name: &str, language: Language) -> &'static str {
    texts::action(name, language)
}

/// A topic's stable name, and what people call it.
pub(crate) const fn topic_text(topic: Topic, language: Language) -> (&'static str, &'static str) {
    let (name, zh, en) = match topic {
        Topic::OrderStatus => ("order_status", "订单状态", "Order status"),
        Topic::Logistics => ("logistics", "物流", "Delivery"),
        Topic::RefundStatus => ("refund_status", "退款进度", "Refund status"),
        Topic::ProductPrice => ("product_price", "商品价格", "Product price"),
        Topic::ProductStock => ("product_stock", "商品库存", "Product stock"),
        Topic::ProductFacts => ("product_facts", "商品参数", "Product facts"),
    };
    match language {
        Language::Zh => (name, zh),
        Language::En => (name, en),
    }
}
