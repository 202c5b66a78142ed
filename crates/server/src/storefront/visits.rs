//! Signing in to the demo shop as one of its customers. There is no password: they are invented people.

use axum::{
    Json,
    extract::{FromRequestParts, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{AppendHeaders, IntoResponse, Response},
};
use domain::{
    shop::{Customer, CustomerKey},
    time::HOUR_MS,
};
use engine::shop::demo::DEMO_CUSTOMERS;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::of;
use crate::{
    api::{console::cookie, extract::JsonBody},
    app::App,
    problem::{Code, Problem, Result},
    tokens::{Identity, sign_identity},
    wire::{
        basics::Bilingual,
        problems::{ReadProblems, WriteProblems},
    },
};

const COOKIE: &str = "shop_customer";
/// Long enough for a look around.
const IDENTITY_LIFE_MS: i64 = 12 * HOUR_MS;

/// Somebody to be in the demo, with what they came for.
#[derive(Debug, Serialize, ToSchema)]
pub struct DemoCustomer {
    #[schema(example = "demo-lin")]
    pub key: String,
    pub name: String,
    pub story: Bilingual,
}

/// The customers one can be.
#[utoipa::path(
    get, path = "/shop/api/demo-customers", tag = "storefront",
    responses((status = 200, description = "Customers", body = Vec<DemoCustomer>), ReadProblems)
)]
pub async fn demo_customers(State(app): State<App>) -> Result<Json<Vec<DemoCustomer>>> {
    of(&app)?;
    let customers = DEMO_CUSTOMERS.iter().map(|customer| DemoCustomer {
        key: customer.key.to_owned(),
        name: customer.name.to_owned(),
        story: customer.story().into(),
    });
    Ok(Json(customers.collect()))
}

/// The customer the cookie names.
pub struct Buyer(pub Customer);

impl FromRequestParts<App> for Buyer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        current(app, &parts.headers).await?.map(Self).ok_or(Problem::new(Code::Unauthenticated))
    }
}

async fn current(app: &App, headers: &axum::http::HeaderMap) -> Result<Option<Customer>> {
    let storefront = of(app)?;
    let Some(value) = cookie(headers, COOKIE) else { return Ok(None) };
    let Some((key, signature)) = value.rsplit_once('.') else { return Ok(None) };
    if !app.keys.is_storefront(key, signature) {
        return Ok(None);
    }
    Ok(storefront.connector.customer(&CustomerKey::from(key)).await.ok())
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShopSignIn {
    #[schema(example = "demo-lin")]
    pub customer: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ShopMe {
    pub customer: Option<ShopCustomer>,
    /// A JWT for the widget: the shop vouches for this customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ShopCustomer {
    pub key: String,
    pub name: String,
    pub level: u8,
}

async fn me_of(app: &App, customer: Option<Customer>) -> Result<ShopMe> {
    let Some(customer) = customer else { return Ok(ShopMe { customer: None, identity: None }) };
    let shop = app.desk.store.shop(of(app)?.shop).await?.ok_or_else(Problem::not_found)?;
    let identity = Identity { customer: customer.key.clone(), name: Some(customer.name.clone()) };
    Ok(ShopMe {
        identity: sign_identity(&shop, &identity, app.desk.now().plus_ms(IDENTITY_LIFE_MS)),
        customer: Some(ShopCustomer { key: customer.key.0, name: customer.name, level: customer.level }),
    })
}

fn set_cookie(value: &str, max_age_s: i64) -> Result<HeaderValue> {
    let line = format!("{COOKIE}={value}; Path=/shop; HttpOnly; SameSite=Lax; Max-Age={max_age_s}");
    HeaderValue::from_str(&line).map_err(Problem::internal)
}

/// Becomes one of the demo's customers.
#[utoipa::path(
    post, path = "/shop/api/sign-in", tag = "storefront", operation_id = "storefront_sign_in",
    request_body = ShopSignIn,
    responses((status = 200, description = "Signed in; sets the cookie", body = ShopMe), WriteProblems)
)]
pub async fn sign_in(State(app): State<App>, JsonBody(who): JsonBody<ShopSignIn>) -> Result<Response> {
    let storefront = of(&app)?;
    let is_offered = DEMO_CUSTOMERS.iter().any(|customer| customer.key == who.customer);
    if !is_offered {
        return Err(Problem::field("customer", "unknown"));
    }
    let customer = storefront.connector.customer(&CustomerKey(who.customer)).await?;
    let value = format!("{}.{}", customer.key, app.keys.sign_storefront(customer.key.as_str()));
    let cookie = set_cookie(&value, IDENTITY_LIFE_MS / 1000)?;
    let me = me_of(&app, Some(customer)).await?;
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), Json(me)).into_response())
}

/// Becomes nobody again.
#[utoipa::path(
    post, path = "/shop/api/sign-out", tag = "storefront", operation_id = "storefront_sign_out",
    responses((status = 204, description = "Signed out"), WriteProblems)
)]
pub async fn sign_out(State(app): State<App>) -> Result<Response> {
    of(&app)?;
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(header::SET_COOKIE, set_cookie("", 0)?)])).into_response())
}

/// Who is signed in to the shop, and the identity for the widget.
#[utoipa::path(
    get, path = "/shop/api/me", tag = "storefront", operation_id = "storefront_me",
    responses((status = 200, description = "Who", body = ShopMe), ReadProblems)
)]
pub async fn me(State(app): State<App>, headers: axum::http::HeaderMap) -> Result<Json<ShopMe>> {
    let customer = current(&app, &headers).await?;
    Ok(Json(me_of(&app, customer).await?))
}
