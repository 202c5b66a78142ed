//! Answers that come from the shop's own records: orders, parcels, refunds, products.

mod cards;
mod order_words;
mod orders;
mod products;

pub(crate) use order_words::is_stuck;
pub(super) use orders::answer as about_order;
pub(super) use products::answer as about_product;
