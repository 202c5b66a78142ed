//! Agreeing to what a policy doesn't let happen alone, or not.

use axum::{Json, extract::State};
use domain::{id::ActionId, language::Bilingual};
use engine::actions;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{SignedIn, view};
use crate::{
    api::extract::{Id, JsonBody},
    app::App,
    problem::{Problem, Result},
    wire::{actions::ActionRecord, problems::WriteProblems},
};

/// A reason is a sentence or two.
const MAX_REASON_CHARS: usize = 500;

/// Agrees. It is decided again on the order as it is now, so the record may come back refused. Nobody agrees to their
/// own wish.
#[utoipa::path(
    post, path = "/api/console/actions/{id}/approve", tag = "actions",
    params(("id" = String, Path, description = "`act_…`")), security(("console" = [])),
    responses((status = 200, description = "What came of it", body = ActionRecord), WriteProblems)
)]
pub async fn approve_action(State(app): State<App>, me: SignedIn, Id(id): Id<ActionId>) -> Result<Json<ActionRecord>> {
    let record = actions::approve(&app.desk, &me.staff, id).await?;
    Ok(Json(view::one(&app, &me, record).await?))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionRefusal {
    /// For the shopper and the team, as written; a usual sentence when absent.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Does not agree; nothing is done.
#[utoipa::path(
    post, path = "/api/console/actions/{id}/refuse", tag = "actions",
    params(("id" = String, Path, description = "`act_…`")), request_body = ActionRefusal, security(("console" = [])),
    responses((status = 200, description = "The action, refused", body = ActionRecord), WriteProblems)
)]
pub async fn refuse_action(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ActionId>,
    JsonBody(refusal): JsonBody<ActionRefusal>,
) -> Result<Json<ActionRecord>> {
    let reason = refusal.reason.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    if reason.as_ref().is_some_and(|text| text.chars().count() > MAX_REASON_CHARS) {
        return Err(Problem::field("reason", "too_long"));
    }
    let text = reason.map(|text| Bilingual::new(text.clone(), text));
    let record = actions::refuse_approval(&app.desk, &me.staff, id, text).await?;
    Ok(Json(view::one(&app, &me, record).await?))
}
