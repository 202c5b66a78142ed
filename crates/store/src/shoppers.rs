//! Shoppers: the people on the shop's side of the chat, anonymous until the shop vouches for them.

use domain::{
    id::{ShopId, ShopperId},
    language::Language,
    shop::CustomerKey,
    time::Timestamp,
};

use crate::{Result, Store};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shopper {
    pub id: ShopperId,
    pub shop: ShopId,
    pub customer: Option<CustomerKey>,
    pub name: Option<String>,
    pub language: Language,
    pub level: i64,
    /// `bot` or `human`, once the shopper has said so.
    pub prefers: Option<String>,
    pub contact: Option<String>,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
}

impl Store {
    /// `Conflict` when the shop's customer has a shopper already.
    pub async fn create_shopper(&self, shopper: &Shopper) -> Result<()> {
        unimplemented!("{shopper:?}")
    }

    pub async fn shopper(&self, id: ShopperId) -> Result<Option<Shopper>> {
        unimplemented!("{id}")
    }

    pub async fn shopper_of_customer(&self, shop: ShopId, customer: &CustomerKey) -> Result<Option<Shopper>> {
        unimplemented!("{shop} {customer}")
    }

    pub async fn update_shopper(&self, shopper: &Shopper) -> Result<()> {
        unimplemented!("{shopper:?}")
    }
}
