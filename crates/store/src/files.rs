//! What is known about uploaded files; their content lies elsewhere.

use domain::{
    id::{FileId, ShopId, ShopperId},
    time::Timestamp,
};

use crate::{Result, Store};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    pub id: FileId,
    pub shop: ShopId,
    /// The shopper (`per_…`) or member of staff (`stf_…`) who sent it.
    pub uploader: String,
    pub name: String,
    pub media_type: String,
    pub bytes: i64,
    pub width: Option<i64>,
    pub height: Option<i64>,
    pub sha256: String,
    pub created_at: Timestamp,
}

impl Store {
    pub async fn create_file(&self, file: &StoredFile) -> Result<()> {
        unimplemented!("{file:?}")
    }

    pub async fn file(&self, id: FileId) -> Result<Option<StoredFile>> {
        unimplemented!("{id}")
    }

    pub async fn files(&self, ids: &[FileId]) -> Result<Vec<StoredFile>> {
        unimplemented!("{ids:?}")
    }

    /// What a shopper has uploaded, so that erasing them can delete the content.
    pub async fn files_of(&self, shopper: ShopperId) -> Result<Vec<StoredFile>> {
        unimplemented!("{shopper}")
    }
}
