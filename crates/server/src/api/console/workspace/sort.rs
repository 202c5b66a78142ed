//! Tags and sleep.

use axum::{Json, extract::State};
use domain::{id::ConversationId, staff::Permission, time::Timestamp};
use engine::workspace;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::super::SignedIn;
use crate::{
    api::{
        extract::{Asked, Id, JsonBody},
        view::console_conversation,
        widget::control::Nothing,
    },
    app::App,
    problem::Result,
    wire::{
        conversations::ConsoleConversation,
        problems::{ReadProblems, WriteProblems},
        workspace::TagCount,
    },
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OneTag {
    /// A word or two.
    pub tag: String,
}

/// Puts a tag on.
#[utoipa::path(
    post, path = "/api/console/conversations/{id}/tags", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`")), request_body = OneTag, security(("console" = [])),
    responses((status = 200, description = "Tagged", body = ConsoleConversation), WriteProblems)
)]
pub async fn add_tag(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
    JsonBody(one): JsonBody<OneTag>,
) -> Result<Json<ConsoleConversation>> {
    let stored = workspace::tag(&app.desk, id, &me.staff, &one.tag).await?;
    Ok(Json(console_conversation(&app, &stored, &me.staff).await?))
}

/// Takes a tag off.
#[utoipa::path(
    delete, path = "/api/console/conversations/{id}/tags", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`")), request_body = OneTag, security(("console" = [])),
    responses((status = 200, description = "Taken off", body = ConsoleConversation), WriteProblems)
)]
pub async fn remove_tag(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
    JsonBody(one): JsonBody<OneTag>,
) -> Result<Json<ConsoleConversation>> {
    let stored = workspace::untag(&app.desk, id, &me.staff, &one.tag).await?;
    Ok(Json(console_conversation(&app, &stored, &me.staff).await?))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OfShop {
    /// `shp_…`; without it those of all one's shops.
    pub shop: Option<String>,
}

/// Tags in use, the commonest first.
#[utoipa::path(
    get, path = "/api/console/tags", tag = "conversations", params(OfShop), security(("console" = [])),
    responses((status = 200, description = "Tags", body = Vec<TagCount>), ReadProblems)
)]
pub async fn list_tags(State(app): State<App>, me: SignedIn, Asked(of): Asked<OfShop>) -> Result<Json<Vec<TagCount>>> {
    let shops = me.shops(of.shop.as_deref(), Permission::ReadConversations)?;
    let tags = app.desk.store.tags_in_use(&shops).await?;
    Ok(Json(tags.into_iter().map(|(tag, count)| TagCount { tag, count }).collect()))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Sleep {
    /// Absent: until the shopper writes.
    #[serde(default)]
    #[schema(value_type = Option<i64>)]
    pub until: Option<Timestamp>,
}

/// Out of one's list until a time, or until the shopper writes; whichever is first.
#[utoipa::path(
    post, path = "/api/console/conversations/{id}/snooze", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`")), request_body = Sleep, security(("console" = [])),
    responses((status = 200, description = "Asleep", body = ConsoleConversation), WriteProblems)
)]
pub async fn snooze(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
    JsonBody(sleep): JsonBody<Sleep>,
) -> Result<Json<ConsoleConversation>> {
    let stored = workspace::snooze(&app.desk, id, &me.staff, sleep.until).await?;
    Ok(Json(console_conversation(&app, &stored, &me.staff).await?))
}

/// Back into the list before its time.
#[utoipa::path(
    post, path = "/api/console/conversations/{id}/wake", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`")), request_body = Nothing, security(("console" = [])),
    responses((status = 200, description = "Awake", body = ConsoleConversation), WriteProblems)
)]
pub async fn wake(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
    _nothing: JsonBody<Nothing>,
) -> Result<Json<ConsoleConversation>> {
    let stored = workspace::wake(&app.desk, id, &me.staff).await?;
    Ok(Json(console_conversation(&app, &stored, &me.staff).await?))
}
