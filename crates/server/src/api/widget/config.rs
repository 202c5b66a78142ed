//! What a widget needs before anybody has said anything.

use axum::{Json, extract::State};
use engine::{files::MEDIA_TYPES, routing, settings::ShopSettings};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    api::extract::Asked,
    app::App,
    problem::{Problem, Result},
    wire::{
        basics::{Bilingual, Language, ShopName},
        problems::ReadProblems,
    },
};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WhichShop {
    /// The shop's key, as in `data-shop`.
    #[param(example = "demo")]
    pub shop: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct WidgetConfig {
    pub shop: ShopName,
    pub languages: Vec<Language>,
    pub greeting: Bilingual,
    pub suggestions: Suggestions,
    pub agents_online: i64,
    pub business_open: bool,
    pub limits: WidgetLimits,
    pub colors: Colors,
}

/// Questions shoppers often ask.
#[derive(Debug, Serialize, ToSchema)]
pub struct Suggestions {
    pub zh: Vec<String>,
    pub en: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct WidgetLimits {
    pub message_chars: usize,
    pub file_bytes: u64,
    pub files_per_message: usize,
    pub file_types: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Colors {
    #[schema(example = "#2f6f5e")]
    pub accent: String,
}

/// How the chat of a shop looks and what it allows.
#[utoipa::path(
    get, path = "/api/widget/config", tag = "widget", params(WhichShop),
    responses((status = 200, description = "The shop's chat", body = WidgetConfig), ReadProblems)
)]
pub async fn widget_config(State(app): State<App>, Asked(which): Asked<WhichShop>) -> Result<Json<WidgetConfig>> {
    let shop = app.desk.store.shop_by_key(&which.shop).await?.ok_or_else(Problem::not_found)?;
    let settings = ShopSettings::of(&shop)?;
    let limits = &app.config.limits;
    Ok(Json(WidgetConfig {
        shop: (&shop).into(),
        languages: vec![Language::Zh, Language::En],
        agents_online: app.desk.store.agents_online(shop.id).await?,
        business_open: routing::calendar(&app.desk, shop.id).await?.is_open(app.desk.now()),
        greeting: settings.greeting.into(),
        suggestions: Suggestions { zh: settings.suggestions.zh, en: settings.suggestions.en },
        limits: WidgetLimits {
            message_chars: limits.message_chars,
            file_bytes: limits.file_bytes,
            files_per_message: limits.files_per_message,
            file_types: MEDIA_TYPES.map(str::to_owned).to_vec(),
        },
        colors: Colors { accent: settings.accent },
    }))
}
