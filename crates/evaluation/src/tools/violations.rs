//! Wishes the policy forbids, drawn from a seed over the records: each has to be refused by the rule it breaks, and to
//! leave everything as it was.

use std::{collections::BTreeMap, sync::Arc};

use anyhow::{Context, Result};
use domain::{
    action::{Action, Invoice, InvoiceKind, ItemChange},
    shop::{
        Address, Customer, CustomerKey, Order, OrderKey, OrderState, PaymentKey, PaymentKind, Product, Variant,
        VariantKey,
    },
};
use engine::shop::Records;
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};

use super::{
    bench::Bench,
    render::{self, Slip},
};

/// The wishes drawn are the same on every run.
pub const SEED: u64 = 11;
/// Draws for one case before its kind counts as impossible on these records.
const DRAWS_MAX: usize = 5_000;

/// One forbidden wish.
struct Violation {
    customer: Option<CustomerKey>,
    /// Allowed, and done first.
    before: Option<Action>,
    action: Action,
    /// Shown and confirmed in place of `action`.
    shown: Option<Action>,
    rule: &'static str,
}

#[derive(Debug, Default)]
pub struct Violations {
    pub tried: usize,
    pub allowed: usize,
    /// Refused by the rule that was broken on purpose.
    pub named_as_meant: usize,
    /// Something changed although it was refused.
    pub left_traces: usize,
    pub by_rule: BTreeMap<String, usize>,
    pub by_kind: BTreeMap<&'static str, usize>,
    /// Other rules than meant.
    pub otherwise: Vec<String>,
}

type Kind<'a> = (&'static str, fn(&mut Draw<'a>) -> Option<Violation>);

/// Every way to break the policy, in turn.
const fn kinds<'a>() -> [Kind<'a>; 32] {
    [
        ("order of another customer", Draw::wrong_owner),
        ("cancel in a wrong state", Draw::wrong_state_cancel),
        ("change items in a wrong state", Draw::wrong_state_items),
        ("change address in a wrong state", Draw::wrong_state_address),
        ("change payment in a wrong state", Draw::wrong_state_payment),
        ("return in a wrong state", Draw::wrong_state_return),
        ("exchange in a wrong state", Draw::wrong_state_exchange),
        ("change items twice", Draw::second_change),
        ("cancel after changing items", Draw::cancel_after_change),
        ("change address after changing items", Draw::address_after_change),
        ("exchange twice", Draw::second_exchange),
        ("return twice", Draw::second_return),
        ("change payment twice", Draw::second_payment),
        ("payment method of somebody else", Draw::foreign_payment),
        ("same payment method", Draw::same_payment),
        ("gift card too small for the difference", Draw::small_card_items),
        ("gift card too small for an exchange", Draw::small_card_exchange),
        ("gift card too small for the total", Draw::small_card_total),
        ("refund to a method neither original nor a gift card", Draw::refund_elsewhere),
        ("no payment method", Draw::no_payment),
        ("item of another product", Draw::other_product),
        ("unavailable variant", Draw::unavailable),
        ("same variant", Draw::same_variant),
        ("unknown variant", Draw::unknown_variant),
        ("unknown order", Draw::unknown_order),
        ("item not in the order", Draw::unknown_item),
        ("more items than bought", Draw::too_many),
        ("no item", Draw::no_item),
        ("reason not accepted", Draw::bad_reason),
        ("action not offered", Draw::not_offered),
        ("shopper not verified", Draw::unverified),
        ("something else than was confirmed", Draw::unconfirmed),
    ]
}

pub async fn violations(records: &Records, n: usize) -> Result<Violations> {
    let mut draw = Draw::new(records);
    let bench = Bench::new(records, n).await?;
    let mut out = Violations::default();
    let kinds = kinds();
    for place in 0..n {
        let (kind, make) = kinds[place % kinds.len()];
        let found = (0..DRAWS_MAX).find_map(|_| make(&mut draw));
        let violation = found.with_context(|| format!("no way to try \"{kind}\" on these records"))?;
        one(&bench, place, kind, violation, &mut out).await?;
    }
    Ok(out)
}

