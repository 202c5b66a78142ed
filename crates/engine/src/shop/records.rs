//! A whole shop held in memory: what the demo and file connectors read from. Cloning is cheap, so a writer
//! changes a copy and swaps it in while readers keep theirs.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, OnceLock},
};

use domain::{
    shop::{Customer, CustomerKey, Order, OrderKey, Product, ProductKey},
    time::Timestamp,
};

use understanding::requests::Wording;

use super::{
    Found, Health, Page, PageRequest, ShopError, WORDED_PRODUCTS_MAX,
    catalogue::Catalogue,
    write::{Entry, Ledger},
};

#[derive(Debug, Clone, Default)]
pub struct Records {
    products: BTreeMap<ProductKey, Arc<Product>>,
    customers: BTreeMap<CustomerKey, Arc<Customer>>,
    orders: BTreeMap<OrderKey, Arc<Order>>,
    /// Newest first.
    orders_by_customer: HashMap<CustomerKey, Vec<(Timestamp, OrderKey)>>,
    catalogue: Arc<Catalogue>,
    /// Worked out when it is first needed.
    wording: Arc<OnceLock<Arc<Wording>>>,
    /// What was carried out, by key.
    ledger: Ledger,
}

impl Records {
    pub fn new(products: Vec<Product>, customers: Vec<Customer>, orders: Vec<Order>) -> Self {
        let catalogue = Arc::new(Catalogue::new(&products));
        let mut orders_by_customer: HashMap<CustomerKey, Vec<(Timestamp, OrderKey)>> = HashMap::new();
        for order in &orders {
            orders_by_customer.entry(order.customer.clone()).or_default().push((order.placed_at, order.key.clone()));
        }
        for own in orders_by_customer.values_mut() {
            own.sort_unstable_by(|a, b| b.cmp(a));
        }
        Self {
            products: products.into_iter().map(|product| (product.key.clone(), Arc::new(product))).collect(),
            customers: customers.into_iter().map(|customer| (customer.key.clone(), Arc::new(customer))).collect(),
            orders: orders.into_iter().map(|order| (order.key.clone(), Arc::new(order))).collect(),
            orders_by_customer,
            catalogue,
            wording: Arc::default(),
            ledger: Ledger::new(),
        }
    }

    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// How the products are said in requests. Names and options don't change while the shop is open.
    pub fn wording(&self) -> Arc<Wording> {
        let products = || self.all_products().take(WORDED_PRODUCTS_MAX).cloned().collect::<Vec<_>>();
        self.wording.get_or_init(|| Arc::new(Wording::of(&products()))).clone()
    }

    pub fn all_products(&self) -> impl Iterator<Item = &Product> {
        self.products.values().map(Arc::as_ref)
    }

    pub fn shared_products(&self) -> impl Iterator<Item = Arc<Product>> {
        self.products.values().cloned()
    }

    pub fn all_customers(&self) -> impl Iterator<Item = &Customer> {
        self.customers.values().map(Arc::as_ref)
    }

    pub fn all_orders(&self) -> impl Iterator<Item = &Order> {
        self.orders.values().map(Arc::as_ref)
    }

    /// Orders from the highest key down: where numbers rise with time, the newest.
    pub fn newest_orders(&self, limit: usize) -> impl Iterator<Item = &Order> {
        self.orders.values().rev().take(limit).map(Arc::as_ref)
    }

    pub fn search(&self, text: &str, limit: usize) -> Vec<Found> {
        let hits = self.catalogue.search(text, limit);
        hits.into_iter()
            .filter_map(|hit| {
                let product = self.products.get(&hit.product)?;
                Some(Found { product: product.as_ref().clone(), score: hit.score })
            })
            .collect()
    }

    pub fn product(&self, key: &ProductKey) -> Result<Product, ShopError> {
        self.products.get(key).map(|product| product.as_ref().clone()).ok_or(ShopError::NotFound)
    }

    pub fn products(&self, page: &PageRequest) -> Result<Page<Product>, ShopError> {
        let after = page.cursor.as_deref().map(ProductKey::from);
        let mut rest = self.products.iter().filter(|(key, _)| after.as_ref().is_none_or(|after| *key > after));
        let items: Vec<Product> =
            rest.by_ref().take(page.size()).map(|(_, product)| product.as_ref().clone()).collect();
        let next = rest.next().and_then(|_| items.last().map(|product| product.key.to_string()));
        Ok(Page { items, next })
    }

    pub fn customer(&self, key: &CustomerKey) -> Result<Customer, ShopError> {
        self.customers.get(key).map(|customer| customer.as_ref().clone()).ok_or(ShopError::NotFound)
    }

    pub fn orders_of(&self, customer: &CustomerKey, page: &PageRequest) -> Result<Page<Order>, ShopError> {
        if !self.customers.contains_key(customer) {
            return Err(ShopError::NotFound);
        }
        let own = self.orders_by_customer.get(customer).map(Vec::as_slice).unwrap_or_default();
        let start = match &page.cursor {
            None => 0,
            Some(cursor) => {
                let at = own.iter().position(|(_, key)| key.as_str() == cursor).ok_or(ShopError::NotFound)?;
                at + 1
            }
        };
        let shown = &own[start..own.len().min(start + page.size())];
        let items: Vec<Order> =
            shown.iter().filter_map(|(_, key)| self.orders.get(key)).map(|order| order.as_ref().clone()).collect();
        let has_more = start + shown.len() < own.len();
        Ok(Page { items, next: shown.last().filter(|_| has_more).map(|(_, key)| key.to_string()) })
    }

    pub fn order(&self, key: &OrderKey) -> Result<Order, ShopError> {
        self.orders.get(key).map(|order| order.as_ref().clone()).ok_or(ShopError::NotFound)
    }

    pub(super) fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    pub(super) fn with_ledger(self, ledger: Ledger) -> Self {
        Self { ledger, ..self }
    }

    pub(super) fn keep(&mut self, key: &str, entry: Entry) {
        self.ledger.insert(key.to_owned(), Arc::new(entry));
    }

    pub(super) fn put_customer(&mut self, customer: Customer) {
        self.customers.insert(customer.key.clone(), Arc::new(customer));
    }

    pub(super) fn put_product(&mut self, product: Product) {
        self.products.insert(product.key.clone(), Arc::new(product));
    }

    pub(super) fn put_order(&mut self, order: Order) {
        let own = self.orders_by_customer.entry(order.customer.clone()).or_default();
        own.retain(|(_, key)| *key != order.key);
        own.push((order.placed_at, order.key.clone()));
        own.sort_unstable_by(|a, b| b.cmp(a));
        self.orders.insert(order.key.clone(), Arc::new(order));
    }

    pub(super) fn health(&self, connector: &'static str, warning: Option<String>) -> Health {
        Health {
            connector,
            products: Some(self.products.len()),
            customers: Some(self.customers.len()),
            orders: Some(self.orders.len()),
            warning,
        }
    }
}
