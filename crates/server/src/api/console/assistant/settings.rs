//! How the bot sounds, what it never says, and how far it goes alone; a change counts from the next message on.

use axum::{Json, extract::State};
use domain::staff::Permission;
use engine::settings::{self, ShopSettings};

use super::{InShop, SignedIn, shop};
use crate::{
    api::extract::{Asked, JsonBody},
    app::App,
    problem::Result,
    wire::{
        bot_settings::BotSettings,
        problems::{ReadProblems, WriteProblems},
    },
};

/// The bot's settings in a shop.
#[utoipa::path(
    get, path = "/api/console/bot-settings", tag = "assistant", params(InShop), security(("console" = [])),
    responses((status = 200, description = "Settings", body = BotSettings), ReadProblems)
)]
pub async fn read_bot_settings(
    State(app): State<App>,
    me: SignedIn,
    Asked(of): Asked<InShop>,
) -> Result<Json<BotSettings>> {
    let shop = shop(&app, &me, &of.shop, &[Permission::ReadKnowledge]).await?;
    Ok(Json(settings::BotSettings::of(&ShopSettings::of(&shop)?).into()))
}

/// Replaces them. `fields` of an error names what can't be used.
#[utoipa::path(
    put, path = "/api/console/bot-settings", tag = "assistant", params(InShop), request_body = BotSettings,
    security(("console" = [])),
    responses((status = 200, description = "Settings, tidied", body = BotSettings), WriteProblems)
)]
pub async fn set_bot_settings(
    State(app): State<App>,
    me: SignedIn,
    Asked(of): Asked<InShop>,
    JsonBody(wanted): JsonBody<BotSettings>,
) -> Result<Json<BotSettings>> {
    let shop = shop(&app, &me, &of.shop, &[Permission::ReadKnowledge]).await?;
    me.may_in(shop.id, Permission::WriteKnowledge)?;
    Ok(Json(settings::save_bot(&app.desk, &me.staff, shop.id, wanted.into()).await?.into()))
}
