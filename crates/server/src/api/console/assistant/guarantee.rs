//! "Answers alone: at most 5 % wrong, 95 % confidence": what is promised, on what it rests, and what to judge next.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use domain::{id::SampleId, staff::Permission};
use engine::review;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::{InShop, SignedIn, shop};
use crate::{
    api::extract::{Asked, JsonBody, page_size, parse_id},
    app::App,
    problem::Result,
    wire::{
        guarantee::{GuaranteeTerms, GuaranteeView, QuestionView},
        problems::{ReadProblems, WriteProblems},
    },
};

const READERS: &[Permission] = &[Permission::Supervise, Permission::WriteKnowledge, Permission::ReadAudit];

/// What can be promised of the answers the bot gives alone.
#[utoipa::path(
    get, path = "/api/console/guarantee", tag = "assistant", params(InShop), security(("console" = [])),
    responses((status = 200, description = "The guarantee", body = GuaranteeView), ReadProblems)
)]
pub async fn read_guarantee(
    State(app): State<App>,
    me: SignedIn,
    Asked(of): Asked<InShop>,
) -> Result<Json<GuaranteeView>> {
    let shop = shop(&app, &me, &of.shop, READERS).await?;
    Ok(Json(review::state(&app.desk, &me.staff, &shop).await?.into()))
}

/// Changes what is to be promised.
#[utoipa::path(
    put, path = "/api/console/guarantee", tag = "assistant", params(InShop), request_body = GuaranteeTerms,
    security(("console" = [])),
    responses((status = 200, description = "The guarantee now", body = GuaranteeView), WriteProblems)
)]
pub async fn set_guarantee(
    State(app): State<App>,
    me: SignedIn,
    Asked(of): Asked<InShop>,
    JsonBody(terms): JsonBody<GuaranteeTerms>,
) -> Result<Json<GuaranteeView>> {
    let row = shop(&app, &me, &of.shop, &[Permission::WriteKnowledge]).await?;
    review::set_terms(&app.desk, &me.staff, row.id, terms.into()).await?;
    let row = shop(&app, &me, &of.shop, READERS).await?;
    Ok(Json(review::state(&app.desk, &me.staff, &row).await?.into()))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wish {
    /// `shp_…`
    pub shop: String,
    pub limit: Option<i64>,
}

/// Questions that wait for judgement, the oldest first: choosing among them would spoil the guarantee.
#[utoipa::path(
    get, path = "/api/console/guarantee/questions", tag = "assistant", params(Wish), security(("console" = [])),
    responses((status = 200, description = "Questions", body = Vec<QuestionView>), ReadProblems)
)]
pub async fn list_questions(
    State(app): State<App>,
    me: SignedIn,
    Asked(wish): Asked<Wish>,
) -> Result<Json<Vec<QuestionView>>> {
    let shop = shop(&app, &me, &wish.shop, &[Permission::Supervise]).await?;
    let questions = review::open(&app.desk, &me.staff, shop.id, page_size(wish.limit)).await?;
    Ok(Json(questions.into_iter().map(Into::into).collect()))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Judgement {
    /// Whether the article answers what was asked.
    pub is_right: bool,
}

/// Judges a question; a later judgement replaces an earlier one.
#[utoipa::path(
    post, path = "/api/console/guarantee/questions/{id}", tag = "assistant",
    params(("id" = String, Path, description = "`smp_…`")), request_body = Judgement, security(("console" = [])),
    responses((status = 204, description = "Judged"), WriteProblems)
)]
pub async fn judge_question(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<String>,
    JsonBody(judgement): JsonBody<Judgement>,
) -> Result<StatusCode> {
    let id: SampleId = parse_id(&id, "id")?;
    review::judge(&app.desk, &me.staff, id, judgement.is_right).await?;
    Ok(StatusCode::NO_CONTENT)
}
