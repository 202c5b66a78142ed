//! The audit list: who changed what. Rows are only ever added.

use domain::{
    id::{AuditId, StaffId},
    time::Timestamp,
};

use crate::{
    Result, Store,
    database::{Cursor, Tx, parse, sql},
};

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

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    at: i64,
    staff_id: Option<String>,
    action: String,
    subject: String,
    detail: String,
    staff_name: Option<String>,
}

impl Row {
    fn decode(self) -> Result<AuditRow> {
        Ok(AuditRow {
            entry: NewAudit {
                id: parse("audit entry", &self.id)?,
                at: Timestamp(self.at),
                staff: self.staff_id.as_deref().map(|id| parse("audit entry", id)).transpose()?,
                action: self.action,
                subject: self.subject,
                detail: self.detail,
            },
            staff_name: self.staff_name,
        })
    }
}

pub(crate) async fn insert(tx: &mut Tx, audit: &NewAudit) -> Result<()> {
    sql("INSERT INTO audit (id, at, staff_id, action, subject, detail) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(audit.id)
        .bind(audit.at)
        .bind(audit.staff)
        .bind(&audit.action)
        .bind(&audit.subject)
        .bind(&audit.detail)
        .execute(tx.on())
        .await
        .map(drop)
}

const LIST: &str = "audit";

impl Store {
    pub async fn record_audit(&self, audit: &NewAudit) -> Result<()> {
        let mut tx = self.write().await?;
        insert(&mut tx, audit).await?;
        tx.commit().await
    }

    /// The latest first; only those of `subject` when it is given.
    pub async fn audit(&self, cursor: Option<&str>, subject: Option<&str>, limit: i64) -> Result<AuditPage> {
        let mut query = sql("SELECT a.id, a.at, a.staff_id, a.action, a.subject, a.detail, s.name AS staff_name \
             FROM audit a LEFT JOIN staff s ON s.id = a.staff_id WHERE TRUE");
        if let Some(subject) = subject {
            query = query.push(" AND a.subject = ").push_bind(subject);
        }
        if let Some(cursor) = cursor {
            let Cursor { at, id } = Cursor::decode::<AuditId>(LIST, cursor)?;
            query = query.push(" AND (a.at, a.id) < (").push_bind(at).push(", ").push_bind(id).push(")");
        }
        let mut rows: Vec<Row> = query
            .push(" ORDER BY a.at DESC, a.id DESC LIMIT ")
            .push_bind(limit.saturating_add(1))
            .all(self.read().await?.on())
            .await?;
        let next = Cursor::cut(LIST, &mut rows, limit, |row| (row.at, row.id.clone()));
        Ok(AuditPage { rows: rows.into_iter().map(Row::decode).collect::<Result<_>>()?, next })
    }
}
