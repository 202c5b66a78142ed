//! Buying in the demo storefront. The shop sets the price and keeps count of the stock; the caller only says
//! what is wanted and where it goes.

use domain::{
    shop::{Address, CustomerKey, Order, OrderKey, OrderLine, OrderState, Product, ProductKey, Variant, VariantKey},
    time::Timestamp,
};

use super::{
    super::{Records, ShopError, check},
    DemoShop,
    orders::{self, SHIP_WITHIN_MS},
    stories::{LIN_UNPAID, UNPAID_AGE_MS},
};

/// Lines of one cart: a storefront page, not an import.
pub const CART_LINES_MAX: usize = 20;
/// Pieces of one variant in one order.
pub const QUANTITY_MAX: u32 = 99;

#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct CartLine {
    pub product: ProductKey,
    pub variant: VariantKey,
    pub quantity: u32,
}

impl DemoShop {
    /// Places an unpaid order and takes its goods out of stock. Refused with `empty_cart`, `too_many_lines`,
    /// `bad_quantity`, `bad_address`, `not_on_sale` or `insufficient_stock`.
    pub async fn place_order(
        &self,
        customer: &CustomerKey,
        cart: &[CartLine],
        address: Address,
        now: Timestamp,
    ) -> Result<Order, ShopError> {
        self.change(|records| place(records, customer, cart, address, now)).await
    }

    /// Marks the customer's order as paid, without any money. Refused with `not_unpaid`, `closed` or `bad_method`.
    pub async fn pay(
        &self,
        customer: &CustomerKey,
        order: &OrderKey,
        method: &str,
        now: Timestamp,
    ) -> Result<Order, ShopError> {
        self.change(|records| pay(records, customer, order, method, now)).await
    }

    /// Closes the orders whose time to pay has passed and puts their goods back. Says which.
    pub async fn close_overdue(&self, now: Timestamp) -> Result<Vec<OrderKey>, ShopError> {
        if !self.records().all_orders().any(|order| is_overdue(order, now)) {
            return Ok(Vec::new());
        }
        self.change(|records| Ok(close_overdue(records, now))).await
    }

    /// Opens the story's unpaid order again, as if placed some minutes ago, so that a demo which runs for days
    /// still has one. Nothing changes when the visitor has paid it.
    pub async fn renew_unpaid(&self, now: Timestamp) -> Result<(), ShopError> {
        let Some(key) = self.order_key(&LIN_UNPAID) else { return Ok(()) };
        self.change(|records| renew_unpaid(records, &key, now)).await
    }
}

fn renew_unpaid(records: &mut Records, key: &OrderKey, now: Timestamp) -> Result<(), ShopError> {
    let mut order = records.order(key)?;
    if order.paid_at.is_some() {
        return Ok(());
    }
    if order.state == OrderState::Cancelled {
        order.lines.iter().for_each(|line| shift_stock(records, line, -i64::from(line.quantity)));
    }
    orders::unpaid(&mut order, now.minus_ms(UNPAID_AGE_MS));
    order.note = None;
    records.put_order(order);
    Ok(())
}

fn place(
    records: &mut Records,
    customer: &CustomerKey,
    cart: &[CartLine],
    address: Address,
    now: Timestamp,
) -> Result<Order, ShopError> {
    let customer = records.customer(customer)?;
    if cart.is_empty() {
        return Err(ShopError::refused("empty_cart"));
    }
    if cart.len() > CART_LINES_MAX {
        return Err(ShopError::refused("too_many_lines"));
    }
    let is_complete = ![&address.recipient, &address.city, &address.street].iter().any(|part| part.trim().is_empty());
    if !is_complete || check::address("address", &address).is_err() {
        return Err(ShopError::refused("bad_address"));
    }
    let mut lines = Vec::new();
    for wanted in cart {
        // Each line sees the stock the lines before it left, so the same variant twice can't oversell.
        let (product, variant) = take_from_stock(records, wanted)?;
        lines.push(orders::line(&product, &variant, wanted.quantity));
    }
    let mut order = orders::new_order(&customer, lines, now);
    orders::send_to(&mut order, address);
    orders::number(&mut order, next_sequence(records, now));
    records.put_order(order.clone());
    Ok(order)
}

