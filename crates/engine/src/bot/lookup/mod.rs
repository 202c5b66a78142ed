//! The shop's records for people: cards, and whether a parcel is stuck.

mod cards;
mod parcels;

pub(super) use cards::{order_card, product_card};
pub(crate) use parcels::is_stuck;
