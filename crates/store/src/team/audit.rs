//! The audit list: who changed what. Rows are only ever added.

use domain::{
    id::{AuditId, StaffId},
    time::Timestamp,
};

use crate::{Result, Store};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAudit {
    pub id: AuditId,
    pub at: Timestamp,
    /// `None` for the desk itself.
    pub staff: Option<StaffId>,
    pub action: String,
    /// The id of what was changed.
    pub subject: String,
    /// JSON; never a shopper's words.
    pub detail: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    pub entry: NewAudit,
    pub staff_name: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditPage {
    /// The latest first.
    pub rows: Vec<AuditRow>,
    pub next: Option<String>,
}

impl Store {
    pub async fn record_audit(&self, audit: &NewAudit) -> Result<()> {
        unimplemented!("{audit:?}")
    }

    pub async fn audit(&self, cursor: Option<&str>, subject: Option<&str>, limit: i64) -> Result<AuditPage> {
        unimplemented!("{cursor:?} {subject:?} {limit}")
    }
}
