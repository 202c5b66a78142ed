//! How far the shopper has read.

use axum::{extract::State, http::StatusCode};
use domain::id::ConversationId;
use engine::conversations;
use serde::Deserialize;
use store::Side;
use utoipa::ToSchema;

use super::Visitor;
use crate::{
    api::extract::{Id, JsonBody},
    app::App,
    problem::Result,
    wire::problems::WriteProblems,
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadTo {
    /// The last event that was seen.
    pub seq: i64,
}

/// Marks everything up to a position as read.
#[utoipa::path(
    post, path = "/api/widget/conversations/{id}/read", tag = "widget", operation_id = "mark_own_read",
    params(("id" = String, Path, description = "`cnv_…`")), request_body = ReadTo, security(("shopper" = [])),
    responses((status = 204, description = "Noted"), WriteProblems)
)]
pub async fn mark_read(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id<ConversationId>,
    JsonBody(read): JsonBody<ReadTo>,
) -> Result<StatusCode> {
    conversations::of_shopper(&app.desk, id, visitor.shopper).await?;
    conversations::mark_read(&app.desk, id, Side::Shopper, read.seq).await?;
    Ok(StatusCode::NO_CONTENT)
}
