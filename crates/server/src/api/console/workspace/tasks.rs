//! Follow-ups with a due time.

use axum::{Json, extract::State, http::StatusCode};
use domain::{
    id::{ConversationId, TaskId},
    time::Timestamp,
};
use engine::workspace;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::super::SignedIn;
use crate::{
    api::extract::{Asked, Id, JsonBody, parse_id},
    app::App,
    problem::Result,
    wire::{
        problems::{ReadProblems, WriteProblems},
        workspace::Task,
    },
};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Everybody's; for supervisors.
    #[serde(default)]
    pub all: bool,
    #[serde(default)]
    pub done: bool,
    /// Only those about this conversation, whoever has them.
    pub conversation: Option<String>,
}

/// One's tasks, what is due first comes first.
#[utoipa::path(
    get, path = "/api/console/tasks", tag = "tasks", params(Which), security(("console" = [])),
    responses((status = 200, description = "Tasks", body = Vec<Task>), ReadProblems)
)]
pub async fn list_tasks(State(app): State<App>, me: SignedIn, Asked(which): Asked<Which>) -> Result<Json<Vec<Task>>> {
    let about: Option<ConversationId> =
        which.conversation.as_deref().map(|id| parse_id(id, "conversation")).transpose()?;
    let tasks = workspace::tasks(&app.desk, &me.staff, which.all, about, which.done).await?;
    Ok(Json(tasks.into_iter().map(Into::into).collect()))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TaskDraft {
    pub text: String,
    #[schema(value_type = i64)]
    pub due_at: Timestamp,
    /// `cnv_…`
    #[serde(default)]
    pub conversation: Option<String>,
    /// `shp_…`; needed without a conversation where one serves several shops.
    #[serde(default)]
    pub shop: Option<String>,
    /// `stf_…`; absent: one's own, or as it was.
    #[serde(default)]
    pub owner: Option<String>,
}

fn draft_of(draft: TaskDraft) -> Result<workspace::TaskDraft> {
    Ok(workspace::TaskDraft {
        conversation: draft.conversation.as_deref().map(|id| parse_id(id, "conversation")).transpose()?,
        shop: draft.shop.as_deref().map(|id| parse_id(id, "shop")).transpose()?,
        owner: draft.owner.as_deref().map(|id| parse_id(id, "owner")).transpose()?,
        text: draft.text,
        due_at: draft.due_at,
    })
}

/// Adds a task for oneself or a colleague.
#[utoipa::path(
    post, path = "/api/console/tasks", tag = "tasks", request_body = TaskDraft, security(("console" = [])),
    responses((status = 201, description = "Added", body = Task), WriteProblems)
)]
pub async fn create_task(
    State(app): State<App>,
    me: SignedIn,
    JsonBody(draft): JsonBody<TaskDraft>,
) -> Result<(StatusCode, Json<Task>)> {
    let task = workspace::create_task(&app.desk, &me.staff, draft_of(draft)?).await?;
    Ok((StatusCode::CREATED, Json(task.into())))
}

/// Changes its text, time or owner.
#[utoipa::path(
    put, path = "/api/console/tasks/{id}", tag = "tasks",
    params(("id" = String, Path, description = "`tsk_…`")), request_body = TaskDraft, security(("console" = [])),
    responses((status = 200, description = "Changed", body = Task), WriteProblems)
)]
pub async fn update_task(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<TaskId>,
    JsonBody(draft): JsonBody<TaskDraft>,
) -> Result<Json<Task>> {
    Ok(Json(workspace::update_task(&app.desk, &me.staff, id, draft_of(draft)?).await?.into()))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Done {
    pub done: bool,
}

/// Ticks it off, or takes the tick back.
#[utoipa::path(
    post, path = "/api/console/tasks/{id}/done", tag = "tasks",
    params(("id" = String, Path, description = "`tsk_…`")), request_body = Done, security(("console" = [])),
    responses((status = 200, description = "Noted", body = Task), WriteProblems)
)]
pub async fn finish_task(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<TaskId>,
    JsonBody(done): JsonBody<Done>,
) -> Result<Json<Task>> {
    Ok(Json(workspace::finish_task(&app.desk, &me.staff, id, done.done).await?.into()))
}
