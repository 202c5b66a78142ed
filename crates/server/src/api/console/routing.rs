//! Who serves whom: the plan of a shop, its dry run, and how many agents it takes.

use axum::{Json, extract::State};
use domain::{id::ShopId, staff::Permission};
use engine::{routing, staff};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::SignedIn;
use crate::{
    api::extract::{Asked, JsonBody},
    app::App,
    problem::{Problem, Result},
    wire::{
        problems::{ReadProblems, WriteProblems},
        routing::{DryRun, PlanAgent, PlanChange, PlanTrial, PlanView, Staffing},
    },
};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OfShop {
    /// `shp_…`
    pub shop: String,
}

fn shop_of(text: &str) -> Result<ShopId> {
    text.parse().map_err(|_| Problem::not_found())
}

async fn view(app: &App, me: &SignedIn, shop: ShopId, planned: routing::Planned) -> Result<PlanView> {
    let may = |permission| staff::can(&me.staff, Some(shop), permission);
    let seats = app.desk.store.seats(shop).await?;
    Ok(PlanView {
        version: planned.version,
        plan: planned.plan,
        agents: seats
            .into_iter()
            .map(|seat| PlanAgent { id: seat.staff, name: seat.name, presence: seat.presence })
            .collect(),
        may_change: may(Permission::Supervise) || may(Permission::WriteKnowledge),
    })
}

/// The plan by which conversations find their agents.
#[utoipa::path(
    get, path = "/api/console/routing/plan", tag = "routing", params(OfShop), security(("console" = [])),
    responses((status = 200, description = "The plan", body = PlanView), ReadProblems)
)]
pub async fn read_plan(State(app): State<App>, me: SignedIn, Asked(of): Asked<OfShop>) -> Result<Json<PlanView>> {
    let shop = shop_of(&of.shop)?;
    let planned = routing::read(&app.desk, shop, &me.staff).await?;
    Ok(Json(view(&app, &me, shop, planned).await?))
}

/// Replaces the plan. Supervisors and operators may; `conflict` when somebody else has saved in the meantime.
#[utoipa::path(
    put, path = "/api/console/routing/plan", tag = "routing", params(OfShop), request_body = PlanChange,
    security(("console" = [])),
    responses((status = 200, description = "The plan now", body = PlanView), WriteProblems)
)]
pub async fn save_plan(
    State(app): State<App>,
    me: SignedIn,
    Asked(of): Asked<OfShop>,
    JsonBody(change): JsonBody<PlanChange>,
) -> Result<Json<PlanView>> {
    let shop = shop_of(&of.shop)?;
    let planned = routing::save(&app.desk, shop, &me.staff, change.version, &change.plan).await?;
    Ok(Json(view(&app, &me, shop, planned).await?))
}

/// What a plan would have done with the conversations of the last seven days. Nothing is changed.
#[utoipa::path(
    post, path = "/api/console/routing/dry-run", tag = "routing", params(OfShop), request_body = PlanTrial,
    security(("console" = [])),
    responses((status = 200, description = "What it would have done", body = DryRun), WriteProblems)
)]
pub async fn try_plan(
    State(app): State<App>,
    me: SignedIn,
    Asked(of): Asked<OfShop>,
    JsonBody(trial): JsonBody<PlanTrial>,
) -> Result<Json<DryRun>> {
    let run = routing::dry_run(&app.desk, shop_of(&of.shop)?, &me.staff, &trial.plan).await?;
    Ok(Json(run.into()))
}

#[derive(Debug, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
pub struct StaffingWish {
    /// `shp_…`
    pub shop: String,
    /// The share of shoppers to be served in time, 0.5 to 0.99; 0.9 unless said.
    pub share: Option<f64>,
    /// The time, up to an hour; a minute unless said.
    pub within_ms: Option<i64>,
    /// Days looked back on, up to 90; 14 unless said.
    pub days: Option<i64>,
}

/// How many agents each hour of the day takes, from the shop's own log.
#[utoipa::path(
    get, path = "/api/console/routing/staffing", tag = "routing", params(StaffingWish), security(("console" = [])),
    responses((status = 200, description = "Hour by hour", body = Staffing), ReadProblems)
)]
pub async fn read_staffing(
    State(app): State<App>,
    me: SignedIn,
    Asked(wish): Asked<StaffingWish>,
) -> Result<Json<Staffing>> {
    let ask = routing::Ask {
        share: wish.share.unwrap_or(0.9),
        within_ms: wish.within_ms.unwrap_or(60_000),
        days: wish.days.unwrap_or(14),
    };
    Ok(Json(routing::staffing(&app.desk, shop_of(&wish.shop)?, &me.staff, ask).await?.into()))
}
