//! Internal notes: colleagues see them, shoppers never.

use axum::{Json, extract::State};
use domain::id::ConversationId;
use engine::conversations;
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::SignedIn;
use crate::{
    api::{
        extract::{Id, JsonBody, parse_id},
        view::console_conversation,
    },
    app::App,
    problem::Result,
    wire::{basics::NoteKind, conversations::ConsoleConversation, problems::WriteProblems},
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNote {
    pub text: String,
    /// Absent: for whoever reads the conversation.
    #[serde(default)]
    pub kind: Option<NoteKind>,
    /// `stf_…`: whom it mentions or asks. Of a whisper, an answer and an invitation the desk knows whom.
    #[serde(default)]
    pub to: Vec<String>,
    /// Of an answer: where the question stands in the log.
    #[serde(default)]
    pub answers: Option<i64>,
}

/// Adds a note for colleagues: for all, or meant for some, who get a notice.
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
    let note = conversations::NewNote {
        text: note.text,
        kind: note.kind.map(Into::into).unwrap_or_default(),
        to: note.to.iter().map(|id| parse_id(id, "to")).collect::<Result<_>>()?,
        answers: note.answers,
    };
    let stored = conversations::note(&app.desk, id, &me.staff, note).await?;
    Ok(Json(console_conversation(&app, &stored, &me.staff).await?))
}
