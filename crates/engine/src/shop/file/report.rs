//! What an import took over and what it left out, for the merchant to read.

use std::collections::HashSet;

use domain::shop::{Customer, Order, Product};
use serde::Serialize;

use super::{
    super::{Records, ShopError, check},
    RECORDS_MAX,
};

/// Rejected rows that are listed one by one; the rest is a number. Nobody mends more than this by hand.
pub const REJECTED_SHOWN_MAX: usize = 100;

/// A row that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rejected {
    /// The file or list it stood in, such as `orders.csv` or `orders`.
    pub source: String,
    /// Its line in a table (the header is 1), or its place in a list (the first is 1).
    pub row: usize,
    pub key: Option<String>,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ImportReport {
    pub products: usize,
    pub customers: usize,
    pub orders: usize,
    /// The first [`REJECTED_SHOWN_MAX`] rows left out.
    pub rejected: Vec<Rejected>,
    pub rejected_total: usize,
}

impl ImportReport {
    pub fn warning(&self) -> Option<String> {
        let first = self.rejected.first()?;
        let Rejected { source, row, reason, .. } = first;
        Some(format!("{} rows rejected; the first: {source} row {row}: {reason}", self.rejected_total))
    }
}

/// Collects checked records; what fails a check goes to the report.
#[derive(Default)]
pub struct Intake {
    pub products: Vec<Product>,
    pub customers: Vec<Customer>,
    orders: Vec<(usize, String, Order)>,
    keys: HashSet<(u8, String)>,
    report: ImportReport,
}

impl Intake {
    pub fn reject(&mut self, source: &str, row: usize, key: Option<&str>, reason: impl Into<String>) {
        self.report.rejected_total += 1;
        if self.report.rejected.len() < REJECTED_SHOWN_MAX {
            let (source, key) = (source.to_owned(), key.map(str::to_owned));
            self.report.rejected.push(Rejected { source, row, key, reason: reason.into() });
        }
    }

    pub fn product(&mut self, source: &str, row: usize, product: Product) {
        let flaw = check::product(&product).err().map(|flaw| flaw.to_string());
        if self.is_welcome(source, row, product.key.as_str(), 0, flaw) {
            self.products.push(product);
        }
    }

    pub fn customer(&mut self, source: &str, row: usize, customer: Customer) {
        let flaw = check::customer(&customer).err().map(|flaw| flaw.to_string());
        if self.is_welcome(source, row, customer.key.as_str(), 1, flaw) {
            self.customers.push(customer);
        }
    }

    pub fn order(&mut self, source: &str, row: usize, mut order: Order) {
        // Exports list the newest scan first as often as the oldest; the order of time is not in doubt.
        for shipment in &mut order.shipments {
            shipment.scans.sort_by_key(|scan| scan.at);
        }
        let flaw = check::order(&order).err().map(|flaw| flaw.to_string());
        if self.is_welcome(source, row, order.key.as_str(), 2, flaw) {
            self.orders.push((row, source.to_owned(), order));
        }
    }

    fn is_welcome(&mut self, source: &str, row: usize, key: &str, kind: u8, flaw: Option<String>) -> bool {
        let reason = match flaw {
            Some(flaw) => flaw,
            None if !self.keys.insert((kind, key.to_owned())) => "key: given twice".to_owned(),
            None => return true,
        };
        self.reject(source, row, Some(key), reason);
        false
    }

    /// Leaves out the orders of customers that aren't there. Products may be gone from the catalogue while
    /// their orders remain.
    pub fn finish(mut self) -> Result<(Records, ImportReport), ShopError> {
        if self.products.len().max(self.customers.len()).max(self.orders.len()) > RECORDS_MAX {
            return Err(ShopError::bad_answer(format!("more than {RECORDS_MAX} records of one kind")));
        }
        let mut orders = Vec::with_capacity(self.orders.len());
        for (row, source, order) in std::mem::take(&mut self.orders) {
            if self.keys.contains(&(1, order.customer.to_string())) {
                orders.push(order);
            } else {
                self.reject(&source, row, Some(order.key.as_str()), "customer: unknown");
            }
        }
        let report = ImportReport {
            products: self.products.len(),
            customers: self.customers.len(),
            orders: orders.len(),
            ..self.report
        };
        Ok((Records::new(self.products, self.customers, orders), report))
    }
}
