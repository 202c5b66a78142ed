//! The port to the merchant's shop: what the desk may ask of it, and the three connectors that answer.
//! The desk keeps no second truth of these records, and nobody reads another customer's through here.

pub mod catalogue;
pub mod check;
pub mod demo;
mod error;
pub mod file;
pub mod http;
pub mod money;
mod page;
mod records;
mod write;

use std::sync::Arc;

use domain::shop::{Customer, CustomerKey, Order, OrderKey, Product, ProductKey};
use understanding::requests::Wording;

pub use self::{
    catalogue::{Catalogue, Scored},
    error::{Outage, ShopError},
    page::{Page, PageRequest},
    records::Records,
    write::{Done, Errand},
};
use self::{demo::DemoShop, file::FileShop, http::HttpShop};
use crate::recommend::{self, Together};

/// Candidates a search may return: more than a shopper or a prompt can use.
pub const SEARCH_RESULTS_MAX: usize = 50;
/// Characters of a message that are looked at when searching; the rest can't name a product better.
pub const SEARCH_TEXT_CHARS_MAX: usize = 500;

/// Products whose ways of being said are worked out beforehand: half a second and some megabytes. Others are read more
/// slowly.
pub(crate) const WORDED_PRODUCTS_MAX: usize = 2_000;

/// A product found by a search, with how well it matches from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub product: Product,
    pub score: f64,
}

/// What a connector says of itself, for the settings page and the readiness check.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Health {
    /// `demo`, `file` or `http`.
    pub connector: &'static str,
    /// Known only where the records are in memory.
    pub products: Option<usize>,
    pub customers: Option<usize>,
    pub orders: Option<usize>,
    /// Something the merchant should look at although answers are given, such as rejected rows.
    pub warning: Option<String>,
}

/// The merchant's shop. Cheap to share behind an `Arc`; every method may be called concurrently.
pub enum Connector {
    Demo(DemoShop),
    File(FileShop),
    Http(Box<HttpShop>),
}

impl Connector {
    /// Products that match a question such as 「双人帐篷有货吗」, best first.
    pub async fn search_products(&self, text: &str, limit: usize) -> Result<Vec<Found>, ShopError> {
        let text = clip(text);
        let limit = limit.min(SEARCH_RESULTS_MAX);
        match self {
            Self::Demo(shop) => Ok(shop.records().search(text, limit)),
            Self::File(shop) => Ok(shop.records().await.search(text, limit)),
            Self::Http(shop) => shop.search_products(text, limit).await,
        }
    }

    /// The products a message names, surest first. Unlike a search it is silent when nothing is named.
    pub async fn mentions(&self, text: &str) -> Result<Vec<Scored>, ShopError> {
        let text = clip(text);
        match self {
            Self::Demo(shop) => Ok(shop.records().catalogue().mentions(text)),
            Self::File(shop) => Ok(shop.records().await.catalogue().mentions(text)),
            Self::Http(shop) => Ok(shop.catalogue().await?.mentions(text)),
        }
    }

    /// How the products are said in requests, worked out once for each state of the catalogue.
    pub(crate) async fn wording(&self) -> Result<Arc<Wording>, ShopError> {
        match self {
            Self::Demo(shop) => Ok(shop.records().wording()),
            Self::File(shop) => Ok(shop.records().await.wording()),
            Self::Http(shop) => shop.wording().await,
        }
    }

    pub async fn product(&self, key: &ProductKey) -> Result<Product, ShopError> {
        match self {
            Self::Demo(shop) => shop.records().product(key),
            Self::File(shop) => shop.records().await.product(key),
            Self::Http(shop) => shop.product(key).await,
        }
    }

    /// All products, in the order of their keys (or the merchant's own).
    pub async fn products(&self, page: &PageRequest) -> Result<Page<Product>, ShopError> {
        match self {
            Self::Demo(shop) => shop.records().products(page),
            Self::File(shop) => shop.records().await.products(page),
            Self::Http(shop) => shop.products(page).await,
        }
    }

    pub async fn customer(&self, key: &CustomerKey) -> Result<Customer, ShopError> {
        match self {
            Self::Demo(shop) => shop.records().customer(key),
            Self::File(shop) => shop.records().await.customer(key),
            Self::Http(shop) => shop.customer(key).await,
        }
    }

    /// The customer's orders, newest first.
    pub async fn orders_of(&self, customer: &CustomerKey, page: &PageRequest) -> Result<Page<Order>, ShopError> {
        match self {
            Self::Demo(shop) => shop.records().orders_of(customer, page),
            Self::File(shop) => shop.records().await.orders_of(customer, page),
            Self::Http(shop) => shop.orders_of(customer, page).await,
        }
    }

    /// An order with its shipments and refunds, whoever it belongs to. Only for callers that act for the shop:
    /// whatever a shopper asked goes through [`Connector::order_of`].
    pub async fn order(&self, key: &OrderKey) -> Result<Order, ShopError> {
        match self {
            Self::Demo(shop) => shop.records().order(key),
            Self::File(shop) => shop.records().await.order(key),
            Self::Http(shop) => shop.order(key).await,
        }
    }

    /// The customer's own order. Another customer's order is `NotFound`, exactly as one that does not exist.
    pub async fn order_of(&self, customer: &CustomerKey, key: &OrderKey) -> Result<Order, ShopError> {
        let order = self.order(key).await?;
        if order.customer == *customer { Ok(order) } else { Err(ShopError::NotFound) }
    }

    /// Every record, where the shop is in memory.
    pub(crate) async fn held(&self) -> Option<Arc<Records>> {
        match self {
            Self::Demo(shop) => Some(shop.records()),
            Self::File(shop) => Some(shop.records().await),
            Self::Http(_) => None,
        }
    }

    /// What is bought together with these products. A shop behind HTTP may not say; then nothing is known.
    pub(crate) async fn bought_with(&self, products: &[ProductKey]) -> Result<Together, ShopError> {
        match (self, self.held().await) {
            (Self::Http(shop), _) => shop.bought_with(products).await,
            (_, Some(records)) => Ok(recommend::in_records(&records, products)),
            (_, None) => Ok(Together::default()),
        }
    }

    pub async fn health(&self) -> Result<Health, ShopError> {
        match self {
            Self::Demo(shop) => Ok(shop.records().health("demo", None)),
            Self::File(shop) => shop.health().await,
            Self::Http(shop) => shop.health().await,
        }
    }
}

fn clip(text: &str) -> &str {
    match text.char_indices().nth(SEARCH_TEXT_CHARS_MAX) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}

#[cfg(test)]
mod tests;
