//! The shop's products, for agents who answer questions about them.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State},
};
use domain::{
    id::ShopId,
    shop::{Product as StoredProduct, ProductKey},
    staff::Permission,
};
use engine::shop::{Connector, PageRequest};
use serde::Deserialize;
use utoipa::IntoParams;

use super::SignedIn;
use crate::{
    api::extract::{Asked, page_size},
    app::App,
    problem::{Code, Problem, Result},
    wire::{
        problems::ReadProblems,
        shop::{Product, ProductPage},
    },
};

/// Hits of a search: what a person looks through.
const MAX_HITS: usize = 20;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wish {
    /// Words of the product; without them all products are listed.
    pub text: Option<String>,
    pub cursor: Option<String>,
    pub limit: Option<i64>,
}

fn connector_of<'a>(app: &'a App, me: &SignedIn, shop: &str) -> Result<&'a Arc<Connector>> {
    let shop: ShopId = shop.parse().map_err(|_| Problem::not_found())?;
    me.may_in(shop, Permission::ReadConversations).or_else(|_| me.may_in(shop, Permission::ReadKnowledge))?;
    app.desk.connector(shop).ok_or(Problem::new(Code::Unavailable))
}

/// Products of a shop, by words or all of them.
#[utoipa::path(
    get, path = "/api/console/shops/{shop}/products", tag = "shop",
    params(("shop" = String, Path, description = "`shp_…`"), Wish), security(("console" = [])),
    responses((status = 200, description = "Products", body = ProductPage), ReadProblems)
)]
pub async fn list_products(
    State(app): State<App>,
    me: SignedIn,
    Path(shop): Path<String>,
    Asked(wish): Asked<Wish>,
) -> Result<Json<ProductPage>> {
    let connector = connector_of(&app, &me, &shop)?;
    Ok(Json(products_of(connector, wish).await?))
}

/// The same for the console and the demo storefront.
pub async fn products_of(connector: &Connector, wish: Wish) -> Result<ProductPage> {
    match wish.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => {
            let found = connector.search_products(text, MAX_HITS).await?;
            Ok(ProductPage { items: found.into_iter().map(|hit| hit.product).collect(), next: None })
        }
        None => {
            let limit = page_size(wish.limit) as usize;
            let page = connector.products(&PageRequest { cursor: wish.cursor, limit }).await?;
            Ok(ProductPage { items: page.items, next: page.next })
        }
    }
}

/// One product.
#[utoipa::path(
    get, path = "/api/console/shops/{shop}/products/{key}", tag = "shop",
    params(
        ("shop" = String, Path, description = "`shp_…`"), ("key" = String, Path, description = "The shop's own key")
    ),
    security(("console" = [])),
    responses((status = 200, description = "The product", body = Product), ReadProblems)
)]
pub async fn read_product(
    State(app): State<App>,
    me: SignedIn,
    Path((shop, key)): Path<(String, String)>,
) -> Result<Json<StoredProduct>> {
    let connector = connector_of(&app, &me, &shop)?;
    Ok(Json(connector.product(&ProductKey(key)).await?))
}