async fn one(
    bench: &Bench,
    place: usize,
    kind: &'static str,
    violation: Violation,
    out: &mut Violations,
) -> Result<()> {
    let person = bench.person(place, violation.customer.as_ref()).await?;
    if let Some(before) = violation.before {
        let done = bench.act(&person, before.clone()).await?;
        done.map_err(|refused| anyhow::anyhow!("{kind}: what comes before was refused: {}: {before:?}", refused.rule))?;
    }
    let then = bench.records(place).await;
    let answer = match violation.shown {
        None => bench.act(&person, violation.action.clone()).await?,
        Some(shown) => bench.act_unconfirmed(&person, shown, violation.action.clone()).await?,
    };
    out.tried += 1;
    *out.by_kind.entry(kind).or_default() += 1;
    match answer {
        Ok(()) => {
            out.allowed += 1;
            out.otherwise.push(format!("{kind}: allowed: {:?}", violation.action));
        }
        Err(refused) => {
            let now = bench.records(place).await;
            let whole = |records| render::whole(records, Slip::Mended);
            // The same records still, or others that say the same.
            let is_same = Arc::ptr_eq(&then, &now) || whole(&then) == whole(&now);
            out.left_traces += usize::from(!is_same);
            if refused.rule == violation.rule {
                out.named_as_meant += 1;
            } else {
                out.otherwise.push(format!("{kind}: {} instead of {}", refused.rule, violation.rule));
            }
            *out.by_rule.entry(refused.rule).or_default() += 1;
        }
    }
    Ok(())
}

struct Draw<'a> {
    rng: StdRng,
    orders: Vec<&'a Order>,
    customers: Vec<&'a Customer>,
    products: Vec<&'a Product>,
    records: &'a Records,
}

type Drawn = Option<Violation>;

fn breaks(order: &Order, action: Action, rule: &'static str) -> Drawn {
    Some(Violation { customer: Some(order.customer.clone()), before: None, action, shown: None, rule })
}

fn after(order: &Order, before: Action, action: Action, rule: &'static str) -> Drawn {
    Some(Violation { before: Some(before), ..breaks(order, action, rule)? })
}

const PENDING: [OrderState; 1] = [OrderState::Paid];
const DELIVERED: [OrderState; 1] = [OrderState::Delivered];
const NOT_PENDING: [OrderState; 3] = [OrderState::Shipped, OrderState::Delivered, OrderState::Cancelled];
const NOT_DELIVERED: [OrderState; 3] = [OrderState::Paid, OrderState::Shipped, OrderState::Cancelled];

impl<'a> Draw<'a> {
    fn new(records: &'a Records) -> Self {
        Self {
            rng: StdRng::seed_from_u64(SEED),
            orders: records.all_orders().collect(),
            customers: records.all_customers().collect(),
            products: records.all_products().collect(),
            records,
        }
    }

