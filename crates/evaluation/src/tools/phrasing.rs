//! Says in everyday English what shall be done to orders. Knows the records and the actions, and nothing of how requests
//! are read.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use domain::{
    action::{Action, ItemChange},
    shop::{Customer, Order, OrderKey, PaymentKey, PaymentKind, Product, VariantKey},
};
use rand::{Rng, rngs::StdRng, seq::IndexedRandom};
use serde::Deserialize;

use super::{
    typing::{capital, listed, mistyped},
    wording::{self, Described},
};

/// A way of talking, with the sentences it has for everything.
#[derive(Debug, Clone, Copy)]
pub struct Set {
    pub name: &'static str,
    /// What was misread in it has mended nothing.
    pub is_blind: bool,
    text: &'static str,
}

macro_rules! set {
    ($name:literal, $is_blind:expr) => {
        Set {
            name: $name,
            is_blind: $is_blind,
            text: include_str!(concat!("../../../../content/evaluation/requests/", $name, ".yaml")),
        }
    };
}

/// All but the first were written before any of them was read. The reader was mended by what it misread in those known,
/// and no misreading of the blind ones was looked at.
pub const SETS: [Set; 11] = [
    set!("plain", false),
    set!("terse", false),
    set!("chatty", false),
    set!("typos", false),
    set!("polite", false),
    set!("run_on", false),
    set!("foreign", true),
    set!("reason_first", true),
    set!("annoyed", true),
    set!("workaday", true),
    set!("spoken", true),
];

#[derive(Deserialize, Default)]
#[serde(default)]
struct Style {
    /// Sentences don't begin with a capital letter.
    lowercase: bool,
    /// The share of longer plain words that are typed wrongly.
    slips: f64,
}

fn item() -> Vec<String> {
    ["the {name}", "the {name}", "my {name}"].map(str::to_owned).to_vec()
}

#[derive(Deserialize)]
pub struct Phrasings {
    #[serde(default)]
    style: Style,
    #[serde(default = "item")]
    item: Vec<String>,
    opening: Vec<String>,
    signature: Vec<String>,
    closing: Vec<String>,
    next: Vec<String>,
    order: Vec<String>,
    same_order: Vec<String>,
    #[serde(rename = "return")]
    returns: Vec<String>,
    return_all: Vec<String>,
    cancel: Vec<String>,
    cancel_several: Vec<String>,
    reasons: BTreeMap<String, Vec<String>>,
    exchange: Vec<String>,
    modify: Vec<String>,
    change: Vec<String>,
    change_exchange: Vec<String>,
    wanted_first: Vec<String>,
    pay_clause: Vec<String>,
    payment: Vec<String>,
    address: Vec<String>,
    address_as_order: Vec<String>,
    address_home: Vec<String>,
}

/// What a phrasing is made from.
struct Teller<'a> {
    phrasings: &'a Phrasings,
    customer: &'a Customer,
    orders: &'a [Order],
    products: &'a [Product],
    random: &'a mut StdRng,
}

impl Phrasings {
    pub fn load(set: &Set) -> Result<Self> {
        serde_yaml_ng::from_str(set.text).context(set.name)
    }

    fn capital(&self, text: &str) -> String {
        if self.style.lowercase { text.to_owned() } else { capital(text) }
    }

    /// One way to ask for these actions.
    pub fn phrase(
        &self,
        actions: &[Action],
        customer: &Customer,
        orders: &[Order],
        products: &[Product],
        random: &mut StdRng,
    ) -> String {
        let mut teller = Teller { phrasings: self, customer, orders, products, random };
        let requests = teller.requests(actions);
        let is_signed = teller.chance(0.2);
        let who = teller.pick(if is_signed { &self.signature } else { &self.opening });
        let who = teller.speaker(&who);
        let closing = teller.pick(&self.closing);
        let requests = mistyped(&requests, self.style.slips, random);
        if is_signed { format!("{requests}{closing}\n{who}") } else { format!("{who} {requests}{closing}") }
    }
}

