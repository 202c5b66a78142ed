//! The team's accounts, for admins. Every change is written to the audit list.

use axum::{Json, extract::State, http::StatusCode};
use domain::{
    id::{ShopId, StaffId},
    staff::{Permission, Role as StoredRole},
};
use engine::staff::{self, NewStaff, StaffChange};
use serde::Deserialize;
use store::Grant;
use utoipa::ToSchema;

use super::SignedIn;
use crate::{
    api::extract::{Id, JsonBody, parse_id},
    app::App,
    problem::{Problem, Result},
    wire::{
        basics::{Language, Role},
        people::{StaffList, StaffView, roles_of, shops_of},
        problems::{ReadProblems, WriteProblems},
    },
};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StaffDraft {
    #[schema(example = "mei@example.com")]
    pub email: String,
    pub name: String,
    #[schema(value_type = Vec<Role>)]
    pub roles: Vec<StoredRole>,
    /// `shp_…`; every role is given in every one of these.
    pub shops: Vec<String>,
    pub language: Language,
    #[schema(min_length = 10, max_length = 200)]
    pub password: String,
}

/// What is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StaffUpdate {
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    #[schema(value_type = Option<Vec<Role>>)]
    pub roles: Option<Vec<StoredRole>>,
    #[serde(default)]
    pub shops: Option<Vec<String>>,
    #[serde(default)]
    pub disabled: Option<bool>,
    #[serde(default)]
    #[schema(min_length = 10, max_length = 200)]
    pub password: Option<String>,
}

async fn known_shops(app: &App, ids: &[String]) -> Result<Vec<ShopId>> {
    let mut shops = Vec::new();
    for text in ids {
        let id: ShopId = parse_id(text, "shops")?;
        app.desk.store.shop(id).await?.ok_or(Problem::field("shops", "unknown"))?;
        shops.push(id);
    }
    Ok(shops)
}

fn grants(roles: &[StoredRole], shops: &[ShopId]) -> Vec<Grant> {
    let mut grants: Vec<Grant> =
        shops.iter().flat_map(|&shop| roles.iter().map(move |&role| Grant { shop, role })).collect();
    grants.sort_unstable();
    grants.dedup();
    grants
}

/// The accounts of one's shops.
#[utoipa::path(
    get, path = "/api/console/staff", tag = "staff", operation_id = "list_staff", security(("console" = [])),
    responses((status = 200, description = "Accounts", body = StaffList), ReadProblems)
)]
pub async fn list_staff(State(app): State<App>, me: SignedIn) -> Result<Json<StaffList>> {
    me.may(Permission::ManageStaff)?;
    let managed = staff::shops_with(&me.staff, Permission::ManageStaff);
    let everybody = app.desk.store.list_staff().await?;
    let is_managed = |person: &store::Staff| {
        person.grants.is_empty() || person.grants.iter().any(|grant| managed.contains(&grant.shop))
    };
    let items = everybody.into_iter().filter(is_managed).map(StaffView::from).collect();
    Ok(Json(StaffList { items, next: None }))
}

/// Makes an account.
#[utoipa::path(
    post, path = "/api/console/staff", tag = "staff", operation_id = "create_staff", request_body = StaffDraft,
    security(("console" = [])),
    responses((status = 201, description = "Made", body = StaffView), WriteProblems)
)]
pub async fn create_staff(
    State(app): State<App>,
    me: SignedIn,
    JsonBody(draft): JsonBody<StaffDraft>,
) -> Result<(StatusCode, Json<StaffView>)> {
    me.may(Permission::ManageStaff)?;
    let shops = known_shops(&app, &draft.shops).await?;
    if shops.is_empty() {
        return Err(Problem::field("shops", "empty"));
    }
    if draft.roles.is_empty() {
        return Err(Problem::field("roles", "empty"));
    }
    let new = NewStaff {
        email: draft.email,
        name: draft.name,
        language: draft.language.into(),
        grants: grants(&draft.roles, &shops),
        password: draft.password,
    };
    let made = staff::create(&app.desk, Some(&me.staff), new).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Changes an account. A new password, or disabling it, ends its sign-ins.
#[utoipa::path(
    put, path = "/api/console/staff/{id}", tag = "staff", operation_id = "update_staff",
    params(("id" = String, Path, description = "`stf_…`")), request_body = StaffUpdate, security(("console" = [])),
    responses((status = 200, description = "Changed", body = StaffView), WriteProblems)
)]
pub async fn update_staff(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<StaffId>,
    JsonBody(update): JsonBody<StaffUpdate>,
) -> Result<Json<StaffView>> {
    me.may(Permission::ManageStaff)?;
    let known = app.desk.store.staff(id).await?.ok_or_else(Problem::not_found)?;
    let new_grants = match (update.roles, update.shops) {
        (None, None) => None,
        (roles, shops) => {
            let roles = roles.unwrap_or_else(|| roles_of(&known));
            let shops = match shops {
                Some(shops) => known_shops(&app, &shops).await?,
                None => shops_of(&known),
            };
            Some(grants(&roles, &shops))
        }
    };
    let change =
        StaffChange { name: update.name, grants: new_grants, disabled: update.disabled, password: update.password };
    Ok(Json(staff::update(&app.desk, Some(&me.staff), id, change).await?.into()))
}
