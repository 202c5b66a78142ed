//! The wares of the demo shop.

use axum::{
    Json,
    extract::{Path, State},
};
use domain::shop::{Product as StoredProduct, ProductKey};
use engine::shop::PageRequest;
use serde::Deserialize;
use utoipa::IntoParams;

use super::of;
use crate::{
    api::{
        console::products::{Wish, products_of},
        extract::{Asked, page_size},
    },
    app::App,
    problem::Result,
    wire::{
        problems::ReadProblems,
        shop::{Product, ProductPage},
    },
};

/// Pages read to find one category's products; the demo has fewer.
const MAX_PAGES: usize = 20;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Browse {
    /// Words of the product.
    pub text: Option<String>,
    /// All of one category.
    pub category: Option<String>,
    pub cursor: Option<String>,
    pub limit: Option<i64>,
}

/// Products by words, by category, or all of them.
#[utoipa::path(
    get, path = "/shop/api/products", tag = "storefront", params(Browse), operation_id = "storefront_products",
    responses((status = 200, description = "Products", body = ProductPage), ReadProblems)
)]
pub async fn list_products(State(app): State<App>, Asked(wish): Asked<Browse>) -> Result<Json<ProductPage>> {
    let connector = &of(&app)?.connector;
    let Some(category) = wish.category.filter(|category| !category.is_empty()) else {
        let wish = Wish { text: wish.text, cursor: wish.cursor, limit: wish.limit };
        return Ok(Json(products_of(connector, wish).await?));
    };
    let mut items = Vec::new();
    let mut cursor = None;
    for _ in 0..MAX_PAGES {
        let page = connector.products(&PageRequest { cursor, limit: page_size(None) as usize }).await?;
        items.extend(page.items.into_iter().filter(|product| product.category.as_str() == category));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    Ok(Json(ProductPage { items, next: None }))
}

/// One product.
#[utoipa::path(
    get, path = "/shop/api/products/{key}", tag = "storefront", operation_id = "storefront_product",
    params(("key" = String, Path, description = "The product's key")),
    responses((status = 200, description = "The product", body = Product), ReadProblems)
)]
pub async fn read_product(State(app): State<App>, Path(key): Path<String>) -> Result<Json<StoredProduct>> {
    Ok(Json(of(&app)?.connector.product(&ProductKey(key)).await?))
}
