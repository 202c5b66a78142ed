//! 「山岚生活 / Shanlan Living」: an invented shop that looks lived in, for trying the desk and for tests.
//! Not for real goods: it has no payment and ships nothing.

mod checkout;
pub mod content;
mod invention;
mod orders;
mod parcels;
mod people;
mod places;
mod snapshot;
mod stories;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use domain::{shop::OrderKey, time::Timestamp};
use rand::{SeedableRng, rngs::StdRng};

pub use self::{
    checkout::{CART_LINES_MAX, CartLine, QUANTITY_MAX},
    content::{Category, ContentError, picture},
    orders::{CLOSES_AFTER_MS, FAR_SHIPPING, PAYMENT_METHODS, SHIP_WITHIN_MS, SHIPPING, ShippingRate},
    parcels::STUCK_AFTER_MS,
    stories::*,
};
use self::{invention::Maker, snapshot::Snapshot};
use super::{
    Outage, Records, ShopError,
    write::{self, Done, Errand},
};

/// Customers in all, the named ones included.
pub const CUSTOMERS: usize = 300;

/// The shop of the demo. Reads see a consistent state; writes are one at a time and on disk before they show.
pub struct DemoShop {
    records: RwLock<Arc<Records>>,
    categories: Vec<Category>,
    name: domain::language::Bilingual,
    file: Option<PathBuf>,
    /// When the demo's dates were made.
    began_at: Timestamp,
    seed: u64,
    writing: tokio::sync::Mutex<()>,
}

impl DemoShop {
    /// A shop that is forgotten when the process ends.
    pub fn in_memory(seed: u64, now: Timestamp) -> Result<Self, ShopError> {
        Self::new(seed, now, None)
    }

    /// A shop kept in `shop-demo.json` below `folder`. An existing file is continued, with its own seed and
    /// dates; delete it to begin afresh.
    pub fn open(folder: &Path, seed: u64, now: Timestamp) -> Result<Self, ShopError> {
        let file = folder.join(snapshot::FILE_NAME);
        match snapshot::read(&file)? {
            Some(kept) => Self::resume(kept, file, now),
            None => {
                let shop = Self::new(seed, now, Some(file.clone()))?;
                snapshot::write(&file, &Snapshot::of(&shop.records(), seed, now))?;
                Ok(shop)
            }
        }
    }

    fn new(seed: u64, now: Timestamp, file: Option<PathBuf>) -> Result<Self, ShopError> {
        let content = load(now)?;
        let records = generate(&content, seed, now);
        Ok(Self::with(records, content, file, now, seed))
    }

    fn resume(kept: Snapshot, file: PathBuf, now: Timestamp) -> Result<Self, ShopError> {
        let mut content = load(kept.began_at)?;
        let (seed, began_at) = (kept.seed, kept.began_at);
        let records = kept.into_records(&mut content.products, now);
        Ok(Self::with(records, content, Some(file), began_at, seed))
    }

    fn with(
        records: Records,
        content: content::Content,
        file: Option<PathBuf>,
        began_at: Timestamp,
        seed: u64,
    ) -> Self {
        Self {
            records: RwLock::new(Arc::new(records)),
            categories: content.categories,
            name: content.shop_name,
            file,
            began_at,
            seed,
            writing: tokio::sync::Mutex::new(()),
        }
    }

    /// The shop as it is now; later writes don't show in it.
    pub fn records(&self) -> Arc<Records> {
        self.records.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn name(&self) -> &domain::language::Bilingual {
        &self.name
    }

    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    pub const fn began_at(&self) -> Timestamp {
        self.began_at
    }

    /// The number of a story's order in this demo, such as that of [`LIN_STUCK`].
    pub fn order_key(&self, told: &DemoOrder) -> Option<OrderKey> {
        told.key_in(self.records().all_orders())
    }

    pub(super) async fn carry_out(&self, errand: &Errand<'_>) -> Result<Done, ShopError> {
        self.change(|records| write::carry_out(records, errand, true)).await
    }

    pub(super) async fn undo(&self, key: &str) -> Result<(), ShopError> {
        self.change(|records| write::undo(records, key)).await
    }

    /// Runs one change on a copy, keeps the copy on disk, then shows it. A change that can't be kept is not made.
    async fn change<T>(&self, make: impl FnOnce(&mut Records) -> Result<T, ShopError>) -> Result<T, ShopError> {
        let _one_at_a_time = self.writing.lock().await;
        let mut next = self.records().as_ref().clone();
        let made = make(&mut next)?;
        let next = Arc::new(next);
        if let Some(file) = self.file.clone() {
            let (kept, seed, began_at) = (next.clone(), self.seed, self.began_at);
            let write = move || snapshot::write(&file, &Snapshot::of(&kept, seed, began_at));
            tokio::task::spawn_blocking(write)
                .await
                .map_err(|stopped| ShopError::unavailable_because(Outage::Storage, stopped))??;
        }
        *self.records.write().unwrap_or_else(PoisonError::into_inner) = next;
        Ok(made)
    }
}

fn load(now: Timestamp) -> Result<content::Content, ShopError> {
    content::load(now).map_err(|broken| ShopError::unavailable_because(Outage::Storage, broken))
}

fn generate(content: &content::Content, seed: u64, now: Timestamp) -> Records {
    let mut rng = StdRng::seed_from_u64(seed);
    let named = stories::customers(now);
    let others = people::customers(&mut rng, CUSTOMERS - named.len(), now);
    let mut maker = Maker { rng, products: &content.products, now, parcels_made: 0 };
    let mut orders = stories::orders(&mut maker, &named);
    let invented = invention::orders(&mut maker, &others, &orders);
    orders.extend(invented);
    let customers = named.into_iter().chain(others).collect();
    Records::new(content.products.clone(), customers, orders)
}

#[cfg(test)]
mod tests;
