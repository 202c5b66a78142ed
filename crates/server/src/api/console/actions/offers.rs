//! What may be done to one order.

use axum::{
    Json,
    extract::{Path, State},
};
use domain::{id::ConversationId, shop::OrderKey};
use engine::actions;

use super::{SignedIn, view};
use crate::{
    app::App,
    problem::{Problem, Result},
    wire::{actions::OrderActions, problems::ReadProblems},
};

/// What the caller may do to an order of the conversation's shopper, each with its limits or the rule that refuses it;
/// and what was done. Another shopper's order is not found.
#[utoipa::path(
    get, path = "/api/console/conversations/{id}/orders/{order}/actions", tag = "actions",
    params(("id" = String, Path, description = "`cnv_…`"), ("order" = String, Path, description = "Its number")),
    security(("console" = [])),
    responses((status = 200, description = "Offers and records", body = OrderActions), ReadProblems)
)]
pub async fn read_order_actions(
    State(app): State<App>,
    me: SignedIn,
    Path((id, order)): Path<(String, String)>,
) -> Result<Json<OrderActions>> {
    let id: ConversationId = id.parse().map_err(|_| Problem::not_found())?;
    let found = actions::offers(&app.desk, &me.staff, id, &OrderKey(order)).await?;
    let past = actions::of_order(&app.desk, &me.staff, found.shop, &found.order).await?;
    Ok(Json(OrderActions {
        offers: found.offers.into_iter().map(Into::into).collect(),
        payment_methods: found.payment_methods,
        past: view::records(&app, &me, past).await?,
    }))
}
