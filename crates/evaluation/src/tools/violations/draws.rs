//! How each rule of the policy is broken: wishes drawn over the records that are fine but for one thing.

use domain::{
    action::{Action, Invoice, InvoiceKind, ItemChange},
    shop::{Address, Customer, Order, OrderKey, OrderState, PaymentKey, PaymentKind, Product, Variant, VariantKey},
};
use engine::shop::Records;
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};

use super::{SEED, Violation};

pub struct Draw<'a> {
    rng: StdRng,
    orders: Vec<&'a Order>,
    customers: Vec<&'a Customer>,
    products: Vec<&'a Product>,
    records: &'a Records,
}

pub type Drawn = Option<Violation>;

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
    pub fn new(records: &'a Records) -> Self {
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

    pub fn wrong_owner(&mut self) -> Drawn {
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

    pub fn wrong_state_cancel(&mut self) -> Drawn {
        let order = self.order(&NOT_PENDING)?;
        breaks(order, Self::cancel(order), "order_pending")
    }

    pub fn wrong_state_items(&mut self) -> Drawn {
        let order = self.order(&NOT_PENDING)?;
        let (change, payment) = (self.fine_change(order, 0)?, self.safe_payment(order)?);
        breaks(order, Self::items(order, change, payment), "order_pending")
    }

    pub fn wrong_state_address(&mut self) -> Drawn {
        let order = self.order(&NOT_PENDING)?;
        let action = Action::ChangeAddress { order: order.key.clone(), address: self.address()? };
        breaks(order, action, "order_pending")
    }

    pub fn wrong_state_payment(&mut self) -> Drawn {
        let order = self.order(&NOT_PENDING)?;
        let payment = self.safe_payment(order)?;
        breaks(order, Action::ChangePayment { order: order.key.clone(), payment }, "order_pending")
    }

    pub fn wrong_state_return(&mut self) -> Drawn {
        let order = self.order(&NOT_DELIVERED)?;
        let action = Self::back(order, vec![order.lines[0].variant.clone()], Self::original(order));
        breaks(order, action, "order_delivered")
    }

    pub fn wrong_state_exchange(&mut self) -> Drawn {
        let order = self.order(&NOT_DELIVERED)?;
        let (change, payment) = (self.fine_change(order, 0)?, self.safe_payment(order)?);
        breaks(order, Self::exchange(order, change, payment), "order_delivered")
    }

    pub fn second_change(&mut self) -> Drawn {
        let order = self.order(&PENDING).filter(|order| order.lines.len() > 1)?;
        let payment = self.safe_payment(order)?;
        let (first, second) = (self.fine_change(order, 0)?, self.fine_change(order, 1)?);
        let (first, second) = (Self::items(order, first, payment.clone()), Self::items(order, second, payment));
        after(order, first, second, "items_once")
    }

    pub fn cancel_after_change(&mut self) -> Drawn {
        let order = self.order(&PENDING)?;
        let (change, payment) = (self.fine_change(order, 0)?, self.safe_payment(order)?);
        after(order, Self::items(order, change, payment), Self::cancel(order), "not_after_item_change")
    }

    pub fn address_after_change(&mut self) -> Drawn {
        let order = self.order(&PENDING)?;
        let (change, payment) = (self.fine_change(order, 0)?, self.safe_payment(order)?);
        let action = Action::ChangeAddress { order: order.key.clone(), address: self.address()? };
        after(order, Self::items(order, change, payment), action, "not_after_item_change")
    }

    pub fn second_exchange(&mut self) -> Drawn {
        let order = self.order(&DELIVERED).filter(|order| order.lines.len() > 1)?;
        let payment = self.safe_payment(order)?;
        let (first, second) = (self.fine_change(order, 0)?, self.fine_change(order, 1)?);
        let (first, second) = (Self::exchange(order, first, payment.clone()), Self::exchange(order, second, payment));
        after(order, first, second, "order_delivered")
    }

    pub fn second_return(&mut self) -> Drawn {
        let order = self.order(&DELIVERED).filter(|order| order.lines.len() > 1)?;
        let back = |at: usize| Self::back(order, vec![order.lines[at].variant.clone()], Self::original(order));
        after(order, back(0), back(1), "order_delivered")
    }

    pub fn second_payment(&mut self) -> Drawn {
        let order = self.order(&PENDING)?;
        let (payment, original) = (self.safe_payment(order)?, Self::original(order)?);
        let change =
            |payment: &PaymentKey| Action::ChangePayment { order: order.key.clone(), payment: payment.clone() };
        let violation = after(order, change(&payment), change(&original), "payment_once")?;
        (payment != original).then_some(violation)
    }

    pub fn foreign_payment(&mut self) -> Drawn {
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

    pub fn same_payment(&mut self) -> Drawn {
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

    pub fn small_card_items(&mut self) -> Drawn {
        let order = self.order(&PENDING)?;
        let (change, payment) = self.small_card(order)?;
        breaks(order, Self::items(order, change, payment), "gift_card_covers")
    }

    pub fn small_card_exchange(&mut self) -> Drawn {
        let order = self.order(&DELIVERED)?;
        let (change, payment) = self.small_card(order)?;
        breaks(order, Self::exchange(order, change, payment), "gift_card_covers")
    }

    pub fn small_card_total(&mut self) -> Drawn {
        let order = self.order(&PENDING)?;
        let customer = self.customer(order)?;
        let card = customer.payment_methods.iter().find(|own| own.kind == PaymentKind::GiftCard)?;
        let is_small = card.balance.as_ref()?.minor < order.total.minor && Self::original(order)? != card.key;
        let action = Action::ChangePayment { order: order.key.clone(), payment: card.key.clone() };
        breaks(order, action, "gift_card_covers").filter(|_| is_small)
    }

    pub fn refund_elsewhere(&mut self) -> Drawn {
        let order = self.order(&DELIVERED)?;
        let (customer, original) = (self.customer(order)?, Self::original(order)?);
        let is_elsewhere =
            |own: &&domain::shop::PaymentMethod| own.kind != PaymentKind::GiftCard && own.key != original;
        let payment = customer.payment_methods.iter().find(is_elsewhere)?.key.clone();
        let action = Self::back(order, vec![order.lines[0].variant.clone()], Some(payment));
        breaks(order, action, "refund_to_original_or_gift_card")
    }

    pub fn no_payment(&mut self) -> Drawn {
        let order = self.order(&[OrderState::Paid, OrderState::Delivered])?;
        let changes = vec![self.fine_change(order, 0)?];
        let key = order.key.clone();
        let action = match order.state {
            OrderState::Paid => Action::ChangeItems { order: key, changes, payment: None },
            _ => Self::back(order, vec![order.lines[0].variant.clone()], None),
        };
        breaks(order, action, "payment_given")
    }

    pub fn other_product(&mut self) -> Drawn {
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

    pub fn unavailable(&mut self) -> Drawn {
        let order = self.order(&[OrderState::Paid, OrderState::Delivered])?;
        let (change, payment) = (self.sibling(order, 0, |own| own.stock == 0)?, self.safe_payment(order)?);
        let action = match order.state {
            OrderState::Paid => Self::items(order, change, payment),
            _ => Self::exchange(order, change, payment),
        };
        breaks(order, action, "option_available")
    }

    pub fn same_variant(&mut self) -> Drawn {
        let order = self.order(&[OrderState::Paid, OrderState::Delivered])?;
        let (from, payment) = (order.lines[0].variant.clone(), self.safe_payment(order)?);
        let change = ItemChange { from: from.clone(), to: from };
        let action = match order.state {
            OrderState::Paid => Self::items(order, change, payment),
            _ => Self::exchange(order, change, payment),
        };
        breaks(order, action, "another_option")
    }

    pub fn unknown_variant(&mut self) -> Drawn {
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

    pub fn unknown_order(&mut self) -> Drawn {
        let order = self.order(&PENDING)?;
        let key = OrderKey(format!("#W{}", self.rng.random_range(1_000_000..9_999_999)));
        let is_new = self.records.order(&key).is_err();
        let action = Action::CancelOrder { order: key, reason: "no longer needed".into() };
        breaks(order, action, "order_known").filter(|_| is_new)
    }

    pub fn unknown_item(&mut self) -> Drawn {
        let order = self.order(&DELIVERED)?;
        let product = *self.products.choose(&mut self.rng)?;
        let item = product.variants.choose(&mut self.rng)?.key.clone();
        let is_new = !order.lines.iter().any(|line| line.variant == item);
        breaks(order, Self::back(order, vec![item], Self::original(order)), "items_known").filter(|_| is_new)
    }

    pub fn too_many(&mut self) -> Drawn {
        let order = self.order(&DELIVERED)?;
        let item = &order.lines[0].variant;
        let bought = order.lines.iter().filter(|line| line.variant == *item).count();
        let items = vec![item.clone(); bought + 1];
        breaks(order, Self::back(order, items, Self::original(order)), "items_known")
    }

    pub fn no_item(&mut self) -> Drawn {
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

    pub fn bad_reason(&mut self) -> Drawn {
        let order = self.order(&PENDING)?;
        let reasons = ["found it cheaper", "delivery is too slow", "", "No longer needed!", "changed my mind"];
        let reason = (*reasons.choose(&mut self.rng)?).to_owned();
        breaks(order, Action::CancelOrder { order: order.key.clone(), reason }, "reason_accepted")
    }

    pub fn not_offered(&mut self) -> Drawn {
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

    pub fn unverified(&mut self) -> Drawn {
        let order = self.order(&PENDING)?;
        let violation = breaks(order, Self::cancel(order), "customer_verified")?;
        Some(Violation { customer: None, ..violation })
    }

    pub fn unconfirmed(&mut self) -> Drawn {
        let order = self.order(&PENDING)?;
        let (change, payment) = (self.fine_change(order, 0)?, self.safe_payment(order)?);
        let violation = breaks(order, Self::items(order, change, payment), "confirmation")?;
        Some(Violation { shown: Some(Self::cancel(order)), ..violation })
    }
}
