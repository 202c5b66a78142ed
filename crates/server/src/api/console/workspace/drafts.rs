//! Drafts kept on the server.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use domain::id::ConversationId;
use engine::workspace;
use serde::Deserialize;
use utoipa::ToSchema;

use super::super::SignedIn;
use crate::{
    api::{
        extract::{Id, JsonBody},
        widget::control::Nothing,
    },
    app::App,
    problem::{Problem, Result},
    wire::{
        problems::{ReadProblems, WriteProblems},
        workspace::Draft,
    },
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftToSave {
    /// Empty: there is none any more.
    pub text: String,
    #[serde(default)]
    pub is_note: bool,
    /// Colleagues may read it.
    #[serde(default)]
    pub is_shared: bool,
}

/// Keeps what one has begun to write.
#[utoipa::path(
    put, path = "/api/console/conversations/{id}/draft", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`")), request_body = DraftToSave, security(("console" = [])),
    responses((status = 204, description = "Kept"), WriteProblems)
)]
pub async fn save_draft(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
    JsonBody(draft): JsonBody<DraftToSave>,
) -> Result<StatusCode> {
    let DraftToSave { text, is_note, is_shared } = draft;
    let draft = workspace::DraftToSave { text, is_note, is_shared };
    workspace::save_draft(&app.desk, id, &me.staff, draft).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Who has begun to write here: oneself first, then colleagues, with the text where one may read it.
#[utoipa::path(
    get, path = "/api/console/conversations/{id}/drafts", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`")), security(("console" = [])),
    responses((status = 200, description = "Drafts", body = Vec<Draft>), ReadProblems)
)]
pub async fn list_drafts(State(app): State<App>, me: SignedIn, Id(id): Id<ConversationId>) -> Result<Json<Vec<Draft>>> {
    let drafts = workspace::drafts(&app.desk, id, &me.staff).await?;
    Ok(Json(drafts.into_iter().map(Into::into).collect()))
}

/// Asks a colleague to share a draft.
#[utoipa::path(
    post, path = "/api/console/conversations/{id}/drafts/{staff}/want", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`"), ("staff" = String, Path, description = "`stf_…`")),
    request_body = Nothing, security(("console" = [])),
    responses((status = 204, description = "Asked"), WriteProblems)
)]
pub async fn want_draft(
    State(app): State<App>,
    me: SignedIn,
    Path((id, staff)): Path<(String, String)>,
    _nothing: JsonBody<Nothing>,
) -> Result<StatusCode> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let staff = staff.parse().map_err(|_| Problem::not_found())?;
    workspace::want_draft(&app.desk, id, &me.staff, staff).await?;
    Ok(StatusCode::NO_CONTENT)
}