fn take_from_stock(records: &mut Records, wanted: &CartLine) -> Result<(Product, Variant), ShopError> {
    if wanted.quantity == 0 || wanted.quantity > QUANTITY_MAX {
        return Err(ShopError::refused("bad_quantity"));
    }
    let mut product = records.product(&wanted.product)?;
    if !product.on_sale {
        return Err(ShopError::refused("not_on_sale"));
    }
    let is_wanted = |variant: &&mut Variant| variant.key == wanted.variant;
    let variant = product.variants.iter_mut().find(is_wanted).ok_or(ShopError::NotFound)?;
    if variant.stock < i64::from(wanted.quantity) {
        return Err(ShopError::refused("insufficient_stock"));
    }
    variant.stock -= i64::from(wanted.quantity);
    let variant = variant.clone();
    records.put_product(product.clone());
    Ok((product, variant))
}

/// One more than the day's last order; the stories' orders keep to their own high digits.
fn next_sequence(records: &Records, now: Timestamp) -> u32 {
    const STORIES_FROM: u32 = 90_000;
    let prefix = orders::order_key_prefix(now);
    let used = records.all_orders().filter_map(|order| order.key.as_str().strip_prefix(&prefix)?.parse::<u32>().ok());
    let last = used.filter(|sequence| *sequence < STORIES_FROM).max().unwrap_or_default();
    let is_free = |sequence: &u32| records.order(&orders::order_key(now, *sequence)).is_err();
    (last + 1..).find(is_free).unwrap_or(u32::MAX)
}

fn pay(
    records: &mut Records,
    customer: &CustomerKey,
    key: &OrderKey,
    method: &str,
    now: Timestamp,
) -> Result<Order, ShopError> {
    const METHOD_CHARS_MAX: usize = 40;
    let mut order = records.order(key)?;
    if order.customer != *customer {
        return Err(ShopError::NotFound);
    }
    if order.state != OrderState::Unpaid {
        return Err(ShopError::refused("not_unpaid"));
    }
    if is_overdue(&order, now) {
        return Err(ShopError::refused("closed"));
    }
    if method.trim().is_empty() || method.chars().count() > METHOD_CHARS_MAX || method.chars().any(char::is_control) {
        return Err(ShopError::refused("bad_method"));
    }
    order.state = OrderState::Paid;
    order.paid_at = Some(now.max(order.placed_at));
    order.closes_at = None;
    order.ship_by = order.paid_at.map(|paid_at| paid_at.plus_ms(SHIP_WITHIN_MS));
    order.payment_method = Some(method.to_owned());
    records.put_order(order.clone());
    Ok(order)
}

fn is_overdue(order: &Order, now: Timestamp) -> bool {
    order.state == OrderState::Unpaid && order.closes_at.is_some_and(|closes_at| closes_at <= now)
}

pub(super) fn close_overdue(records: &mut Records, now: Timestamp) -> Vec<OrderKey> {
    let overdue: Vec<Order> = records.all_orders().filter(|order| is_overdue(order, now)).cloned().collect();
    let mut closed = Vec::new();
    for mut order in overdue {
        order.lines.iter().for_each(|line| shift_stock(records, line, i64::from(line.quantity)));
        order.state = OrderState::Cancelled;
        order.note = Some("超时未付款，已自动关闭".to_owned());
        closed.push(order.key.clone());
        records.put_order(order);
    }
    closed
}

/// Puts goods back or takes them out again; a product that is no longer sold has no stock to keep.
fn shift_stock(records: &mut Records, line: &OrderLine, pieces: i64) {
    let Ok(mut product) = records.product(&line.product) else { return };
    let is_sold = |variant: &&mut Variant| variant.key == line.variant;
    if let Some(variant) = product.variants.iter_mut().find(is_sold) {
        variant.stock = (variant.stock + pieces).max(0);
    }
    records.put_product(product);
}
