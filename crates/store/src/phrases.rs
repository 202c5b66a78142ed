//! Quick phrases: of everybody, of a shop, or of one member of staff.

use domain::{
    id::{PhraseId, ShopId, StaffId},
    language::Bilingual,
    time::Timestamp,
};

use crate::{Result, Store};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    pub id: PhraseId,
    /// `None` for every shop.
    pub shop: Option<ShopId>,
    /// `None` for the whole team.
    pub owner: Option<StaffId>,
    pub shortcut: String,
    /// Either language may be empty.
    pub text: Bilingual,
    pub group: String,
    pub used: i64,
    pub created_at: Timestamp,
}

impl Store {
    /// `Conflict` when the shortcut is taken for the same shop and owner.
    pub async fn create_phrase(&self, phrase: &Phrase) -> Result<()> {
        unimplemented!("{phrase:?}")
    }

    /// Everything but the count of uses. `Conflict` as on creation.
    pub async fn update_phrase(&self, phrase: &Phrase) -> Result<()> {
        unimplemented!("{phrase:?}")
    }

    pub async fn delete_phrase(&self, id: PhraseId) -> Result<bool> {
        unimplemented!("{id}")
    }

    pub async fn phrase(&self, id: PhraseId) -> Result<Option<Phrase>> {
        unimplemented!("{id}")
    }

    /// What `me` may use in `shops`: phrases of all shops and of these, of the team and one's own, by shortcut.
    pub async fn phrases(&self, shops: &[ShopId], me: StaffId) -> Result<Vec<Phrase>> {
        unimplemented!("{shops:?} {me}")
    }

    pub async fn bump_phrase_used(&self, id: PhraseId) -> Result<()> {
        unimplemented!("{id}")
    }
}
