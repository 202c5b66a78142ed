//! Whoever is signed in: who they are, and what they set for themselves.

use axum::{Json, extract::State, http::StatusCode};
use engine::staff;
use serde::Deserialize;
use store::Staff;
use utoipa::ToSchema;

use super::SignedIn;
use crate::{
    api::extract::JsonBody,
    app::App,
    problem::Result,
    wire::{
        basics::{Language, Presence, ShopName},
        people::{Me, permissions_of, roles_of, shops_of},
        problems::{ReadProblems, WriteProblems},
    },
};

pub async fn me_of(app: &App, staff: &Staff, csrf: &str) -> Result<Me> {
    let own = shops_of(staff);
    let shops = app.desk.store.shops().await?;
    Ok(Me {
        id: staff.id,
        name: staff.name.clone(),
        email: staff.email.clone(),
        roles: roles_of(staff),
        shops: shops.iter().filter(|shop| own.contains(&shop.id)).map(ShopName::from).collect(),
        language: staff.language.into(),
        presence: staff.presence.into(),
        csrf: csrf.to_owned(),
        permissions: permissions_of(staff),
    })
}

/// Who is signed in, with the CSRF token for changes.
#[utoipa::path(
    get, path = "/api/console/me", tag = "account", operation_id = "read_me", security(("console" = [])),
    responses((status = 200, description = "Who is signed in", body = Me), ReadProblems)
)]
pub async fn read_me(State(app): State<App>, me: SignedIn) -> Result<Json<Me>> {
    Ok(Json(me_of(&app, &me.staff, &me.sign_in.csrf).await?))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPresence {
    pub presence: Presence,
}

/// Whether new conversations should come.
#[utoipa::path(
    put, path = "/api/console/me/presence", tag = "account", operation_id = "set_presence",
    request_body = NewPresence, security(("console" = [])),
    responses((status = 200, description = "Set", body = Me), WriteProblems)
)]
pub async fn set_presence(
    State(app): State<App>,
    me: SignedIn,
    JsonBody(new): JsonBody<NewPresence>,
) -> Result<Json<Me>> {
    staff::set_presence(&app.desk, me.staff.id, new.presence.into()).await?;
    let staff = Staff { presence: new.presence.into(), ..me.staff };
    Ok(Json(me_of(&app, &staff, &me.sign_in.csrf).await?))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLanguage {
    pub language: Language,
}

/// The language of the console and of its errors.
#[utoipa::path(
    put, path = "/api/console/me/language", tag = "account", operation_id = "set_language",
    request_body = NewLanguage, security(("console" = [])),
    responses((status = 200, description = "Set", body = Me), WriteProblems)
)]
pub async fn set_language(
    State(app): State<App>,
    me: SignedIn,
    JsonBody(new): JsonBody<NewLanguage>,
) -> Result<Json<Me>> {
    staff::set_language(&app.desk, &me.staff, new.language.into()).await?;
    let staff = Staff { language: new.language.into(), ..me.staff };
    Ok(Json(me_of(&app, &staff, &me.sign_in.csrf).await?))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    pub current: String,
    #[schema(min_length = 10, max_length = 200)]
    pub new: String,
}

/// Changes one's own password. All sign-ins end, this one too.
#[utoipa::path(
    put, path = "/api/console/me/password", tag = "account", operation_id = "change_password",
    request_body = NewPassword, security(("console" = [])),
    responses((status = 204, description = "Changed; sign in again"), WriteProblems)
)]
pub async fn change_password(
    State(app): State<App>,
    me: SignedIn,
    JsonBody(new): JsonBody<NewPassword>,
) -> Result<StatusCode> {
    staff::change_password(&app.desk, &me.staff, &new.current, &new.new).await?;
    Ok(StatusCode::NO_CONTENT)
}
