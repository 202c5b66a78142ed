//! Who changed what.

use axum::{Json, extract::State};
use domain::staff::Permission;
use serde::Deserialize;
use utoipa::IntoParams;

use super::SignedIn;
use crate::{
    api::extract::{Asked, page_size},
    app::App,
    problem::Result,
    wire::{people::AuditList, problems::ReadProblems},
};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wish {
    pub cursor: Option<String>,
    /// The id of what was changed.
    pub subject: Option<String>,
    pub limit: Option<i64>,
}

/// The audit list, the latest first.
#[utoipa::path(
    get, path = "/api/console/audit", tag = "staff", params(Wish), security(("console" = [])),
    responses((status = 200, description = "Entries", body = AuditList), ReadProblems)
)]
pub async fn read_audit(State(app): State<App>, me: SignedIn, Asked(wish): Asked<Wish>) -> Result<Json<AuditList>> {
    me.may(Permission::ReadAudit)?;
    let page = app.desk.store.audit(wish.cursor.as_deref(), wish.subject.as_deref(), page_size(wish.limit)).await?;
    Ok(Json(AuditList { items: page.rows.into_iter().map(Into::into).collect(), next: page.next }))
}
