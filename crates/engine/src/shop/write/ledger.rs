//! What was carried out under which key, and what it takes to undo it.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    action::Action,
    shop::{Address, Customer, Order, PaymentKey, VariantKey},
};
use serde::{Deserialize, Serialize};

use super::{
    super::{Records, ShopError},
    Done, Errand, stock,
};

pub type Ledger = BTreeMap<String, Arc<Entry>>;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    action: Action,
    done: Done,
    /// The order before and after; none for actions without one.
    #[serde(default)]
    order: Option<Box<(Order, Order)>>,
    /// Addresses before and after, when the action changed them.
    #[serde(default)]
    addresses: Option<(Vec<Address>, Vec<Address>)>,
    #[serde(default)]
    customer: Option<domain::shop::CustomerKey>,
    /// By how much gift cards moved, in the smallest unit.
    #[serde(default)]
    balances: Vec<(PaymentKey, i64)>,
    #[serde(default)]
    stock: Vec<(VariantKey, i64)>,
    #[serde(default)]
    is_undone: bool,
}

type Parts = (Option<Order>, Option<Customer>);

impl Entry {
    pub fn new(errand: &Errand<'_>, done: Done, before: Parts, after: Parts, stock: Vec<(VariantKey, i64)>) -> Self {
        let (addresses, balances) = match (&before.1, &after.1) {
            (Some(before), Some(after)) => (
                (before.addresses != after.addresses).then(|| (before.addresses.clone(), after.addresses.clone())),
                moved(before, after),
            ),
            _ => (None, Vec::new()),
        };
        Self {
            action: errand.action.clone(),
            done,
            order: before.0.zip(after.0).map(Box::new),
            addresses,
            customer: after.1.map(|customer| customer.key),
            balances,
            stock,
            is_undone: false,
        }
    }

    /// The same wish again has the same answer; another wish under the same key is a mistake.
    pub fn answer(&self, action: &Action) -> Result<Done, ShopError> {
        match () {
            () if self.action != *action => Err(ShopError::refused("key_reused")),
            () if self.is_undone => Err(ShopError::refused("undone")),
            () => Ok(self.done.clone()),
        }
    }
}

fn moved(before: &Customer, after: &Customer) -> Vec<(PaymentKey, i64)> {
    let balance = |customer: &Customer, key: &PaymentKey| {
        customer.payment_method(key).and_then(|method| method.balance.as_ref()).map_or(0, |balance| balance.minor)
    };
    let all = after.payment_methods.iter().map(|method| &method.key);
    all.map(|key| (key.clone(), balance(after, key) - balance(before, key))).filter(|(_, by)| *by != 0).collect()
}

/// Takes an entry back: the order as it was, money and goods where they came from.
pub fn undo(records: &mut Records, key: &str) -> Result<(), ShopError> {
    let entry = records.ledger().get(key).cloned().ok_or(ShopError::NotFound)?;
    if entry.is_undone {
        return Ok(());
    }
    if let Some(both) = &entry.order {
        let (before, after) = both.as_ref();
        if records.order(&after.key)? != *after {
            return Err(ShopError::refused("changed_since"));
        }
        records.put_order(before.clone());
    }
    if let Some(key) = &entry.customer {
        let mut customer = records.customer(key)?;
        if let Some((before, after)) = &entry.addresses {
            if customer.addresses != *after {
                return Err(ShopError::refused("changed_since"));
            }
            customer.addresses.clone_from(before);
        }
        for (method, by) in &entry.balances {
            let methods = customer.payment_methods.iter_mut();
            for balance in methods.filter(|own| own.key == *method).filter_map(|own| own.balance.as_mut()) {
                if balance.minor < *by {
                    return Err(ShopError::refused("changed_since"));
                }
                balance.minor -= by;
            }
        }
        records.put_customer(customer);
    }
    for (variant, by) in &entry.stock {
        stock::shift(records, variant, -by);
    }
    records.keep(key, Entry { is_undone: true, ..entry.as_ref().clone() });
    Ok(())
}
