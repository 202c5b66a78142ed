//! "Misses at most 10 % of those that needed a human": when the bot hands over, what is promised of it, and what to judge
//! next.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use domain::{id::SampleId, staff::Permission};
use engine::handoff::certificate;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::{InShop, SignedIn, shop};
use crate::{
    api::extract::{Asked, JsonBody, page_size, parse_id},
    app::App,
    problem::Result,
    wire::{
        handoff::{HandoffTerms, HandoffTurn, HandoffView},
        problems::{ReadProblems, WriteProblems},
    },
};

const READERS: &[Permission] = &[Permission::Supervise, Permission::WriteKnowledge, Permission::ReadAudit];

/// When the bot hands over, and how many turns that needed a human it misses at most.
#[utoipa::path(
    get, path = "/api/console/handoff", tag = "assistant", params(InShop), security(("console" = [])),
    responses((status = 200, description = "Handing over", body = HandoffView), ReadProblems)
)]
pub async fn read_handoff(State(app): State<App>, me: SignedIn, Asked(of): Asked<InShop>) -> Result<Json<HandoffView>> {
    let shop = shop(&app, &me, &of.shop, READERS).await?;
    Ok(Json(certificate::state(&app.desk, &me.staff, &shop).await?.into()))
}

/// Changes costs, limits and what is to be promised.
#[utoipa::path(
    put, path = "/api/console/handoff", tag = "assistant", params(InShop), request_body = HandoffTerms,
    security(("console" = [])),
    responses((status = 200, description = "Handing over now", body = HandoffView), WriteProblems)
)]
pub async fn set_handoff(
    State(app): State<App>,
    me: SignedIn,
    Asked(of): Asked<InShop>,
    JsonBody(terms): JsonBody<HandoffTerms>,
) -> Result<Json<HandoffView>> {
    let row = shop(&app, &me, &of.shop, &[Permission::WriteKnowledge]).await?;
    certificate::set_terms(&app.desk, &me.staff, row, terms.into()).await?;
    let row = shop(&app, &me, &of.shop, READERS).await?;
    Ok(Json(certificate::state(&app.desk, &me.staff, &row).await?.into()))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TurnsWish {
    /// `shp_…`
    pub shop: String,
    pub limit: Option<i64>,
}

/// Turns that wait for judgement, the oldest first: choosing among them would spoil the promise.
#[utoipa::path(
    get, path = "/api/console/handoff/turns", tag = "assistant", params(TurnsWish), security(("console" = [])),
    responses((status = 200, description = "Turns", body = Vec<HandoffTurn>), ReadProblems)
)]
pub async fn list_turns(
    State(app): State<App>,
    me: SignedIn,
    Asked(wish): Asked<TurnsWish>,
) -> Result<Json<Vec<HandoffTurn>>> {
    let shop = shop(&app, &me, &wish.shop, &[Permission::Supervise]).await?;
    let turns = certificate::open(&app.desk, &me.staff, shop.id, page_size(wish.limit)).await?;
    Ok(Json(turns.into_iter().map(Into::into).collect()))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TurnJudgement {
    /// Whether a human was needed at this turn.
    pub needed_human: bool,
}

/// Judges a turn; a later judgement replaces an earlier one.
#[utoipa::path(
    post, path = "/api/console/handoff/turns/{id}", tag = "assistant",
    params(("id" = String, Path, description = "`smp_…`")), request_body = TurnJudgement, security(("console" = [])),
    responses((status = 204, description = "Judged"), WriteProblems)
)]
pub async fn judge_turn(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
    JsonBody(judgement): JsonBody<TurnJudgement>,
) -> Result<StatusCode> {
    let id: SampleId = parse_id(&id, "id")?;
    certificate::judge(&app.desk, &me.staff, id, judgement.needed_human).await?;
    Ok(StatusCode::NO_CONTENT)
}