impl<'a> Teller<'a> {
    fn record(&self, key: &OrderKey) -> &'a Order {
        self.orders.iter().find(|order| order.key == *key).expect("the expected calls name the customer's orders")
    }

    fn pick(&mut self, from: &[String]) -> String {
        from.choose(self.random).cloned().unwrap_or_default()
    }

    fn chance(&mut self, share: f64) -> bool {
        self.random.random_bool(share)
    }

    fn speaker(&mut self, sentence: &str) -> String {
        let postcode = self.customer.addresses.first().map(|address| address.postcode.clone()).unwrap_or_default();
        let (id, clause) = match &self.customer.email {
            Some(email) if self.random.random_bool(0.4) => (email.clone(), format!("my email is {email}")),
            _ => (format!("zip {postcode}"), format!("my zip code is {postcode}")),
        };
        let sentence = sentence.replace("{name}", &self.customer.name).replace("{id}", &id);
        sentence
            .replace("{id_clause}", &clause)
            .replace("{id_sentence}", &format!("{}.", self.phrasings.capital(&clause)))
    }

    fn requests(&mut self, actions: &[Action]) -> String {
        let mut out = String::new();
        let mut last: Option<&OrderKey> = None;
        let mut at = 0;
        while at < actions.len() {
            let several = cancelled_together(&actions[at..]);
            let (sentence, taken) = if several > 1 && self.chance(0.5) {
                (self.cancel_several(&actions[at..at + several]), several)
            } else {
                (self.sentence(&actions[at], last), 1)
            };
            if out.is_empty() {
                out = self.phrasings.capital(&sentence);
            } else {
                let next = self.pick(&self.phrasings.next);
                let sentence =
                    if next.is_empty() || next == "\n" { self.phrasings.capital(&sentence) } else { sentence };
                out = format!("{}{}{next}{sentence}", out.trim_end(), if next == "\n" { "" } else { " " });
            }
            last = actions[at + taken - 1].order();
            at += taken;
        }
        out
    }

    fn sentence(&mut self, action: &Action, last: Option<&OrderKey>) -> String {
        let Some(key) = action.order() else { return String::new() };
        let order = self.order(key, last);
        let bare = key.0.clone();
        let sentence = match action {
            Action::CancelOrder { reason, .. } => {
                let reason = self.pick(&self.phrasings.reasons[reason]);
                let sentence = self.pick(&self.phrasings.cancel);
                sentence.replace("{reason}", &reason).replace("{Reason}", &self.phrasings.capital(&reason))
            }
            Action::ReturnItems { items, payment, .. } => self.returned(key, items, payment.as_ref()),
            Action::ExchangeItems { changes, payment, .. } => self.changed(key, changes, payment.as_ref(), true),
            Action::ChangeItems { changes, payment, .. } => self.changed(key, changes, payment.as_ref(), false),
            Action::ChangePayment { payment, .. } => {
                let sentence = self.pick(&self.phrasings.payment);
                let pay = self.payment(payment, None);
                sentence.replace("{pay}", &pay)
            }
            Action::ChangeAddress { .. } => self.addressed(action),
            _ => String::new(),
        };
        sentence.replace("{order}", &order).replace("{o}", &bare)
    }

    /// An order's number, or «that order» when it was just spoken of.
    fn order(&mut self, key: &OrderKey, last: Option<&OrderKey>) -> String {
        if last == Some(key) && self.chance(0.4) {
            return self.pick(&self.phrasings.same_order);
        }
        let bare = key.0.trim_start_matches('#');
        self.pick(&self.phrasings.order).replace("{o}", &key.0).replace("{bare}", bare)
    }

    fn cancel_several(&mut self, actions: &[Action]) -> String {
        let Some(Action::CancelOrder { reason, .. }) = actions.first() else { return String::new() };
        let orders: Vec<String> = actions.iter().filter_map(Action::order).map(|key| key.0.clone()).collect();
        let reason = self.pick(&self.phrasings.reasons[reason]).replace("it's", "they're").replace(" it ", " them ");
        let sentence = self.pick(&self.phrasings.cancel_several).replace("{count}", &orders.len().to_string());
        sentence
            .replace("{orders}", &listed(&orders, ","))
            .replace("{reason}", &reason)
            .replace("{Reason}", &self.phrasings.capital(&reason))
    }

    fn returned(&mut self, key: &OrderKey, items: &[VariantKey], payment: Option<&PaymentKey>) -> String {
        let order = self.record(key);
        let pay = payment.map(|payment| self.payment(payment, Some(order))).unwrap_or_default();
        let is_whole = items.len() == order.lines.len();
        if is_whole && items.len() > 1 && self.chance(0.3) {
            return self.pick(&self.phrasings.return_all).replace("{pay}", &pay);
        }
        let names: Vec<String> = items.iter().map(|item| self.named(order, item)).collect();
        let sentence = self.pick(&self.phrasings.returns);
        sentence.replace("{items}", &listed(&names, ",")).replace("{pay}", &pay)
    }

    /// «the kettle», and «the black kettle» when there are two of them or by the way.
    fn named(&mut self, order: &Order, item: &VariantKey) -> String {
        let described = self.described(order, item);
        let is_twice = order.lines.iter().filter(|line| line.product == described.product.key).count() > 1;
        let name = wording::name(described.product, order, self.products, self.random);
        let called = self.pick(&self.phrasings.item).replace("{name}", &name);
        if is_twice || self.chance(0.15) {
            let options = wording::options(&described, self.random);
            return if self.chance(0.5) {
                format!("{called} ({})", listed(&options, ","))
            } else {
                format!("{called} with {}", listed(&options, ","))
            };
        }
        called
    }

    fn changed(
        &mut self,
        key: &OrderKey,
        changes: &[ItemChange],
        payment: Option<&PaymentKey>,
        is_exchange: bool,
    ) -> String {
        let order = self.record(key);
        let pay = payment.map(|payment| self.payment(payment, None)).unwrap_or_default();
        let clause = self.pick(&self.phrasings.pay_clause).replace("{pay}", &pay);
        let parts: Vec<(String, String)> = changes.iter().map(|change| self.change(order, change)).collect();
        let sentence = match parts.as_slice() {
            [(from, to)] if self.chance(0.2) => {
                self.pick(&self.phrasings.wanted_first).replace("{from}", from).replace("{to}", to)
            }
            _ => {
                let forms = if is_exchange { &self.phrasings.change_exchange } else { &self.phrasings.change };
                let form = self.pick(forms);
                let changes: Vec<String> =
                    parts.iter().map(|(from, to)| form.replace("{from}", from).replace("{to}", to)).collect();
                let mark = if self.chance(0.3) { ";" } else { "," };
                let sentence = self.pick(if is_exchange { &self.phrasings.exchange } else { &self.phrasings.modify });
                sentence.replace("{changes}", &listed(&changes, mark))
            }
        };
        sentence
            .replace("{pay_clause}", &clause)
            .replace("{Pay_sentence}", &format!("{}.", self.phrasings.capital(&clause)))
            .replace("{pay}", &pay)
    }

    /// How an item is called and how it shall be.
    fn change(&mut self, order: &Order, change: &ItemChange) -> (String, String) {
        let from = self.described(order, &change.from);
        let to = Described { variant: wording::variant(from.product, &change.to), ..from };
        let is_twice = order.lines.iter().filter(|line| line.product == from.product.key).count() > 1;
        let name = wording::name(from.product, order, self.products, self.random);
        let thing = self.pick(&self.phrasings.item);
        let mut called = thing.replace("{name}", &name);
        if is_twice || self.chance(0.35) {
            let options = wording::options(&from, self.random);
            called = format!("{called} ({})", listed(&options, ","));
        } else if let Some(word) = wording::adjective(&from, self.random)
            && self.chance(0.3)
        {
            called = thing.replace("{name}", &format!("{word} {name}"));
        }
        (called, wording::wanted(&from, &to, &name, self.random))
    }

    fn described(&self, order: &Order, item: &VariantKey) -> Described<'a> {
        let line =
            order.lines.iter().find(|line| line.variant == *item).expect("the expected calls name items of the order");
        let product =
            self.products.iter().find(|product| product.key == line.product).expect("every line has its product");
        Described { product, variant: wording::variant(product, item) }
    }

    fn payment(&mut self, key: &PaymentKey, order: Option<&Order>) -> String {
        let is_original = order.is_some_and(|order| order.payment_method.as_deref() == Some(key.0.as_str()));
        if is_original && self.chance(0.35) {
            let forms = [
                "the original payment method",
                "the payment method I used",
                "however I paid originally",
                "the same method I paid with",
            ];
            return (*forms.choose(self.random).unwrap_or(&forms[0])).to_owned();
        }
        let Some(method) = self.customer.payment_method(key) else { return key.0.clone() };
        let of_kind = self.customer.payment_methods.iter().filter(|other| other.kind == method.kind).count();
        let mut forms = vec![key.0.clone()];
        let word = match method.kind {
            PaymentKind::GiftCard => "gift card",
            PaymentKind::CreditCard => "credit card",
            PaymentKind::Paypal => "PayPal",
            _ => return key.0.clone(),
        };
        if of_kind == 1 {
            forms = vec![format!("my {word}"), format!("my {word}"), key.0.clone()];
            if method.kind == PaymentKind::Paypal {
                forms.extend(["PayPal".to_owned(), "my PayPal account".to_owned()]);
            }
        }
        if let (Some(brand), Some(last_four)) = (&method.brand, &method.last_four) {
            let same_brand =
                self.customer.payment_methods.iter().filter(|other| other.brand.as_ref() == Some(brand)).count();
            if same_brand == 1 {
                forms.push(format!("my {}", capital(brand)));
            }
            forms.push(format!("my {brand} ending in {last_four}"));
            forms.push(format!("the card ending in {last_four}"));
        }
        self.pick(&forms)
    }

    fn addressed(&mut self, action: &Action) -> String {
        let Action::ChangeAddress { order, address } = action else { return String::new() };
        let is_same =
            |other: &domain::shop::Address| (&other.street, &other.postcode) == (&address.street, &address.postcode);
        let others: Vec<String> = self
            .orders
            .iter()
            .filter(|other| other.key != *order && is_same(&other.address))
            .map(|other| other.key.0.clone())
            .collect();
        let is_home = self.customer.addresses.iter().any(is_same);
        let written = match self.random.random_range(0..4) {
            0 => format!("{}, {}, {} {}", address.street, address.city, address.province, address.postcode),
            1 => format!(
                "{}, {}, {} {}, USA",
                address.street.replace(", Suite", " Suite"),
                address.city,
                address.province,
                address.postcode
            ),
            _ if is_home && self.chance(0.5) => self.pick(&self.phrasings.address_home),
            _ if !others.is_empty() => {
                let other = self.pick(&others);
                self.pick(&self.phrasings.address_as_order).replace("{other}", &other)
            }
            _ => format!("{}, {}, {}, {}", address.street, address.city, address.province, address.postcode),
        };
        self.pick(&self.phrasings.address).replace("{address}", &written)
    }
}

