//! Reading a conversation, its log, and saying how far it was read.

use axum::{Json, extract::State, http::StatusCode};
use domain::id::ConversationId;
use engine::conversations;
use store::Side;

use super::super::SignedIn;
use crate::{
    api::{
        extract::{Asked, Id, JsonBody},
        view::{console_conversation, console_events},
        widget::{events::From, read::ReadTo},
    },
    app::App,
    problem::Result,
    wire::{
        conversations::ConsoleConversation,
        events::ConsoleEvents,
        problems::{ReadProblems, WriteProblems},
    },
};

/// A conversation with its handoff card and what the reader may do.
#[utoipa::path(
    get, path = "/api/console/conversations/{id}", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`")), security(("console" = [])),
    responses((status = 200, description = "The conversation", body = ConsoleConversation), ReadProblems)
)]
pub async fn read_conversation(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
) -> Result<Json<ConsoleConversation>> {
    let stored = conversations::of_staff(&app.desk, id, &me.staff).await?;
    Ok(Json(console_conversation(&app, &stored, &me.staff).await?))
}

/// Events after a position, oldest first, with notes, cards and withheld replies.
#[utoipa::path(
    get, path = "/api/console/conversations/{id}/events", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`"), From), security(("console" = [])),
    responses((status = 200, description = "Events", body = ConsoleEvents), ReadProblems)
)]
pub async fn read_events(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
    Asked(from): Asked<From>,
) -> Result<Json<ConsoleEvents>> {
    let stored = conversations::of_staff(&app.desk, id, &me.staff).await?;
    Ok(Json(console_events(&app, &stored, &me.staff, from.after, from.limit).await?))
}

/// Marks everything up to a position as read by the team.
#[utoipa::path(
    post, path = "/api/console/conversations/{id}/read", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`")), request_body = ReadTo, security(("console" = [])),
    responses((status = 204, description = "Noted"), WriteProblems)
)]
pub async fn mark_read(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
    JsonBody(read): JsonBody<ReadTo>,
) -> Result<StatusCode> {
    conversations::of_staff(&app.desk, id, &me.staff).await?;
    conversations::mark_read(&app.desk, id, Side::Team, read.seq).await?;
    Ok(StatusCode::NO_CONTENT)
}
