//! A shop behind the small REST contract of docs/connector-http.openapi.yaml. Everything it answers is checked
//! before the desk believes it; it is never followed elsewhere and never waited for long.

mod act;
pub mod address;
mod answer;
pub mod signature;

use std::{sync::Arc, time::Duration};

use domain::shop::{Customer, CustomerKey, Order, OrderKey, Product, ProductKey};
use reqwest::{Client, StatusCode, redirect};
use serde::{Deserialize, de::DeserializeOwned};
use tokio::time::Instant;
use understanding::requests::Wording;
use url::{Host, Url};

use self::address::{AddressRefused, CheckedResolver, is_public};
use super::{Catalogue, Found, Health, Outage, Page, PageRequest, ShopError, check, page::PAGE_SIZE_MAX};
use crate::{clock::Clock, recommend::Together};

/// A shopper is waiting; a shop that takes longer is treated as down.
pub const TIMEOUT: Duration = Duration::from_secs(5);
/// One page of a hundred full products fits several times.
pub const ANSWER_BYTES_MAX: usize = 4 * 1024 * 1024;
/// A second try helps against a restart or a dropped connection; a third only adds load.
const TRIES: usize = 2;
/// Before the second try.
const RETRY_AFTER: Duration = Duration::from_millis(150);
/// Products held to recognise names in messages; larger catalogues are searched at the shop only.
const CATALOGUE_PRODUCTS_MAX: usize = 2_000;
/// Names change rarely.
const CATALOGUE_AGE_MAX: Duration = Duration::from_secs(600);
const CURSOR_CHARS_MAX: usize = 512;
/// Products whose company is asked for: the one in view and the last few bought; each is a request.
const TOGETHER_ASKED_MAX: usize = 3;

/// How to reach a merchant's shop.
#[derive(Clone)]
pub struct HttpShopConfig {
    /// Such as `https://shop.example/tandem`; the contract's paths are appended.
    pub base_url: Url,
    /// Shared with the merchant, at least [`signature::SECRET_BYTES_MIN`] bytes.
    pub secret: String,
    pub timeout: Duration,
    /// For a shop in the desk's own network. Also allows plain `http`.
    pub allows_private_addresses: bool,
}

impl HttpShopConfig {
    pub fn new(base_url: Url, secret: impl Into<String>) -> Self {
        Self { base_url, secret: secret.into(), timeout: TIMEOUT, allows_private_addresses: false }
    }
}

