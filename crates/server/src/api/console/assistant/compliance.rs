//! What may be said to shoppers: the platform's rules, the merchant's own lists, and a text to try them on.

use axum::{Json, extract::State};
use domain::staff::Permission;
use engine::{
    compliance::{self, ComplianceSettings as Stored},
    settings::ShopSettings,
};

use super::{InShop, SignedIn, shop};
use crate::{
    api::extract::{Asked, JsonBody},
    app::App,
    problem::Result,
    wire::{
        compliance::{CheckedText, ComplianceSettings, ComplianceView, TextToCheck},
        problems::{ReadProblems, WriteProblems},
    },
};

/// What may be said in a shop, and what could be chosen.
#[utoipa::path(
    get, path = "/api/console/compliance", tag = "assistant", params(InShop), security(("console" = [])),
    responses((status = 200, description = "The rules", body = ComplianceView), ReadProblems)
)]
pub async fn read_compliance(
    State(app): State<App>,
    me: SignedIn,
    Asked(of): Asked<InShop>,
) -> Result<Json<ComplianceView>> {
    let shop = shop(&app, &me, &of.shop, &[Permission::ReadKnowledge]).await?;
    Ok(Json(ComplianceView::of(Stored::of(&ShopSettings::of(&shop)?))))
}

/// Replaces the merchant's choices. They count from the next message. `fields` of an error names what can't be used.
#[utoipa::path(
    put, path = "/api/console/compliance", tag = "assistant", params(InShop), request_body = ComplianceSettings,
    security(("console" = [])),
    responses((status = 200, description = "The rules, tidied", body = ComplianceView), WriteProblems)
)]
pub async fn set_compliance(
    State(app): State<App>,
    me: SignedIn,
    Asked(of): Asked<InShop>,
    JsonBody(wanted): JsonBody<ComplianceSettings>,
) -> Result<Json<ComplianceView>> {
    let shop = shop(&app, &me, &of.shop, &[Permission::ReadKnowledge]).await?;
    me.may_in(shop.id, Permission::WriteKnowledge)?;
    let saved = compliance::save(&app.desk, &me.staff, shop.id, wanted.into()).await?;
    Ok(Json(ComplianceView::of(saved)))
}

/// What the shop's rules find in a text, and the text put right. Nothing is stored.
#[utoipa::path(
    post, path = "/api/console/compliance/check", tag = "assistant", params(InShop), request_body = TextToCheck,
    security(("console" = [])),
    responses((status = 200, description = "What was found", body = CheckedText), WriteProblems)
)]
pub async fn check_text(
    State(app): State<App>,
    me: SignedIn,
    Asked(of): Asked<InShop>,
    JsonBody(sent): JsonBody<TextToCheck>,
) -> Result<Json<CheckedText>> {
    let shop = shop(&app, &me, &of.shop, &[Permission::ReadKnowledge]).await?;
    let checked = compliance::check_text(&app.desk, &me.staff, shop.id, &sent.text).await?;
    Ok(Json(CheckedText::of(checked, &sent.text)))
}
