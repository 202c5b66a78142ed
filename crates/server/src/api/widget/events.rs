//! Reading the log of one's own conversation from a position on.

use axum::{Json, extract::State};
use domain::id::ConversationId;
use engine::conversations;
use serde::Deserialize;
use utoipa::IntoParams;

use super::Visitor;
use crate::{
    api::{
        extract::{Asked, Id},
        view::shopper_events,
    },
    app::App,
    problem::Result,
    wire::{events::ShopperEvents, problems::ReadProblems},
};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct From {
    /// Only events after this position.
    #[serde(default)]
    pub after: i64,
    /// At most 200.
    #[serde(default)]
    pub limit: Option<i64>,
}

/// Events after a position, oldest first.
#[utoipa::path(
    get, path = "/api/widget/conversations/{id}/events", tag = "widget", operation_id = "read_own_events",
    params(("id" = String, Path, description = "`cnv_…`"), From), security(("shopper" = [])),
    responses((status = 200, description = "Events", body = ShopperEvents), ReadProblems)
)]
pub async fn read_events(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id<ConversationId>,
    Asked(from): Asked<From>,
) -> Result<Json<ShopperEvents>> {
    conversations::of_shopper(&app.desk, id, visitor.shopper).await?;
    Ok(Json(shopper_events(&app, id, from.after, from.limit).await?))
}
