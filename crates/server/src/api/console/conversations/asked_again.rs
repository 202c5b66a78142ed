//! Before an agent sends: does the draft ask for what is known already?

use axum::{Json, extract::State};
use domain::{id::ConversationId, message::MAX_MESSAGE_CHARS};
use engine::{error::DeskError, handoff::asked_again};
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::SignedIn;
use crate::{
    api::extract::{Id, JsonBody},
    app::App,
    problem::Result,
    wire::{handoff::AskedAgainHint, problems::WriteProblems},
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgentDraft {
    pub text: String,
}

/// What the draft asks the shopper for although it is known, with the value.
#[utoipa::path(
    post, path = "/api/console/conversations/{id}/asked-again", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`")), request_body = AgentDraft, security(("console" = [])),
    responses((status = 200, description = "Hints", body = Vec<AskedAgainHint>), WriteProblems)
)]
pub async fn check_asked_again(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
    JsonBody(draft): JsonBody<AgentDraft>,
) -> Result<Json<Vec<AskedAgainHint>>> {
    if draft.text.chars().count() > MAX_MESSAGE_CHARS {
        return Err(DeskError::invalid("text", "too_long").into());
    }
    let hints = asked_again::hints(&app.desk, id, &me.staff, &draft.text).await?;
    Ok(Json(hints.into_iter().map(Into::into).collect()))
}
