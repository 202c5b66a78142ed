//! Buying in the demo shop, without any money.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use domain::shop::{Address as StoredAddress, Order as StoredOrder, OrderKey, ProductKey, VariantKey};
use engine::shop::{
    PageRequest, ShopError,
    demo::{CartLine, DemoShop, PAYMENT_METHODS},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{of, visits::Buyer};
use crate::{
    api::extract::JsonBody,
    app::App,
    problem::{Problem, Result},
    wire::{
        problems::{ReadProblems, WriteProblems},
        shop::{Address, Order},
    },
};

/// Orders of one customer on the page; the demo's have a handful.
const MAX_ORDERS: usize = 100;

/// Own orders, newest first.
#[utoipa::path(
    get, path = "/shop/api/orders", tag = "storefront", operation_id = "storefront_orders",
    responses((status = 200, description = "Orders", body = Vec<Order>), ReadProblems)
)]
pub async fn list_orders(State(app): State<App>, Buyer(buyer): Buyer) -> Result<Json<Vec<StoredOrder>>> {
    let page = of(&app)?.connector.orders_of(&buyer.key, &PageRequest::first(MAX_ORDERS)).await?;
    Ok(Json(page.items))
}

/// One of one's own orders.
#[utoipa::path(
    get, path = "/shop/api/orders/{key}", tag = "storefront", operation_id = "storefront_order",
    params(("key" = String, Path, description = "The order's number")),
    responses((status = 200, description = "The order", body = Order), ReadProblems)
)]
pub async fn read_order(
    State(app): State<App>,
    Buyer(buyer): Buyer,
    Path(key): Path<String>,
) -> Result<Json<StoredOrder>> {
    Ok(Json(of(&app)?.connector.order_of(&buyer.key, &OrderKey(key)).await?))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Cart {
    pub lines: Vec<CartEntry>,
    #[schema(value_type = Address)]
    pub address: StoredAddress,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CartEntry {
    /// Found by the variant when absent.
    #[serde(default)]
    pub product: Option<String>,
    pub variant: String,
    pub quantity: u32,
}

fn cart_line(shop: &DemoShop, entry: CartEntry) -> Result<CartLine> {
    let variant = VariantKey(entry.variant);
    let product = match entry.product {
        Some(product) => ProductKey(product),
        None => shop
            .records()
            .all_products()
            .find(|product| product.variants.iter().any(|known| known.key == variant))
            .map(|product| product.key.clone())
            .ok_or(Problem::field("lines", "unknown"))?,
    };
    Ok(CartLine { product, variant, quantity: entry.quantity })
}

/// A rule of the shop becomes a marked field.
fn refused(error: ShopError) -> Problem {
    match &error {
        ShopError::Refused { rule } => match rule.as_str() {
            "empty_cart" => Problem::field("lines", "empty"),
            "too_many_lines" => Problem::field("lines", "too_many"),
            "bad_quantity" => Problem::field("lines", "range"),
            "bad_address" => Problem::field("address", "malformed"),
            "bad_method" => Problem::field("method", "unknown"),
            _ => error.into(),
        },
        ShopError::NotFound => Problem::field("lines", "unknown"),
        _ => error.into(),
    }
}

/// Places an unpaid order.
#[utoipa::path(
    post, path = "/shop/api/orders", tag = "storefront", operation_id = "storefront_place_order",
    request_body = Cart,
    responses((status = 201, description = "Placed", body = Order), WriteProblems)
)]
pub async fn place_order(
    State(app): State<App>,
    Buyer(buyer): Buyer,
    JsonBody(cart): JsonBody<Cart>,
) -> Result<(StatusCode, Json<StoredOrder>)> {
    let shop = of(&app)?.demo()?;
    let mut lines = Vec::new();
    for entry in cart.lines {
        lines.push(cart_line(shop, entry)?);
    }
    let order = shop.place_order(&buyer.key, &lines, cart.address, app.desk.now()).await.map_err(refused)?;
    Ok((StatusCode::CREATED, Json(order)))
}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    /// Such as 微信支付.
    #[serde(default)]
    pub method: Option<String>,
}

/// Marks an own unpaid order as paid.
#[utoipa::path(
    post, path = "/shop/api/orders/{key}/pay", tag = "storefront", operation_id = "storefront_pay_order",
    params(("key" = String, Path, description = "The order's number")), request_body = Payment,
    responses((status = 200, description = "Paid", body = Order), WriteProblems)
)]
pub async fn pay_order(
    State(app): State<App>,
    Buyer(buyer): Buyer,
    Path(key): Path<String>,
    JsonBody(payment): JsonBody<Payment>,
) -> Result<Json<StoredOrder>> {
    let shop = of(&app)?.demo()?;
    let method = payment.method.unwrap_or_else(|| PAYMENT_METHODS[0].to_owned());
    let paid = shop.pay(&buyer.key, &OrderKey(key), &method, app.desk.now()).await;
    let order = paid.map_err(|error| match error {
        ShopError::NotFound => Problem::not_found(),
        other => refused(other),
    })?;
    Ok(Json(order))
}
