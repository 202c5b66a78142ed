//! What the bot can do and how far it may go alone: skills, policies, the guarantee and handing over.

pub mod chat_model;
pub mod compliance;
pub mod guarantee;
pub mod handoff;
pub mod policies;
pub mod settings;
pub mod skills;

use domain::{id::ShopId, staff::Permission};
use serde::Deserialize;
use store::Shop;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::SignedIn;
use crate::{
    api::extract::parse_id,
    app::App,
    problem::{Problem, Result},
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(guarantee::read_guarantee, guarantee::set_guarantee))
        .routes(routes!(guarantee::list_questions))
        .routes(routes!(guarantee::judge_question))
        .routes(routes!(settings::read_bot_settings, settings::set_bot_settings))
        .routes(routes!(compliance::read_compliance, compliance::set_compliance))
        .routes(routes!(compliance::check_text))
        .routes(routes!(handoff::read_handoff, handoff::set_handoff))
        .routes(routes!(handoff::list_turns))
        .routes(routes!(handoff::judge_turn))
        .routes(routes!(skills::list_skills))
        .routes(routes!(skills::read_intents))
        .routes(routes!(skills::play_conversations))
        .routes(routes!(policies::read_policy))
        .routes(routes!(policies::what_if))
        .routes(routes!(chat_model::read_chat_model))
        .routes(routes!(chat_model::try_chat_model))
}

/// One shop of the caller's.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct InShop {
    /// `shp_…`
    pub shop: String,
}

/// The shop, if the caller has any of these permissions in it; otherwise it doesn't exist.
pub(super) async fn shop(app: &App, me: &SignedIn, id: &str, any_of: &[Permission]) -> Result<Shop> {
    let id: ShopId = parse_id(id, "shop")?;
    if !any_of.iter().any(|permission| engine::staff::can(&me.staff, Some(id), *permission)) {
        return Err(Problem::not_found());
    }
    app.desk.store.shop(id).await?.ok_or_else(Problem::not_found)
}
