//! One's own notices.

use axum::{Json, extract::State, http::StatusCode};
use domain::id::{ConversationId, NoticeId};
use engine::workspace;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::super::SignedIn;
use crate::{
    api::extract::{Asked, JsonBody},
    app::App,
    problem::{Problem, Result},
    wire::{
        problems::{ReadProblems, WriteProblems},
        workspace::Notice,
    },
};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// The seen ones too.
    #[serde(default)]
    pub seen: bool,
}

/// What one should look at, the latest first.
#[utoipa::path(
    get, path = "/api/console/notices", tag = "account", params(Which), security(("console" = [])),
    responses((status = 200, description = "Notices", body = Vec<Notice>), ReadProblems)
)]
pub async fn list_notices(
    State(app): State<App>,
    me: SignedIn,
    Asked(which): Asked<Which>,
) -> Result<Json<Vec<Notice>>> {
    let notices = workspace::notices(&app.desk, &me.staff, which.seen).await?;
    Ok(Json(notices.into_iter().map(Into::into).collect()))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// `ntc_…`
    #[serde(default)]
    pub ids: Vec<String>,
    /// All about this conversation.
    #[serde(default)]
    pub conversation: Option<String>,
}

/// Marks one's own notices as seen.
#[utoipa::path(
    post, path = "/api/console/notices/seen", tag = "account", request_body = Seen, security(("console" = [])),
    responses((status = 204, description = "Noted"), WriteProblems)
)]
pub async fn see_notices(State(app): State<App>, me: SignedIn, JsonBody(seen): JsonBody<Seen>) -> Result<StatusCode> {
    if seen.ids.len() as i64 > workspace::MAX_NOTICES {
        return Err(Problem::field("ids", "too_many"));
    }
    let ids: Vec<NoticeId> = seen.ids.iter().filter_map(|id| id.parse().ok()).collect();
    let about: Option<ConversationId> = seen.conversation.and_then(|id| id.parse().ok());
    workspace::see(&app.desk, &me.staff, &ids, about).await?;
    Ok(StatusCode::NO_CONTENT)
}
