//! The demo shop on disk: one JSON file, replaced as a whole. Products come from the program's content, so an
//! upgrade shows its new texts; only their stock is kept.

use std::{collections::BTreeMap, fs, io, path::Path};

use domain::{
    shop::{Customer, Order, Product, VariantKey},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

use super::{
    super::{Outage, Records, ShopError, write::Ledger},
    checkout,
};

pub const FILE_NAME: &str = "shop-demo.json";
const FORM: u32 = 1;
/// A demo that took a hundred thousand orders would be near this; a larger file isn't ours.
const FILE_BYTES_MAX: u64 = 256 * 1024 * 1024;

#[derive(Serialize, Deserialize)]
pub struct Snapshot {
    form: u32,
    pub seed: u64,
    pub began_at: Timestamp,
    stock: BTreeMap<VariantKey, i64>,
    customers: Vec<Customer>,
    orders: Vec<Order>,
    #[serde(default)]
    ledger: Ledger,
}

impl Snapshot {
    pub fn of(records: &Records, seed: u64, began_at: Timestamp) -> Self {
        let variants = records.all_products().flat_map(|product| &product.variants);
        Self {
            form: FORM,
            seed,
            began_at,
            stock: variants.map(|variant| (variant.key.clone(), variant.stock)).collect(),
            customers: records.all_customers().cloned().collect(),
            orders: records.all_orders().cloned().collect(),
            ledger: records.ledger().clone(),
        }
    }

    /// The shop as it was kept, with the orders closed whose time to pay has passed meanwhile.
    pub fn into_records(self, products: &mut [Product], now: Timestamp) -> Records {
        for variant in products.iter_mut().flat_map(|product| &mut product.variants) {
            if let Some(stock) = self.stock.get(&variant.key) {
                variant.stock = *stock;
            }
        }
        let mut records = Records::new(products.to_vec(), self.customers, self.orders).with_ledger(self.ledger);
        checkout::close_overdue(&mut records, now);
        records
    }
}

/// `None` when there is no file yet.
pub fn read(file: &Path) -> Result<Option<Snapshot>, ShopError> {
    let unavailable = |source: io::Error| ShopError::unavailable_because(Outage::Storage, source);
    let bytes = match fs::metadata(file) {
        Ok(found) if found.len() > FILE_BYTES_MAX => return Err(ShopError::bad_answer("shop-demo.json: too large")),
        Ok(_) => fs::read(file).map_err(unavailable)?,
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(other) => return Err(unavailable(other)),
    };
    let kept: Snapshot =
        serde_json::from_slice(&bytes).map_err(|flaw| ShopError::bad_answer(format!("shop-demo.json: {flaw}")))?;
    if kept.form != FORM {
        return Err(ShopError::bad_answer(format!("shop-demo.json: form {} is not {FORM}", kept.form)));
    }
    Ok(Some(kept))
}

/// Writes beside the file and renames, so that a crash leaves the old state or the new one.
pub fn write(file: &Path, snapshot: &Snapshot) -> Result<(), ShopError> {
    write_file(file, snapshot).map_err(|source| ShopError::unavailable_because(Outage::Storage, source))
}

fn write_file(file: &Path, snapshot: &Snapshot) -> io::Result<()> {
    use io::Write as _;
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let beside = file.with_extension("json.new");
    let mut out = fs::File::create(&beside)?;
    out.write_all(&serde_json::to_vec(snapshot)?)?;
    out.sync_all()?;
    fs::rename(&beside, file)
}
