//! The shopper's choice of who serves: a person or the bot.

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

/// Nothing more to say.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// Asks for a person: the conversation goes to the queue at once.
#[utoipa::path(
    post, path = "/api/widget/conversations/{id}/human", tag = "widget",
    params(("id" = String, Path, description = "`cnv_…`")), request_body = Nothing, security(("shopper" = [])),
    responses((status = 200, description = "In the queue", body = ShopperConversation), WriteProblems)
)]
pub async fn ask_human(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id<ConversationId>,
    _nothing: JsonBody<Nothing>,
) -> Result<Json<ShopperConversation>> {
    app.rates.messages.check(&visitor.shopper.to_string())?;
    let stored = conversations::ask_human(&app.desk, id, visitor.shopper).await?;
    Ok(Json(shopper_conversation(&app, &stored).await?))
}

/// Goes back to the bot, from the queue or from an agent.
#[utoipa::path(
    post, path = "/api/widget/conversations/{id}/bot", tag = "widget",
    params(("id" = String, Path, description = "`cnv_…`")), request_body = Nothing, security(("shopper" = [])),
    responses((status = 200, description = "With the bot", body = ShopperConversation), WriteProblems)
)]
pub async fn choose_bot(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id<ConversationId>,
    _nothing: JsonBody<Nothing>,
) -> Result<Json<ShopperConversation>> {
    app.rates.messages.check(&visitor.shopper.to_string())?;
    let stored = conversations::choose_bot(&app.desk, id, visitor.shopper).await?;
    Ok(Json(shopper_conversation(&app, &stored).await?))
}
