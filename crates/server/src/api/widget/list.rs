//! The shopper's own conversations.

use axum::{Json, extract::State};
use domain::id::ConversationId;
use engine::conversations;

use super::Visitor;
use crate::{
    api::{extract::Id, view::shopper_conversation},
    app::App,
    problem::Result,
    wire::{
        conversations::{ConversationList, ShopperConversation},
        problems::ReadProblems,
    },
};

/// Conversations a shopper sees in the history: more than anybody scrolls through.
const MAX_LISTED: i64 = 50;

/// Own conversations, the latest first.
#[utoipa::path(
    get, path = "/api/widget/conversations", tag = "widget", operation_id = "list_own_conversations",
    security(("shopper" = [])),
    responses((status = 200, description = "Own conversations", body = ConversationList), ReadProblems)
)]
pub async fn list_conversations(State(app): State<App>, visitor: Visitor) -> Result<Json<ConversationList>> {
    let mut items = Vec::new();
    for stored in app.desk.store.conversations_of(visitor.shopper, MAX_LISTED).await? {
        items.push(shopper_conversation(&app, &stored).await?);
    }
    Ok(Json(ConversationList { items, next: None }))
}

/// One of the shopper's conversations.
#[utoipa::path(
    get, path = "/api/widget/conversations/{id}", tag = "widget", operation_id = "read_own_conversation",
    params(("id" = String, Path, description = "`cnv_…`")), security(("shopper" = [])),
    responses((status = 200, description = "The conversation", body = ShopperConversation), ReadProblems)
)]
pub async fn read_conversation(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id<ConversationId>,
) -> Result<Json<ShopperConversation>> {
    let stored = conversations::of_shopper(&app.desk, id, visitor.shopper).await?;
    Ok(Json(shopper_conversation(&app, &stored).await?))
}
