//! Who changed what.

use axum::{Json, extract::State};
use domain::{
    id::{ArticleId, ShopId, StaffId},
    staff::Permission,
};
use engine::staff;
use serde::Deserialize;
use store::AuditRow;
use utoipa::IntoParams;

use super::SignedIn;
use crate::{
    api::extract::{Asked, page_size},
    app::App,
    problem::Result,
    wire::{
        people::{AuditList, shops_of},
        problems::ReadProblems,
    },
};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wish {
    pub cursor: Option<String>,
    /// The id of what was changed.
    pub subject: Option<String>,
    pub limit: Option<i64>,
}

/// What was done in one's shops, the latest first. A page may hold fewer entries than asked for.
#[utoipa::path(
    get, path = "/api/console/audit", tag = "staff", params(Wish), security(("console" = [])),
    responses((status = 200, description = "Entries", body = AuditList), ReadProblems)
)]
pub async fn read_audit(State(app): State<App>, me: SignedIn, Asked(wish): Asked<Wish>) -> Result<Json<AuditList>> {
    me.may(Permission::ReadAudit)?;
    let page = app.desk.store.audit(wish.cursor.as_deref(), wish.subject.as_deref(), page_size(wish.limit)).await?;
    let shops = staff::shops_with(&me.staff, Permission::ReadAudit);
    let mut items = Vec::new();
    for row in page.rows {
        if concerns(&app, &row, &shops).await? {
            items.push(row.into());
        }
    }
    Ok(Json(AuditList { items, next: page.next }))
}

/// Entries don't name a shop: what was changed does, or else whoever changed it.
async fn concerns(app: &App, row: &AuditRow, shops: &[ShopId]) -> Result<bool> {
    let store = &app.desk.store;
    let subject = &row.entry.subject;
    if let Ok(article) = subject.parse::<ArticleId>() {
        return Ok(store.article(article).await?.is_some_and(|article| shops.contains(&article.shop)));
    }
    let person = match subject.parse::<StaffId>() {
        Ok(staff) => Some(staff),
        Err(_) => row.entry.staff,
    };
    let Some(person) = person else { return Ok(false) };
    let known = store.staff(person).await?;
    Ok(known.is_some_and(|known| shops_of(&known).iter().any(|shop| shops.contains(shop))))
}