/// Why a configuration can't be used.
#[derive(Debug, thiserror::Error)]
pub enum HttpShopConfigError {
    #[error("the shop's URL must be https, without user, query or fragment")]
    Url,
    #[error("the shop's secret must have at least {min} bytes", min = signature::SECRET_BYTES_MIN)]
    Secret,
    #[error(transparent)]
    Address(#[from] AddressRefused),
    #[error("the HTTP client could not be made")]
    Client(#[source] reqwest::Error),
}

pub struct HttpShop {
    base_url: Url,
    secret: String,
    client: Client,
    clock: Clock,
    names: tokio::sync::Mutex<Option<(Instant, Names)>>,
}

/// How the shop's products are called.
#[derive(Clone)]
struct Names {
    catalogue: Arc<Catalogue>,
    wording: Arc<Wording>,
}

#[derive(Deserialize)]
struct TogetherAnswer {
    product: ProductKey,
    /// Orders with both.
    orders: u32,
}

#[derive(Deserialize)]
struct HealthAnswer {
    #[serde(default)]
    warning: Option<String>,
}

impl HttpShop {
    /// Makes no request. A process-wide TLS provider must be installed before, as the `tandem` binary does.
    pub fn new(config: HttpShopConfig, clock: Clock) -> Result<Self, HttpShopConfigError> {
        let url = &config.base_url;
        let is_plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
        let is_scheme_ok = url.scheme() == "https" || (url.scheme() == "http" && config.allows_private_addresses);
        if !is_plain || !is_scheme_ok || url.fragment().is_some() {
            return Err(HttpShopConfigError::Url);
        }
        if config.secret.len() < signature::SECRET_BYTES_MIN {
            return Err(HttpShopConfigError::Secret);
        }
        // A literal address is called without being resolved, so the resolver would never see it.
        let literal = match url.host() {
            Some(Host::Ipv4(address)) => Some(address.into()),
            Some(Host::Ipv6(address)) => Some(address.into()),
            _ => None,
        };
        if !config.allows_private_addresses && literal.is_some_and(|address| !is_public(address)) {
            return Err(AddressRefused.into());
        }
        let client = Client::builder()
            .timeout(config.timeout)
            .redirect(redirect::Policy::none())
            // A proxy would resolve the name itself, past the check.
            .no_proxy()
            .dns_resolver(CheckedResolver { allows_private: config.allows_private_addresses }.shared())
            .user_agent(concat!("tandem/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(HttpShopConfigError::Client)?;
        let names = tokio::sync::Mutex::new(None);
        Ok(Self { base_url: config.base_url, secret: config.secret, client, clock, names })
    }

    pub(super) async fn search_products(&self, text: &str, limit: usize) -> Result<Vec<Found>, ShopError> {
        let limit = limit.clamp(1, PAGE_SIZE_MAX);
        let page = self.products_page(&[("text", text), ("limit", &limit.to_string())]).await?;
        let ranked = Catalogue::new(&page.items).search(text, page.items.len());
        // The shop's own order decides; the score says how much of the question the product explains.
        let score =
            |product: &Product| ranked.iter().find(|hit| hit.product == product.key).map_or(0.0, |hit| hit.score);
        Ok(page.items.into_iter().take(limit).map(|product| Found { score: score(&product), product }).collect())
    }

    pub(super) async fn catalogue(&self) -> Result<Arc<Catalogue>, ShopError> {
        Ok(self.names().await?.catalogue)
    }

    pub(super) async fn wording(&self) -> Result<Arc<Wording>, ShopError> {
        Ok(self.names().await?.wording)
    }

    /// The names of all products, fetched at most every ten minutes.
    async fn names(&self) -> Result<Names, ShopError> {
        let mut held = self.names.lock().await;
        if let Some((at, names)) = held.as_ref()
            && at.elapsed() < CATALOGUE_AGE_MAX
        {
            return Ok(names.clone());
        }
        match (self.fetch_names().await, held.as_ref()) {
            (Ok(names), _) => {
                *held = Some((Instant::now(), names.clone()));
                Ok(names)
            }
            // Old names are better than none while the shop is down.
            (Err(failure), Some((_, old))) if failure.is_passing() => Ok(old.clone()),
            (Err(failure), _) => Err(failure),
        }
    }

    async fn fetch_names(&self) -> Result<Names, ShopError> {
        let mut products = Vec::new();
        let mut request = PageRequest::first(PAGE_SIZE_MAX);
        while products.len() < CATALOGUE_PRODUCTS_MAX {
            let page = self.products(&request).await?;
            products.extend(page.items);
            match page.next {
                Some(next) if Some(&next) != request.cursor.as_ref() => request.cursor = Some(next),
                _ => break,
            }
        }
        products.truncate(CATALOGUE_PRODUCTS_MAX);
        // Long enough to hold other turns up.
        let work_out =
            move || Names { catalogue: Arc::new(Catalogue::new(&products)), wording: Arc::new(Wording::of(&products)) };
        tokio::task::spawn_blocking(work_out).await.map_err(|_| ShopError::bad_answer("the catalogue can't be read"))
    }

    pub(super) async fn product(&self, key: &ProductKey) -> Result<Product, ShopError> {
        let product: Product = self.get(&["products", key.as_str()], &[]).await?;
        checked("product", check::product(&product))?;
        same("product.key", product.key == *key)?;
        Ok(product)
    }

    pub(super) async fn products(&self, request: &PageRequest) -> Result<Page<Product>, ShopError> {
        self.products_page(&page_query(request, &request.size().to_string())).await
    }

    async fn products_page(&self, query: &[(&str, &str)]) -> Result<Page<Product>, ShopError> {
        let page = self.page(&["products"], query).await?;
        page.items.iter().try_for_each(|product| checked("products", check::product(product)))?;
        Ok(page)
    }

    pub(super) async fn customer(&self, key: &CustomerKey) -> Result<Customer, ShopError> {
        let customer: Customer = self.get(&["customers", key.as_str()], &[]).await?;
        checked("customer", check::customer(&customer))?;
        same("customer.key", customer.key == *key)?;
        Ok(customer)
    }

    pub(super) async fn orders_of(&self, key: &CustomerKey, request: &PageRequest) -> Result<Page<Order>, ShopError> {
        let limit = request.size().to_string();
        let path = ["customers", key.as_str(), "orders"];
        let page: Page<Order> = self.page(&path, &page_query(request, &limit)).await?;
        for order in &page.items {
            checked("orders", check::order(order))?;
            same("orders.customer", order.customer == *key)?;
        }
        Ok(page)
    }

    pub(super) async fn order(&self, key: &OrderKey) -> Result<Order, ShopError> {
        let order: Order = self.get(&["orders", key.as_str()], &[]).await?;
        checked("order", check::order(&order))?;
        same("order.key", order.key == *key)?;
        Ok(order)
    }

    /// `GET /products/{key}/together`, which a shop needn't have: without it nothing is known.
    pub(super) async fn bought_with(&self, products: &[ProductKey]) -> Result<Together, ShopError> {
        let mut together = Together::default();
        for key in products.iter().take(TOGETHER_ASKED_MAX) {
            let page: Page<TogetherAnswer> = match self.page(&["products", key.as_str(), "together"], &[]).await {
                Ok(page) => page,
                // Nobody can recommend worse for knowing less.
                Err(_) => return Ok(together),
            };
            let with = page.items.into_iter().map(|item| (item.product, item.orders)).collect();
            together.with.insert(key.clone(), with);
        }
        Ok(together)
    }

    pub(super) async fn health(&self) -> Result<Health, ShopError> {
        const WARNING_CHARS_MAX: usize = 500;
        let answer: HealthAnswer = self.get(&["health"], &[]).await?;
        let warning = answer.warning.map(|warning| warning.chars().take(WARNING_CHARS_MAX).collect());
        Ok(Health { connector: "http", products: None, customers: None, orders: None, warning })
    }

    async fn page<T: DeserializeOwned>(&self, path: &[&str], query: &[(&str, &str)]) -> Result<Page<T>, ShopError> {
        let page: Page<T> = self.get(path, query).await?;
        if page.items.len() > PAGE_SIZE_MAX {
            return Err(ShopError::bad_answer(format!("more than {PAGE_SIZE_MAX} items in a page")));
        }
        if page.next.as_ref().is_some_and(|next| next.chars().count() > CURSOR_CHARS_MAX) {
            return Err(ShopError::bad_answer("the cursor is too long"));
        }
        Ok(page)
    }

    /// A signed GET, tried again once when the shop was not reached or broke down.
    async fn get<T: DeserializeOwned>(&self, path: &[&str], query: &[(&str, &str)]) -> Result<T, ShopError> {
        let url = self.url(path, query)?;
        let mut tries = 1;
        loop {
            match self.get_once(&url).await {
                Err(failure) if tries < TRIES && is_worth_retrying(&failure) => {
                    tries += 1;
                    tokio::time::sleep(RETRY_AFTER).await;
                }
                Err(failure) => return Err(failure),
                Ok(body) => {
                    return serde_json::from_slice(&body).map_err(|flaw| ShopError::bad_answer(flaw.to_string()));
                }
            }
        }
    }

    async fn get_once(&self, url: &Url) -> Result<Vec<u8>, ShopError> {
        let path_and_query = &url[url::Position::BeforePath..];
        let signed = signature::sign(self.secret.as_bytes(), self.clock.now(), "GET", path_and_query, b"");
        let request =
            self.client.get(url.clone()).header(signature::HEADER, signed).header("Accept", "application/json");
        let response = request.send().await.map_err(answer::failure)?;
        answer::check_status(response.status())?;
        answer::body(response, ANSWER_BYTES_MAX).await
    }

    fn url(&self, path: &[&str], query: &[(&str, &str)]) -> Result<Url, ShopError> {
        // A segment of dots would be folded away and lead to another resource.
        if path.iter().any(|part| part.is_empty() || *part == "." || *part == "..") {
            return Err(ShopError::NotFound);
        }
        let mut url = self.base_url.clone();
        url.path_segments_mut().map_err(|()| ShopError::unavailable(Outage::Address))?.pop_if_empty().extend(path);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Ok(url)
    }
}

fn page_query<'a>(request: &'a PageRequest, limit: &'a str) -> Vec<(&'static str, &'a str)> {
    let cursor = request.cursor.as_deref().map(|cursor| ("cursor", cursor));
    std::iter::once(("limit", limit)).chain(cursor).collect()
}

fn is_worth_retrying(failure: &ShopError) -> bool {
    match failure {
        ShopError::Unavailable { outage: Outage::Connect, .. } => true,
        ShopError::Unavailable { outage: Outage::Status(status), .. } => {
            StatusCode::from_u16(*status).is_ok_and(|status| status.is_server_error())
        }
        _ => false,
    }
}

fn checked(what: &str, result: Result<(), check::Flaw>) -> Result<(), ShopError> {
    result.map_err(|flaw| ShopError::bad_answer(format!("{what}: {flaw}")))
}

fn same(what: &str, is_same: bool) -> Result<(), ShopError> {
    if is_same { Ok(()) } else { Err(ShopError::bad_answer(format!("{what}: another one than asked for"))) }
}

#[cfg(test)]
mod tests;