/// How many cancellations for one reason come first.
fn cancelled_together(actions: &[Action]) -> usize {
    let reason = |action: &Action| match action {
        Action::CancelOrder { reason, .. } => Some(reason.clone()),
        _ => None,
    };
    let Some(first) = actions.first().and_then(reason) else { return 0 };
    actions.iter().take_while(|action| reason(action).as_ref() == Some(&first)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_in_the_sentences_can_be_filled() {
        const PLACES: [&str; 22] = [
            "name",
            "id",
            "id_clause",
            "id_sentence",
            "o",
            "bare",
            "order",
            "orders",
            "count",
            "items",
            "pay",
            "reason",
            "Reason",
            "changes",
            "from",
            "to",
            "Pay_sentence",
            "pay_clause",
            "address",
            "other",
            "zip",
            "email",
        ];
        for set in &SETS {
            Phrasings::load(set).expect("the sentences are well formed");
            let mut rest = set.text.split_once("\nitem:").or(set.text.split_once("\nopening:")).expect("a beginning").1;
            let mut places = 0;
            while let Some((_, behind)) = rest.split_once('{') {
                let (place, behind) = behind.split_once('}').expect("a place is closed");
                assert!(PLACES.contains(&place), "{}: {place}", set.name);
                places += 1;
                rest = behind;
            }
            assert!(places > 100, "{}: {places}", set.name);
        }
    }
}
