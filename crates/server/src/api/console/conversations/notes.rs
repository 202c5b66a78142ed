//! Internal notes: colleagues see them, shoppers never.

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
    },
    app::App,
    problem::Result,
    wire::{conversations::ConsoleConversation, problems::WriteProblems},
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNote {
    pub text: String,
}

/// Adds a note for colleagues.
#[utoipa::path(
    post, path = "/api/console/conversations/{id}/notes", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`")), request_body = NewNote, security(("console" = [])),
    responses((status = 200, description = "Added", body = ConsoleConversation), WriteProblems)
)]
pub async fn add_note(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
    JsonBody(note): JsonBody<NewNote>,
) -> Result<Json<ConsoleConversation>> {
    let stored = conversations::note(&app.desk, id, &me.staff, &note.text).await?;
    Ok(Json(console_conversation(&app, &stored, &me.staff).await?))
}
