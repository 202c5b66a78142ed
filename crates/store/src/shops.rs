//! Shops of the merchant and their settings, which are opaque here.

use domain::{
    id::{QueueId, ShopId},
    language::Bilingual,
    time::Timestamp,
};

use crate::{Result, Store};

#[derive(Clone, PartialEq, Eq)]
pub struct Shop {
    pub id: ShopId,
    pub key: String,
    pub name: Bilingual,
    /// JSON, opaque here.
    pub settings: String,
    pub identity_secret: String,
    /// Where its conversations wait for an agent.
    pub queue: QueueId,
    pub created_at: Timestamp,
}

/// Without the secret.
impl std::fmt::Debug for Shop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shop").field("id", &self.id).field("key", &self.key).finish_non_exhaustive()
    }
}

impl Store {
    pub async fn create_shop(&self, shop: &Shop) -> Result<()> {
        unimplemented!("{shop:?}")
    }

    pub async fn update_shop(&self, shop: &Shop) -> Result<()> {
        unimplemented!("{shop:?}")
    }

    pub async fn shops(&self) -> Result<Vec<Shop>> {
        unimplemented!()
    }

    pub async fn shop(&self, id: ShopId) -> Result<Option<Shop>> {
        unimplemented!("{id}")
    }

    pub async fn shop_by_key(&self, key: &str) -> Result<Option<Shop>> {
        unimplemented!("{key}")
    }
}