    fn order(&mut self, states: &[OrderState]) -> Option<&'a Order> {
        let order = *self.orders.choose(&mut self.rng)?;
        states.contains(&order.state).then_some(order)
    }

    fn customer(&self, order: &Order) -> Option<Customer> {
        self.records.customer(&order.customer).ok()
    }

    /// An own way to pay, not a gift card that could be too small.
    fn safe_payment(&self, order: &Order) -> Option<PaymentKey> {
        let customer = self.customer(order)?;
        let safe = customer.payment_methods.iter().find(|own| own.kind != PaymentKind::GiftCard);
        safe.map(|own| own.key.clone())
    }

    fn address(&mut self) -> Option<Address> {
        self.customers.choose(&mut self.rng)?.addresses.first().cloned()
    }

    fn sibling(&mut self, order: &Order, at: usize, wanted: impl Fn(&Variant) -> bool) -> Option<ItemChange> {
        let line = order.lines.get(at)?;
        let product = self.records.product(&line.product).ok()?;
        let fitting: Vec<&Variant> =
            product.variants.iter().filter(|own| own.key != line.variant && wanted(own)).collect();
        let to = fitting.choose(&mut self.rng)?.key.clone();
        Some(ItemChange { from: line.variant.clone(), to })
    }

    /// An allowed change of one item.
    fn fine_change(&mut self, order: &Order, at: usize) -> Option<ItemChange> {
        self.sibling(order, at, |own| own.stock > 0)
    }

    fn items(order: &Order, change: ItemChange, payment: PaymentKey) -> Action {
        Action::ChangeItems { order: order.key.clone(), changes: vec![change], payment: Some(payment) }
    }

    fn exchange(order: &Order, change: ItemChange, payment: PaymentKey) -> Action {
        let (order, changes, reason) = (order.key.clone(), vec![change], String::new());
        Action::ExchangeItems { order, changes, reason, payment: Some(payment) }
    }

    fn back(order: &Order, items: Vec<VariantKey>, payment: Option<PaymentKey>) -> Action {
        let (order, reason, pictures) = (order.key.clone(), String::new(), Vec::new());
        Action::ReturnItems { order, items, reason, payment, pictures }
    }

    fn cancel(order: &Order) -> Action {
        Action::CancelOrder { order: order.key.clone(), reason: "no longer needed".into() }
    }

    fn original(order: &Order) -> Option<PaymentKey> {
        order.payments.first().map(|payment| payment.method.clone())
    }

    fn wrong_owner(&mut self) -> Drawn {
        let order = self.order(&[OrderState::Paid, OrderState::Delivered])?;
        let other = self.customers.choose(&mut self.rng)?.key.clone();
        let payment = Self::original(order)?;
        let action = match self.rng.random_range(0..3) {
            0 if order.state == OrderState::Paid => Self::cancel(order),
            1 if order.state == OrderState::Paid => {
                Action::ChangeAddress { order: order.key.clone(), address: self.address()? }
            }
            _ if order.state == OrderState::Paid => Self::items(order, self.fine_change(order, 0)?, payment),
            _ => Self::back(order, vec![order.lines[0].variant.clone()], Some(payment)),
        };
        let violation = breaks(order, action, "order_known")?;
        (other != order.customer).then_some(Violation { customer: Some(other), ..violation })
    }

    fn wrong_state_cancel(&mut self) -> Drawn {
        let order = self.order(&NOT_PENDING)?;
        breaks(order, Self::cancel(order), "order_pending")
    }

    fn wrong_state_items(&mut self) -> Drawn {
        let order = self.order(&NOT_PENDING)?;
        let (change, payment) = (self.fine_change(order, 0)?, self.safe_payment(order)?);
        breaks(order, Self::items(order, change, payment), "order_pending")
    }

    fn wrong_state_address(&mut self) -> Drawn {
        let order = self.order(&NOT_PENDING)?;
        let action = Action::ChangeAddress { order: order.key.clone(), address: self.address()? };
        breaks(order, action, "order_pending")
    }

    fn wrong_state_payment(&mut self) -> Drawn {
        let order = self.order(&NOT_PENDING)?;
        let payment = self.safe_payment(order)?;
        breaks(order, Action::ChangePayment { order: order.key.clone(), payment }, "order_pending")
    }

    fn wrong_state_return(&mut self) -> Drawn {
        let order = self.order(&NOT_DELIVERED)?;
        let action = Self::back(order, vec![order.lines[0].variant.clone()], Self::original(order));
        breaks(order, action, "order_delivered")
    }

    fn wrong_state_exchange(&mut self) -> Drawn {
        let order = self.order(&NOT_DELIVERED)?;
        let (change, payment) = (self.fine_change(order, 0)?, self.safe_payment(order)?);
        breaks(order, Self::exchange(order, change, payment), "order_delivered")
    }

    fn second_change(&mut self) -> Drawn {
        let order = self.order(&PENDING).filter(|order| order.lines.len() > 1)?;
        let payment = self.safe_payment(order)?;
        let (first, second) = (self.fine_change(order, 0)?, self.fine_change(order, 1)?);
        let (first, second) = (Self::items(order, first, payment.clone()), Self::items(order, second, payment));
        after(order, first, second, "items_once")
    }

    fn cancel_after_change(&mut self) -> Drawn {
        let order = self.order(&PENDING)?;
        let (change, payment) = (self.fine_change(order, 0)?, self.safe_payment(order)?);
        after(order, Self::items(order, change, payment), Self::cancel(order), "not_after_item_change")
    }

    fn address_after_change(&mut self) -> Drawn {
        let order = self.order(&PENDING)?;
        let (change, payment) = (self.fine_change(order, 0)?, self.safe_payment(order)?);
        let action = Action::ChangeAddress { order: order.key.clone(), address: self.address()? };
        after(order, Self::items(order, change, payment), action, "not_after_item_change")
    }

    fn second_exchange(&mut self) -> Drawn {
        let order = self.order(&DELIVERED).filter(|order| order.lines.len() > 1)?;
        let payment = self.safe_payment(order)?;
        let (first, second) = (self.fine_change(order, 0)?, self.fine_change(order, 1)?);
        let (first, second) = (Self::exchange(order, first, payment.clone()), Self::exchange(order, second, payment));
        after(order, first, second, "order_delivered")
    }

    fn second_return(&mut self) -> Drawn {
        let order = self.order(&DELIVERED).filter(|order| order.lines.len() > 1)?;
        let back = |at: usize| Self::back(order, vec![order.lines[at].variant.clone()], Self::original(order));
        after(order, back(0), back(1), "order_delivered")
    }

    fn second_payment(&mut self) -> Drawn {
        let order = self.order(&PENDING)?;
        let (payment, original) = (self.safe_payment(order)?, Self::original(order)?);
        let change =
            |payment: &PaymentKey| Action::ChangePayment { order: order.key.clone(), payment: payment.clone() };
        let violation = after(order, change(&payment), change(&original), "payment_once")?;
        (payment != original).then_some(violation)
    }

    fn foreign_payment(&mut self) -> Drawn {
        let order = self.order(&[OrderState::Paid, OrderState::Delivered])?;
        let other = self.customers.choose(&mut self.rng)?;
        let payment = other.payment_methods.first().filter(|_| other.key != order.customer)?.key.clone();
        let action = match (order.state, self.rng.random_range(0..2)) {
            (OrderState::Paid, 0) => Action::ChangePayment { order: order.key.clone(), payment },
            (OrderState::Paid, _) => Self::items(order, self.fine_change(order, 0)?, payment),
            (_, 0) => Self::exchange(order, self.fine_change(order, 0)?, payment),
            _ => Self::back(order, vec![order.lines[0].variant.clone()], Some(payment)),
        };
        breaks(order, action, "payment_known")
    }

    fn same_payment(&mut self) -> Drawn {
        let order = self.order(&PENDING)?;
        let payment = Self::original(order)?;
        breaks(order, Action::ChangePayment { order: order.key.clone(), payment }, "payment_different")
    }

    /// A gift card with less than the change costs.
    fn small_card(&mut self, order: &Order) -> Option<(ItemChange, PaymentKey)> {
        let customer = self.customer(order)?;
        let card = customer.payment_methods.iter().find(|own| own.kind == PaymentKind::GiftCard)?;
        let balance = card.balance.as_ref()?.minor;
        let price = order.lines.first()?.unit_price.minor;
        let change = self.sibling(order, 0, |own| own.stock > 0 && own.price.minor - price > balance)?;
        Some((change, card.key.clone()))
    }

    fn small_card_items(&mut self) -> Drawn {
        let order = self.order(&PENDING)?;
        let (change, payment) = self.small_card(order)?;
        breaks(order, Self::items(order, change, payment), "gift_card_covers")
    }

    fn small_card_exchange(&mut self) -> Drawn {
        let order = self.order(&DELIVERED)?;
        let (change, payment) = self.small_card(order)?;
        breaks(order, Self::exchange(order, change, payment), "gift_card_covers")
    }

    fn small_card_total(&mut self) -> Drawn {
        let order = self.order(&PENDING)?;
        let customer = self.customer(order)?;
        let card = customer.payment_methods.iter().find(|own| own.kind == PaymentKind::GiftCard)?;
        let is_small = card.balance.as_ref()?.minor < order.total.minor && Self::original(order)? != card.key;
        let action = Action::ChangePayment { order: order.key.clone(), payment: card.key.clone() };
        breaks(order, action, "gift_card_covers").filter(|_| is_small)
    }

    fn refund_elsewhere(&mut self) -> Drawn {
        let order = self.order(&DELIVERED)?;
        let (customer, original) = (self.customer(order)?, Self::original(order)?);
        let is_elsewhere =
            |own: &&domain::shop::PaymentMethod| own.kind != PaymentKind::GiftCard && own.key != original;
        let payment = customer.payment_methods.iter().find(is_elsewhere)?.key.clone();
        let action = Self::back(order, vec![order.lines[0].variant.clone()], Some(payment));
        breaks(order, action, "refund_to_original_or_gift_card")
    }

    fn no_payment(&mut self) -> Drawn {
        let order = self.order(&[OrderState::Paid, OrderState::Delivered])?;
        let changes = vec![self.fine_change(order, 0)?];
        let key = order.key.clone();
        let action = match order.state {
            OrderState::Paid => Action::ChangeItems { order: key, changes, payment: None },
            _ => Self::back(order, vec![order.lines[0].variant.clone()], None),
        };
        breaks(order, action, "payment_given")
    }

    fn other_product(&mut self) -> Drawn {
        let order = self.order(&[OrderState::Paid, OrderState::Delivered])?;
        let (payment, product) = (self.safe_payment(order)?, *self.products.choose(&mut self.rng)?);
        let to = product.variants.iter().find(|own| own.stock > 0)?.key.clone();
        let change = ItemChange { from: order.lines[0].variant.clone(), to };
        let action = match order.state {
            OrderState::Paid => Self::items(order, change, payment),
            _ => Self::exchange(order, change, payment),
        };
        breaks(order, action, "same_product").filter(|_| product.key != order.lines[0].product)
    }

    fn unavailable(&mut self) -> Drawn {
        let order = self.order(&[OrderState::Paid, OrderState::Delivered])?;
        let (change, payment) = (self.sibling(order, 0, |own| own.stock == 0)?, self.safe_payment(order)?);
        let action = match order.state {
            OrderState::Paid => Self::items(order, change, payment),
            _ => Self::exchange(order, change, payment),
        };
        breaks(order, action, "option_available")
    }

    fn same_variant(&mut self) -> Drawn {
        let order = self.order(&[OrderState::Paid, OrderState::Delivered])?;
        let (from, payment) = (order.lines[0].variant.clone(), self.safe_payment(order)?);
        let change = ItemChange { from: from.clone(), to: from };
        let action = match order.state {
            OrderState::Paid => Self::items(order, change, payment),
            _ => Self::exchange(order, change, payment),
        };
        breaks(order, action, "another_option")
    }

    fn unknown_variant(&mut self) -> Drawn {
        let order = self.order(&[OrderState::Paid, OrderState::Delivered])?;
        let to = VariantKey(self.rng.random_range(1_000_000_000_u64..9_999_999_999).to_string());
        let is_new = !self.products.iter().any(|product| product.variants.iter().any(|own| own.key == to));
        let (change, payment) = (ItemChange { from: order.lines[0].variant.clone(), to }, self.safe_payment(order)?);
        let action = match order.state {
            OrderState::Paid => Self::items(order, change, payment),
            _ => Self::exchange(order, change, payment),
        };
        breaks(order, action, "variant_known").filter(|_| is_new)
    }

    fn unknown_order(&mut self) -> Drawn {
        let order = self.order(&PENDING)?;
        let key = OrderKey(format!("#W{}", self.rng.random_range(1_000_000..9_999_999)));
        let is_new = self.records.order(&key).is_err();
        let action = Action::CancelOrder { order: key, reason: "no longer needed".into() };
        breaks(order, action, "order_known").filter(|_| is_new)
    }

    fn unknown_item(&mut self) -> Drawn {
        let order = self.order(&DELIVERED)?;
        let product = *self.products.choose(&mut self.rng)?;
        let item = product.variants.choose(&mut self.rng)?.key.clone();
        let is_new = !order.lines.iter().any(|line| line.variant == item);
        breaks(order, Self::back(order, vec![item], Self::original(order)), "items_known").filter(|_| is_new)
    }

    fn too_many(&mut self) -> Drawn {
        let order = self.order(&DELIVERED)?;
        let item = &order.lines[0].variant;
        let bought = order.lines.iter().filter(|line| line.variant == *item).count();
        let items = vec![item.clone(); bought + 1];
        breaks(order, Self::back(order, items, Self::original(order)), "items_known")
    }

    fn no_item(&mut self) -> Drawn {
        let order = self.order(&[OrderState::Paid, OrderState::Delivered])?;
        let payment = self.safe_payment(order)?;
        let action = match order.state {
            OrderState::Paid => {
                Action::ChangeItems { order: order.key.clone(), changes: vec![], payment: Some(payment) }
            }
            _ => Self::back(order, vec![], Self::original(order)),
        };
        breaks(order, action, "items_named")
    }

    fn bad_reason(&mut self) -> Drawn {
        let order = self.order(&PENDING)?;
        let reasons = ["found it cheaper", "delivery is too slow", "", "No longer needed!", "changed my mind"];
        let reason = (*reasons.choose(&mut self.rng)?).to_owned();
        breaks(order, Action::CancelOrder { order: order.key.clone(), reason }, "reason_accepted")
    }

    fn not_offered(&mut self) -> Drawn {
        let order = self.order(&[OrderState::Paid, OrderState::Delivered])?;
        let (key, item) = (order.key.clone(), order.lines[0].variant.clone());
        let invoice = Invoice { kind: InvoiceKind::Personal, title: "Me".into(), tax_number: None, email: None };
        let action = match self.rng.random_range(0..4) {
            0 => Action::ProtectPrice { order: key, item },
            1 => Action::IssueInvoice { order: key, invoice },
            2 => Action::UrgeShipment { order: key },
            _ => Action::RequestRepair { order: key, item, description: "broken".into() },
        };
        breaks(order, action, "not_offered")
    }

    fn unverified(&mut self) -> Drawn {
        let order = self.order(&PENDING)?;
        let violation = breaks(order, Self::cancel(order), "customer_verified")?;
        Some(Violation { customer: None, ..violation })
    }

    fn unconfirmed(&mut self) -> Drawn {
        let order = self.order(&PENDING)?;
        let (change, payment) = (self.fine_change(order, 0)?, self.safe_payment(order)?);
        let violation = breaks(order, Self::items(order, change, payment), "confirmation")?;
        Some(Violation { shown: Some(Self::cancel(order)), ..violation })
    }
}
