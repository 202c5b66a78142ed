//! What was done to the orders of a shop whose file is not ours to write: the records that differ from the file's.
//! When the file's own record of an order moves on, the merchant's word counts and ours is dropped.

use std::{collections::BTreeMap, fs, io, path::Path};

use domain::shop::{Customer, CustomerKey, Order, OrderKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::super::{Outage, Records, ShopError, write::Ledger};

const FORM: u32 = 1;
/// A hundred thousand orders worked on are near this; a larger file isn't ours.
const FILE_BYTES_MAX: u64 = 256 * 1024 * 1024;

#[derive(Serialize, Deserialize)]
pub struct Kept {
    form: u32,
    orders: BTreeMap<OrderKey, Changed<Order>>,
    customers: BTreeMap<CustomerKey, Changed<Customer>>,
    ledger: Ledger,
}

#[derive(Serialize, Deserialize)]
struct Changed<T> {
    /// SHA-256 of the file's record it was made from.
    from: String,
    now: T,
}

impl Kept {
    pub fn of(base: &Records, now: &Records) -> Self {
        let orders = now.all_orders().filter_map(|order| {
            let old = base.order(&order.key).ok()?;
            (old != *order).then(|| (order.key.clone(), Changed { from: mark(&old), now: order.clone() }))
        });
        let customers = now.all_customers().filter_map(|customer| {
            let old = base.customer(&customer.key).ok()?;
            (old != *customer).then(|| (customer.key.clone(), Changed { from: mark(&old), now: customer.clone() }))
        });
        Self { form: FORM, orders: orders.collect(), customers: customers.collect(), ledger: now.ledger().clone() }
    }

    /// The file's records with what was done to them.
    pub fn over(self, base: &Records) -> Records {
        let mut records = base.clone().with_ledger(self.ledger);
        for (key, changed) in self.orders {
            if base.order(&key).is_ok_and(|order| mark(&order) == changed.from) {
                records.put_order(changed.now);
            }
        }
        for (key, changed) in self.customers {
            if base.customer(&key).is_ok_and(|customer| mark(&customer) == changed.from) {
                records.put_customer(changed.now);
            }
        }
        records
    }
}

fn mark(record: &impl Serialize) -> String {
    // Records are plain data; were one ever not JSON, its empty mark would match no other.
    hex::encode(Sha256::digest(serde_json::to_vec(record).unwrap_or_default()))
}

/// `None` when nothing was done yet.
pub fn read(file: &Path) -> Result<Option<Kept>, ShopError> {
    let unavailable = |source: io::Error| ShopError::unavailable_because(Outage::Storage, source);
    let bytes = match fs::metadata(file) {
        Ok(found) if found.len() > FILE_BYTES_MAX => return Err(ShopError::bad_answer("what was done: too large")),
        Ok(_) => fs::read(file).map_err(unavailable)?,
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(other) => return Err(unavailable(other)),
    };
    let kept: Kept =
        serde_json::from_slice(&bytes).map_err(|flaw| ShopError::bad_answer(format!("what was done: {flaw}")))?;
    if kept.form != FORM {
        return Err(ShopError::bad_answer(format!("what was done: form {} is not {FORM}", kept.form)));
    }
    Ok(Some(kept))
}

/// Writes beside the file and renames, so that a crash leaves the old state or the new one.
pub fn write(file: &Path, kept: &Kept) -> Result<(), ShopError> {
    write_file(file, kept).map_err(|source| ShopError::unavailable_because(Outage::Storage, source))
}

fn write_file(file: &Path, kept: &Kept) -> io::Result<()> {
    use io::Write as _;
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let beside = file.with_extension("json.new");
    let mut out = fs::File::create(&beside)?;
    out.write_all(&serde_json::to_vec(kept)?)?;
    out.sync_all()?;
    fs::rename(&beside, file)
}
