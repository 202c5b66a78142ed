//! Why the bot said what it said.

use axum::{Json, extract::State};
use domain::{id::TraceId, trace::Trace as StoredTrace};
use engine::conversations;

use super::SignedIn;
use crate::{
    api::extract::Id,
    app::App,
    problem::{Problem, Result},
    wire::{problems::ReadProblems, traces::Trace},
};

/// One turn of the bot, step by step.
#[utoipa::path(
    get, path = "/api/console/traces/{id}", tag = "conversations",
    params(("id" = String, Path, description = "`trc_…`")), security(("console" = [])),
    responses((status = 200, description = "The turn", body = Trace), ReadProblems)
)]
pub async fn read_trace(State(app): State<App>, me: SignedIn, Id(id): Id<TraceId>) -> Result<Json<StoredTrace>> {
    let trace = app.desk.store.trace(id).await?.ok_or_else(Problem::not_found)?;
    conversations::of_staff(&app.desk, trace.conversation, &me.staff).await?;
    Ok(Json(trace))
}
