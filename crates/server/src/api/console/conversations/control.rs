//! Passing control: take over, hand back to the bot, release into the queue, resolve, reopen.

use axum::{Json, extract::State};
use domain::id::ConversationId;
use engine::conversations;
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::SignedIn;
use crate::{
    api::{
        extract::{Id, JsonBody},
        view::console_conversation,
        widget::control::Nothing,
    },
    app::App,
    problem::Result,
    wire::{conversations::ConsoleConversation, problems::WriteProblems},
};

/// A word for whoever comes next.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithNote {
    /// Becomes an internal note.
    #[serde(default)]
    pub note: Option<String>,
}

/// Takes control from the queue or the bot; from a colleague only supervisors may.
#[utoipa::path(
    post, path = "/api/console/conversations/{id}/take-over", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`")), request_body = Nothing, security(("console" = [])),
    responses((status = 200, description = "Taken over", body = ConsoleConversation), WriteProblems)
)]
pub async fn take_over(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
    _nothing: JsonBody<Nothing>,
) -> Result<Json<ConsoleConversation>> {
    let stored = conversations::take_over(&app.desk, id, &me.staff).await?;
    Ok(Json(console_conversation(&app, &stored, &me.staff).await?))
}

/// Gives the conversation back to the bot.
#[utoipa::path(
    post, path = "/api/console/conversations/{id}/hand-back", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`")), request_body = WithNote, security(("console" = [])),
    responses((status = 200, description = "With the bot", body = ConsoleConversation), WriteProblems)
)]
pub async fn hand_back(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
    JsonBody(with): JsonBody<WithNote>,
) -> Result<Json<ConsoleConversation>> {
    let stored = conversations::hand_back(&app.desk, id, &me.staff, with.note).await?;
    Ok(Json(console_conversation(&app, &stored, &me.staff).await?))
}

/// Puts the conversation back into the queue for a colleague.
#[utoipa::path(
    post, path = "/api/console/conversations/{id}/queue", tag = "conversations", operation_id = "release",
    params(("id" = String, Path, description = "`cnv_…`")), request_body = WithNote, security(("console" = [])),
    responses((status = 200, description = "In the queue", body = ConsoleConversation), WriteProblems)
)]
pub async fn release(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
    JsonBody(with): JsonBody<WithNote>,
) -> Result<Json<ConsoleConversation>> {
    let stored = conversations::release(&app.desk, id, &me.staff, with.note).await?;
    Ok(Json(console_conversation(&app, &stored, &me.staff).await?))
}

/// Ends the conversation.
#[utoipa::path(
    post, path = "/api/console/conversations/{id}/resolve", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`")), request_body = Nothing, security(("console" = [])),
    responses((status = 200, description = "Resolved", body = ConsoleConversation), WriteProblems)
)]
pub async fn resolve(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
    _nothing: JsonBody<Nothing>,
) -> Result<Json<ConsoleConversation>> {
    let stored = conversations::resolve(&app.desk, id, &me.staff).await?;
    Ok(Json(console_conversation(&app, &stored, &me.staff).await?))
}

/// Takes a resolved conversation up again.
#[utoipa::path(
    post, path = "/api/console/conversations/{id}/reopen", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`")), request_body = Nothing, security(("console" = [])),
    responses((status = 200, description = "Open again", body = ConsoleConversation), WriteProblems)
)]
pub async fn reopen(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
    _nothing: JsonBody<Nothing>,
) -> Result<Json<ConsoleConversation>> {
    let stored = conversations::reopen(&app.desk, id, &me.staff).await?;
    Ok(Json(console_conversation(&app, &stored, &me.staff).await?))
}
