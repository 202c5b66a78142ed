//! Which of the customer's ways to pay is meant: by its id, its kind, its brand, its last digits, or as the way the
//! order was paid.

use domain::shop::{Customer, Order, PaymentKey, PaymentKind};

use super::{
    lexicon::{Cue, Way},
    scene::{Heard, ways},
    tokens::{Kind, Tokens, compact},
};

/// A way to pay is mentioned.
#[derive(Debug, Clone)]
pub struct Paid {
    pub start: usize,
    pub end: usize,
    pub which: Which,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// Places in the customer's ways to pay; none when there is nothing of the kind.
    Own(Vec<usize>),
    /// As the order was paid.
    Original,
}

pub fn paid(tokens: &Tokens, cues: &[Heard], customer: &Customer) -> Vec<Paid> {
    let methods = &customer.payment_methods;
    let mut found: Vec<Paid> = Vec::new();
    for (place, method) in methods.iter().enumerate() {
        let key = compact(&method.key.0);
        for at in 0..tokens.len() {
            if let Some(end) = tokens.matches(at, &key) {
                found.push(Paid { start: at, end, which: Which::Own(vec![place]) });
            }
        }
    }
    let brands: Vec<String> =
        methods.iter().map(|method| method.brand.as_deref().map(compact).unwrap_or_default()).collect();
    for at in 0..tokens.len() {
        for (place, brand) in brands.iter().enumerate() {
            if !brand.is_empty()
                && let Some(end) = tokens.matches(at, brand)
            {
                add(&mut found, Paid { start: at, end, which: Which::Own(vec![place]) });
            }
        }
        // The last digits of a card, when the words beside say that a number is one.
        let is_ending = cues.iter().any(|heard| heard.cue == Cue::Ending && heard.end <= at && at <= heard.end + 2);
        if is_ending && tokens.list[at].kind == Kind::Number {
            let places = |method: &domain::shop::PaymentMethod| {
                method.last_four.as_deref() == Some(tokens.stem(at)) || method.key.0.ends_with(tokens.stem(at))
            };
            let own: Vec<usize> = (0..methods.len()).filter(|place| places(&methods[*place])).collect();
            if !own.is_empty() {
                found.push(Paid { start: at, end: at + 1, which: Which::Own(own) });
            }
        }
    }
    for (start, end, way) in ways(tokens) {
        let which = match way {
            Way::Original => Which::Original,
            Way::Kind(kind) => Which::Own(of_kind(customer, kind)),
            Way::Card => Which::Own(cards(customer)),
        };
        add(&mut found, Paid { start, end, which });
    }
    found.sort_by_key(|paid| (paid.start, std::cmp::Reverse(paid.end)));
    merged(found)
}

/// Two that overlap are one: «gift card» is said in `gift_card_123`.
fn add(found: &mut Vec<Paid>, paid: Paid) {
    let overlaps = |other: &Paid| other.start < paid.end && paid.start < other.end;
    match found.iter_mut().find(|other| overlaps(other)) {
        Some(other) => {
            if paid.which == Which::Original && other.end - other.start < paid.end - paid.start {
                *other = paid;
                return;
            }
            if let (Which::Own(own), Which::Own(more)) = (&mut other.which, &paid.which)
                && paid.start <= other.start
                && paid.end >= other.end
                && !more.is_empty()
                && paid.end - paid.start > other.end - other.start
            {
                own.retain(|place| more.contains(place));
            } else if let (Which::Own(own), Which::Own(more)) = (&mut other.which, paid.which)
                && (paid.start, paid.end) == (other.start, other.end)
            {
                // Two cards of one brand.
                own.extend(more.into_iter().filter(|place| !own.contains(place)).collect::<Vec<_>>());
            }
        }
        None => found.push(paid),
    }
}

/// «my Visa card ending in 1234»: what stands together is one way to pay, and each word narrows it.
fn merged(found: Vec<Paid>) -> Vec<Paid> {
    const NEAR: usize = 5;
    let mut out: Vec<Paid> = Vec::new();
    for paid in found {
        if let Some(last) = out.last_mut()
            && paid.start <= last.end + NEAR
            && let (Which::Own(own), Which::Own(more)) = (&last.which, &paid.which)
        {
            let both: Vec<usize> = own.iter().copied().filter(|place| more.contains(place)).collect();
            if !both.is_empty() && (own.len() > 1 || more.len() > 1 || both.len() == own.len()) {
                last.which = Which::Own(both);
                last.end = paid.end.max(last.end);
                continue;
            }
        }
        out.push(paid);
    }
    out
}

fn of_kind(customer: &Customer, kind: PaymentKind) -> Vec<usize> {
    let methods = &customer.payment_methods;
    (0..methods.len()).filter(|place| methods[*place].kind == kind).collect()
}

/// A card is a credit card where there is one.
fn cards(customer: &Customer) -> Vec<usize> {
    let credit = of_kind(customer, PaymentKind::CreditCard);
    if credit.is_empty() { of_kind(customer, PaymentKind::GiftCard) } else { credit }
}

/// How an order was paid, as one of the customer's ways to pay or by the shop's own name of it.
pub fn original(order: &Order) -> Option<PaymentKey> {
    let first = order.payments.first().map(|payment| payment.method.clone());
    first.or_else(|| order.payment_method.clone().map(PaymentKey))
}

/// The keys that are meant for this order: one when it is clear.
pub fn keys(which: &Which, customer: &Customer, order: &Order) -> Vec<PaymentKey> {
    match which {
        Which::Original => original(order).into_iter().collect(),
        Which::Own(own) => {
            let keys: Vec<PaymentKey> = own.iter().map(|place| customer.payment_methods[*place].key.clone()).collect();
            let used = original(order);
            match used {
                // «my card» of one who paid with one of two is the one that was used.
                Some(used) if keys.len() > 1 && keys.contains(&used) => vec![used],
                _ => keys,
            }
        }
    }
}
