//! What was asked for, and what waits for a person.

use axum::{Json, extract::State};
use domain::id::ConversationId;
use engine::actions;

use super::{SignedIn, view};
use crate::{
    api::extract::Id,
    app::App,
    problem::Result,
    wire::{actions::ActionRecord, problems::ReadProblems},
};

/// What was asked for in a conversation, the latest first.
#[utoipa::path(
    get, path = "/api/console/conversations/{id}/actions", tag = "actions",
    params(("id" = String, Path, description = "`cnv_…`")), security(("console" = [])),
    responses((status = 200, description = "Actions", body = Vec<ActionRecord>), ReadProblems)
)]
pub async fn list_conversation_actions(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
) -> Result<Json<Vec<ActionRecord>>> {
    let records = actions::of_conversation(&app.desk, &me.staff, id).await?;
    Ok(Json(view::records(&app, &me, records).await?))
}

/// What waits for approval in the shops the caller serves, the latest first. `may_decide` says which of them the caller
/// may decide on.
#[utoipa::path(
    get, path = "/api/console/actions/waiting", tag = "actions", security(("console" = [])),
    responses((status = 200, description = "Actions", body = Vec<ActionRecord>), ReadProblems)
)]
pub async fn list_waiting_actions(State(app): State<App>, me: SignedIn) -> Result<Json<Vec<ActionRecord>>> {
    me.may(domain::staff::Permission::Serve)?;
    let records = actions::waiting(&app.desk, &me.staff).await?;
    Ok(Json(view::records(&app, &me, records).await?))
}
