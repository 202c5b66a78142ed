//! Answering the shopper; only the controlling agent may.

use axum::{Json, extract::State};
use domain::id::ConversationId;
use engine::conversations;

use super::super::SignedIn;
use crate::{
    api::{
        extract::{Id, JsonBody},
        view::sent_message,
        widget::messages::{NewMessage, outgoing},
    },
    app::App,
    problem::Result,
    wire::{events::SentMessage, problems::WriteProblems},
};

/// Answers the shopper. Anybody but the controlling agent gets `not_controller`.
#[utoipa::path(
    post, path = "/api/console/conversations/{id}/messages", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`")), request_body = NewMessage, security(("console" = [])),
    responses((status = 200, description = "In the log", body = SentMessage), WriteProblems)
)]
pub async fn reply(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
    JsonBody(message): JsonBody<NewMessage>,
) -> Result<Json<SentMessage>> {
    let outgoing = outgoing(&app, message)?;
    let sent = conversations::reply(&app.desk, id, &me.staff, outgoing).await?;
    Ok(Json(sent_message(&app, id, sent).await?))
}
