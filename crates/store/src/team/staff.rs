//! Staff with their grants and presence.

use domain::{
    id::{ShopId, StaffId},
    language::Language,
    staff::{Presence, Role},
    time::Timestamp,
};

use crate::{Result, Store};

#[derive(Clone, PartialEq, Eq)]
pub struct Staff {
    pub id: StaffId,
    /// Lower-cased, unique.
    pub email: String,
    pub name: String,
    pub password_hash: String,
    pub language: Language,
    pub presence: Presence,
    pub disabled: bool,
    pub grants: Vec<Grant>,
    pub created_at: Timestamp,
}

/// Without the password's hash.
impl std::fmt::Debug for Staff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Staff").field("id", &self.id).field("grants", &self.grants).finish_non_exhaustive()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Grant {
    pub shop: ShopId,
    pub role: Role,
}

/// Somebody who may serve shoppers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgentRow {
    pub id: StaffId,
    pub name: String,
    pub presence: Presence,
    /// Conversations under their control.
    pub open: i64,
}

impl Store {
    /// `Conflict` when the address is taken.
    pub async fn create_staff(&self, staff: &Staff) -> Result<()> {
        unimplemented!("{staff:?}")
    }

    /// Replaces everything, grants too. `Conflict` when the address is taken.
    pub async fn update_staff(&self, staff: &Staff) -> Result<()> {
        unimplemented!("{staff:?}")
    }

    pub async fn staff(&self, id: StaffId) -> Result<Option<Staff>> {
        unimplemented!("{id}")
    }

    pub async fn staff_by_email(&self, email: &str) -> Result<Option<Staff>> {
        unimplemented!("{email}")
    }

    pub async fn list_staff(&self) -> Result<Vec<Staff>> {
        unimplemented!()
    }

    pub async fn set_presence(&self, id: StaffId, presence: Presence, now: Timestamp) -> Result<()> {
        unimplemented!("{id} {presence:?} {now:?}")
    }

    /// How many who may serve this shop are online.
    pub async fn agents_online(&self, shop: ShopId) -> Result<i64> {
        unimplemented!("{shop}")
    }

    /// Who may serve at least one of these shops, by name; disabled staff left out.
    pub async fn agents(&self, shops: &[ShopId]) -> Result<Vec<AgentRow>> {
        unimplemented!("{shops:?}")
    }
}
