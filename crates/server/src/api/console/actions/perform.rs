//! Preview, confirmation and undo.

use axum::{
    Json,
    extract::{Path, State},
};
use domain::{action::Action, id::ConversationId};
use engine::actions::{self, For, Performed};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{ActionWish, SignedIn, doer, ids, view, wish};
use crate::{
    api::extract::{Id, JsonBody},
    app::App,
    problem::{Code, Problem, Result},
    wire::{
        self,
        actions::{ActionPreview, ActionRecord},
        problems::WriteProblems,
    },
};

/// What would happen, with amounts. Nothing is done; a refusal comes as a verdict with its rule.
#[utoipa::path(
    post, path = "/api/console/conversations/{id}/actions/preview", tag = "actions",
    params(("id" = String, Path, description = "`cnv_…`")), request_body = ActionWish, security(("console" = [])),
    responses((status = 200, description = "What would happen", body = ActionPreview), WriteProblems)
)]
pub async fn preview_action(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
    JsonBody(asked): JsonBody<ActionWish>,
) -> Result<Json<ActionPreview>> {
    let preview = actions::preview(&app.desk, &wish(&me, id, asked.action)).await?;
    Ok(Json(preview.into()))
}

/// A preview that was read and confirmed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    #[schema(value_type = wire::deeds::Action)]
    pub action: Action,
    /// Of the preview.
    pub token: String,
    /// Made by the caller, and the same when the request is repeated: one key is done once.
    pub key: String,
}

/// Does what was previewed. The record says what came of it: done, running, waiting for approval, refused or failed.
#[utoipa::path(
    post, path = "/api/console/conversations/{id}/actions", tag = "actions",
    params(("id" = String, Path, description = "`cnv_…`")), request_body = Confirmation, security(("console" = [])),
    responses((status = 200, description = "What came of it", body = ActionRecord), WriteProblems)
)]
pub async fn perform_action(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
    JsonBody(confirmed): JsonBody<Confirmation>,
) -> Result<Json<ActionRecord>> {
    let Confirmation { action, token, key } = confirmed;
    if key.trim().is_empty() {
        return Err(Problem::field("key", "empty"));
    }
    // Keys of different people, and of the bot, never meet.
    let key = format!("{}:{key}", me.staff.id);
    match actions::perform(&app.desk, &wish(&me, id, action), &token, &key).await? {
        Performed::Recorded(record) => Ok(Json(view::one(&app, &me, *record).await?)),
        Performed::Changed(_) if actions::is_late(&token, app.desk.now()) => {
            Err(Problem::new(Code::ConfirmationExpired))
        }
        Performed::Changed(_) => Err(Problem::new(Code::ActionChanged)),
    }
}

/// Takes back what was done, while the policy allows it and nothing else has happened to the order.
#[utoipa::path(
    post, path = "/api/console/conversations/{id}/actions/{action}/undo", tag = "actions",
    params(("id" = String, Path, description = "`cnv_…`"), ("action" = String, Path, description = "`act_…`")),
    security(("console" = [])),
    responses((status = 200, description = "The action, undone", body = ActionRecord), WriteProblems)
)]
pub async fn undo_action(
    State(app): State<App>,
    me: SignedIn,
    Path(path): Path<(String, String)>,
) -> Result<Json<ActionRecord>> {
    let (conversation, action) = ids(path)?;
    match actions::undo(&app.desk, &doer(&me), &For::Conversation(conversation), action).await? {
        Ok(record) => Ok(Json(view::one(&app, &me, record).await?)),
        Err(actions::NotUndone { rule, text }) => Err(Problem::ruled(Code::NotUndone, rule, text)),
    }
}
