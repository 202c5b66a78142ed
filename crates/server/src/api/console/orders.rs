//! The orders beside a conversation.

use axum::{Json, extract::State};
use domain::id::ConversationId;
use engine::{conversations, orders};

use super::SignedIn;
use crate::{
    api::extract::Id,
    app::App,
    problem::Result,
    wire::{problems::ReadProblems, shop::ShopperOrders},
};

/// The verified shopper's orders, newest first. Nothing for an unverified one.
#[utoipa::path(
    get, path = "/api/console/conversations/{id}/orders", tag = "conversations",
    params(("id" = String, Path, description = "`cnv_…`")), security(("console" = [])),
    responses((status = 200, description = "Orders", body = ShopperOrders), ReadProblems)
)]
pub async fn read_orders(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
) -> Result<Json<ShopperOrders>> {
    let stored = conversations::of_staff(&app.desk, id, &me.staff).await?;
    let panel = orders::panel(&app.desk, &stored).await?;
    Ok(Json(ShopperOrders {
        customer: panel.customer.map(Into::into),
        orders: panel.orders,
        unavailable: panel.unavailable,
    }))
}
