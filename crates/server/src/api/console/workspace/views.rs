//! Saved views of the inbox; everybody has their own.

use axum::{Json, extract::State, http::StatusCode};
use domain::id::ViewId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::SignedIn;
use crate::{
    api::extract::{Id, JsonBody},
    app::App,
    problem::{Problem, Result},
    wire::{
        problems::{ReadProblems, WriteProblems},
        workspace::{SavedView, ViewWish},
    },
};

/// More are not found again.
const MAX_VIEWS: i64 = 20;
const MAX_NAME_CHARS: usize = 30;
/// A wish is a few words.
const MAX_WISH_BYTES: usize = 600;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewView {
    pub name: String,
    pub wish: ViewWish,
}

fn seen(view: store::SavedView) -> SavedView {
    // A wish an older version wrote differently opens the usual list.
    let wish = serde_json::from_str(&view.wish).unwrap_or_default();
    SavedView { id: view.id, name: view.name, wish }
}

/// One's saved views, the oldest first.
#[utoipa::path(
    get, path = "/api/console/views", tag = "account", security(("console" = [])),
    responses((status = 200, description = "Views", body = Vec<SavedView>), ReadProblems)
)]
pub async fn list_views(State(app): State<App>, me: SignedIn) -> Result<Json<Vec<SavedView>>> {
    let views = app.desk.store.views(me.staff.id).await?;
    Ok(Json(views.into_iter().map(seen).collect()))
}

/// Saves a view.
#[utoipa::path(
    post, path = "/api/console/views", tag = "account", request_body = NewView, security(("console" = [])),
    responses((status = 201, description = "Saved", body = SavedView), WriteProblems)
)]
pub async fn save_view(
    State(app): State<App>,
    me: SignedIn,
    JsonBody(new): JsonBody<NewView>,
) -> Result<(StatusCode, Json<SavedView>)> {
    let name = new.name.trim().to_owned();
    if name.is_empty() {
        return Err(Problem::field("name", "empty"));
    }
    if name.chars().count() > MAX_NAME_CHARS {
        return Err(Problem::field("name", "too_long"));
    }
    let wish = serde_json::to_string(&new.wish).map_err(Problem::internal)?;
    if wish.len() > MAX_WISH_BYTES {
        return Err(Problem::field("wish", "too_long"));
    }
    let id = ViewId::from_bits(app.desk.ids.bits());
    let view = store::SavedView { id, owner: me.staff.id, name, wish, created_at: app.desk.now() };
    if !app.desk.store.save_view(&view, MAX_VIEWS).await? {
        return Err(Problem::field("name", "too_many"));
    }
    Ok((StatusCode::CREATED, Json(seen(view))))
}

/// Forgets a view.
#[utoipa::path(
    delete, path = "/api/console/views/{id}", tag = "account",
    params(("id" = String, Path, description = "`viw_…`")), security(("console" = [])),
    responses((status = 204, description = "Forgotten"), WriteProblems)
)]
pub async fn delete_view(State(app): State<App>, me: SignedIn, Id(id): Id<ViewId>) -> Result<StatusCode> {
    if app.desk.store.delete_view(id, me.staff.id).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::not_found())
    }
}
