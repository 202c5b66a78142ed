//! Which products to recommend to a shopper, and why: their need in words, the catalogue, what is bought together and
//! what they bought before. Every reason is a fact of the shop's records; what is sold out or off sale is never named.

mod candidates;
mod compare;
mod measures;
mod need;
mod rank;
mod reasons;
mod together;
mod words;

use domain::{
    language::Bilingual,
    shop::{CustomerKey, Product, ProductKey, Variant},
};
use serde::Serialize;

pub use compare::{Comparison, Row, compare};
pub use need::{Budget, Need, main_units};
pub(crate) use together::{Together, in_records};

use crate::shop::{Connector, PageRequest, ShopError};

/// More than three are a list, not a recommendation.
pub const PICKS: usize = 3;
/// Orders of the shopper that say something about their taste.
const HISTORY_ORDERS: usize = 20;

/// A product worth looking at, the variant that fits best, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pick {
    pub product: Product,
    pub variant: Variant,
    /// One sentence without its full stop.
    pub why: Bilingual,
    /// What the reasons rest on, word for word as in the shop's records.
    pub evidence: Vec<String>,
    pub score: f64,
}

/// Asked when the need is too open to recommend anything honestly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    pub text: Bilingual,
    pub replies: Vec<Bilingual>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "advice", rename_all = "snake_case")]
pub enum Advice {
    Picks {
        picks: Vec<Pick>,
    },
    Ask {
        question: Question,
    },
    /// Nothing fits; `nearest` misses only the budget.
    Nothing {
        nearest: Option<Box<Pick>>,
    },
}

/// What a shopper bought before.
#[derive(Debug, Clone, Default)]
pub(crate) struct History {
    pub bought: Vec<ProductKey>,
    pub products: Vec<Product>,
}

/// Recommends from the shop behind `connector`; `customer` only when the shop has vouched for them.
pub async fn recommend(
    connector: &Connector,
    customer: Option<&CustomerKey>,
    need: &Need,
) -> Result<Advice, ShopError> {
    let pool = candidates::gather(connector, need).await?;
    if !need.has_been_asked
        && let Some(question) = need.question(&pool)
    {
        return Ok(Advice::Ask { question });
    }
    let history = history(connector, customer).await;
    let anchors: Vec<ProductKey> =
        pool.anchor.iter().map(|product| product.key.clone()).chain(history.bought.clone()).collect();
    let together = connector.bought_with(&anchors).await?;
    let ranked = rank::rank(&pool, need, &history, &together);
    if ranked.fitting.is_empty() {
        let nearest = ranked.nearest.map(|entry| Box::new(reasons::explain(&entry, &pool, need, &history, &together)));
        return Ok(Advice::Nothing { nearest });
    }
    let best = ranked.fitting.iter().take(PICKS);
    let picks = best.map(|entry| reasons::explain(entry, &pool, need, &history, &together)).collect();
    Ok(Advice::Picks { picks })
}

/// Without it the recommendation is only less personal, so a failure is no failure.
async fn history(connector: &Connector, customer: Option<&CustomerKey>) -> History {
    let Some(customer) = customer else { return History::default() };
    let Ok(orders) = connector.orders_of(customer, &PageRequest::first(HISTORY_ORDERS)).await else {
        return History::default();
    };
    let mut history = History::default();
    for line in orders.items.iter().filter(|order| together::counts(order)).flat_map(|order| &order.lines) {
        if history.bought.contains(&line.product) {
            continue;
        }
        history.bought.push(line.product.clone());
        if let Ok(product) = connector.product(&line.product).await {
            history.products.push(product);
        }
    }
    history
}

#[cfg(test)]
mod tests;
