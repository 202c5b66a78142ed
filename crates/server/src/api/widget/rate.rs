//! The shopper's rating.

use axum::{Json, extract::State};
use domain::id::ConversationId;
use engine::conversations;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Visitor;
use crate::{
    api::{
        extract::{Id, JsonBody},
        view::shopper_conversation,
    },
    app::App,
    problem::Result,
    wire::{conversations::ShopperConversation, problems::WriteProblems},
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRating {
    #[schema(minimum = 1, maximum = 5, example = 5)]
    pub stars: u8,
    #[serde(default)]
    pub comment: Option<String>,
}

/// Rates the conversation, once.
#[utoipa::path(
    post, path = "/api/widget/conversations/{id}/rating", tag = "widget",
    params(("id" = String, Path, description = "`cnv_…`")), request_body = NewRating, security(("shopper" = [])),
    responses((status = 200, description = "Rated", body = ShopperConversation), WriteProblems)
)]
pub async fn rate(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id<ConversationId>,
    JsonBody(rating): JsonBody<NewRating>,
) -> Result<Json<ShopperConversation>> {
    app.rates.messages.check(&visitor.shopper.to_string())?;
    let stored = conversations::rate(&app.desk, id, visitor.shopper, rating.stars, rating.comment.as_deref()).await?;
    Ok(Json(shopper_conversation(&app, &stored).await?))
}
