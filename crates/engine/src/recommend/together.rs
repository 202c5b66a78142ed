//! What is bought together: how many orders hold both, from all orders where the shop's records are at hand, else from
//! the shop's own answer.

use std::collections::HashMap;

use domain::shop::{Order, OrderState, ProductKey};

use crate::shop::Records;

/// Orders looked through, so that the largest file shop answers within milliseconds.
const ORDERS_MAX: usize = 50_000;

/// In how many orders each product stands, and in how many together with one of the anchors.
#[derive(Debug, Clone, Default)]
pub struct Together {
    pub with: HashMap<ProductKey, HashMap<ProductKey, u32>>,
    pub sold: HashMap<ProductKey, u32>,
}

impl Together {
    /// The anchor this product is most often bought with, and in how many orders.
    pub fn strongest(&self, product: &ProductKey) -> Option<(&ProductKey, u32)> {
        let count = |with: &HashMap<ProductKey, u32>| with.get(product).copied().unwrap_or_default();
        let best = self.with.iter().map(|(anchor, with)| (anchor, count(with))).filter(|(_, count)| *count > 0);
        best.max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)))
    }
}

/// An order that says something about taste: nobody cancelled it.
pub fn counts(order: &Order) -> bool {
    !matches!(order.state, OrderState::Cancelled | OrderState::Unpaid)
}

pub fn in_records(records: &Records, anchors: &[ProductKey]) -> Together {
    let mut together = Together::default();
    // The newest orders have the highest keys in most shops; the oldest tell least about today.
    for order in records.newest_orders(ORDERS_MAX).filter(|order| counts(order)) {
        let mut products: Vec<&ProductKey> = order.lines.iter().map(|line| &line.product).collect();
        products.sort_unstable();
        products.dedup();
        for product in &products {
            *together.sold.entry((*product).clone()).or_default() += 1;
        }
        for anchor in products.iter().filter(|product| anchors.contains(product)) {
            for other in products.iter().filter(|product| *product != anchor) {
                let with = together.with.entry((*anchor).clone()).or_default();
                *with.entry((*other).clone()).or_default() += 1;
            }
        }
    }
    together
}
