//! The live board, and what a shop promises.

use axum::{Json, extract::State};
use domain::staff::Permission;
use engine::{board, deadlines};

use super::{
    SignedIn,
    assistant::{InShop, shop},
    phrases::OfShop,
};
use crate::{
    api::extract::{Asked, JsonBody},
    app::App,
    problem::Result,
    wire::{
        measures::{Board, ServiceLevels},
        problems::{ReadProblems, WriteProblems},
    },
};

/// Who waits, who serves whom, what is about to be missed.
#[utoipa::path(
    get, path = "/api/console/board", tag = "measures", params(OfShop), security(("console" = [])),
    responses((status = 200, description = "The board", body = Board), ReadProblems)
)]
pub async fn read_board(State(app): State<App>, me: SignedIn, Asked(of): Asked<OfShop>) -> Result<Json<Board>> {
    let shops = me.shops(of.shop.as_deref(), Permission::Supervise)?;
    Ok(Json(board::board(&app.desk, &me.staff, &shops).await?.into()))
}

/// How long a shopper may wait for people.
#[utoipa::path(
    get, path = "/api/console/service-levels", tag = "measures", params(InShop), security(("console" = [])),
    responses((status = 200, description = "The targets", body = ServiceLevels), ReadProblems)
)]
pub async fn read_service_levels(
    State(app): State<App>,
    me: SignedIn,
    Asked(of): Asked<InShop>,
) -> Result<Json<ServiceLevels>> {
    let shop = shop(&app, &me, &of.shop, &[Permission::Supervise, Permission::ReadAudit]).await?;
    Ok(Json(deadlines::levels(&app.desk, shop.id).await?.into()))
}

/// Changes what is promised from now on; what is under way keeps its time.
#[utoipa::path(
    put, path = "/api/console/service-levels", tag = "measures", params(InShop), request_body = ServiceLevels,
    security(("console" = [])),
    responses((status = 200, description = "The targets now", body = ServiceLevels), WriteProblems)
)]
pub async fn set_service_levels(
    State(app): State<App>,
    me: SignedIn,
    Asked(of): Asked<InShop>,
    JsonBody(levels): JsonBody<ServiceLevels>,
) -> Result<Json<ServiceLevels>> {
    let row = shop(&app, &me, &of.shop, &[Permission::Supervise]).await?;
    let id = row.id;
    deadlines::set_levels(&app.desk, &me.staff, row, levels.into()).await?;
    Ok(Json(deadlines::levels(&app.desk, id).await?.into()))
}
