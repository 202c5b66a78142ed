//! Order requests in plain words, Chinese or English, as actions: «send back the kettle from #W6067464, refund to my
//! card», 「把订单里的帐篷换成绿色的」. Works by rules over the customer's own orders and the catalogue; knows no
//! product by name. An action is only what somebody wishes; policies decide.

mod address;
mod errands;
mod frames;
mod goods;
mod identity;
mod items;
mod lexicon;
mod names;
mod options;
mod payments;
mod resolve;
mod scene;
mod slips;
mod sounds;
mod targets;
#[cfg(test)]
mod tests;
mod together;
mod tokens;
mod wording;

use domain::{
    action::Action,
    shop::{Customer, Order, OrderKey, Product, VariantKey},
};

pub use identity::{Identity, identity};
pub use wording::Wording;

/// What the reader may look at: one verified customer's records.
#[derive(Debug, Clone, Copy)]
pub struct World<'a> {
    pub customer: &'a Customer,
    /// The customer's own orders.
    pub orders: &'a [Order],
    /// At least the products of these orders, with all their variants.
    pub products: &'a [Product],
    /// The order last talked about, or on the page.
    pub focus: Option<&'a OrderKey>,
}

/// Something a request still needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slot {
    Order,
    Items,
    /// The variant an item shall become.
    Variant,
    Reason,
    Payment,
    Address,
    /// What about the order shall change.
    Change,
    /// Who an invoice is for.
    Invoice,
    /// The day of a delivery.
    Day,
}

/// Something said that fits nothing, or several things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unclear {
    /// A number that is none of this customer's orders.
    UnknownOrder(String),
    /// Several orders come into question.
    WhichOrder(Vec<OrderKey>),
    /// Several items of the order come into question.
    WhichItem(Vec<VariantKey>),
    /// No variant is exactly so; these are near.
    WhichVariant { from: VariantKey, near: Vec<VariantKey> },
    /// Several of the customer's ways to pay come into question.
    WhichPayment(Vec<domain::shop::PaymentKey>),
}

/// One thing asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    pub wish: Wish,
    pub order: Option<OrderKey>,
    /// There as soon as order and things are known; what may still be missing (a reason, a way to pay) is named below
    /// and left empty in it.
    pub action: Option<Action>,
    pub missing: Vec<Slot>,
    pub unclear: Vec<Unclear>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wish {
    Cancel,
    Return,
    /// Exchange of what has arrived, change of what hasn't: the order's state tells.
    ChangeItems,
    ChangeAddress,
    ChangeHomeAddress,
    ChangePayment,
    /// Send it soon.
    Urge,
    /// Pay back what the price fell by.
    ProtectPrice,
    Invoice,
    /// Bring it on a certain day.
    Schedule,
    /// Something shall change, and it wasn't said what.
    Change,
}

/// A message as it was understood.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Read {
    /// In the order in which they were said.
    pub requests: Vec<Request>,
}

impl Read {
    pub fn actions(&self) -> impl Iterator<Item = &Action> {
        self.requests.iter().filter_map(|request| request.action.as_ref())
    }

    pub fn missing(&self) -> impl Iterator<Item = Slot> {
        self.requests.iter().flat_map(|request| request.missing.iter().copied())
    }
}

/// Understands what a customer wants done to orders. Nothing of the kind gives no requests.
/// Works out how the products are said each time; `read_with` takes what was worked out once.
pub fn read(text: &str, world: World<'_>) -> Read {
    read_with(text, world, &Wording::default())
}

pub fn read_with(text: &str, world: World<'_>, wording: &Wording) -> Read {
    let scene = scene::Scene::new(text, world, wording);
    let frames = frames::frames(&scene);
    Read { requests: resolve::requests(&scene, &frames) }
}
