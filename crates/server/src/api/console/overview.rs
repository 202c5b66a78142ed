//! How things stand now and what happened today.

use axum::{Json, extract::State};
use domain::{id::ShopId, staff::Permission, time::Timestamp};
use engine::settings::ShopSettings;

use super::{SignedIn, phrases::OfShop};
use crate::{
    api::extract::Asked,
    app::App,
    problem::Result,
    wire::{
        people::{EmbeddingState, ModelState, Overview},
        problems::ReadProblems,
    },
};

/// Numbers of one's shops.
#[utoipa::path(
    get, path = "/api/console/overview", tag = "overview", params(OfShop), security(("console" = [])),
    responses((status = 200, description = "The numbers", body = Overview), ReadProblems)
)]
pub async fn read_overview(State(app): State<App>, me: SignedIn, Asked(of): Asked<OfShop>) -> Result<Json<Overview>> {
    let shops = me.shops(of.shop.as_deref(), Permission::ReadConversations)?;
    let store = &app.desk.store;
    let now = app.desk.now();
    let counts = store.inbox_counts(&shops, me.staff.id).await?;
    let oldest = store.oldest_queued(&shops).await?;
    let since = midnight(&app, &shops, now).await?;
    let model = app.desk.library.model();
    Ok(Json(Overview {
        queue: counts.queue,
        longest_wait_ms: oldest.map(|since| now.since_ms(since)),
        with_agents: counts.open - counts.queue - counts.bot,
        with_bot: counts.bot,
        agents: store.agents(&shops).await?.into_iter().map(Into::into).collect(),
        today: store.today(&shops, since).await?.into(),
        model: ModelState {
            embedding: if model.is_some() { EmbeddingState::Ready } else { EmbeddingState::Missing },
            name: model.map(str::to_owned),
        },
    }))
}

/// When the day began where the first of the shops is.
async fn midnight(app: &App, shops: &[ShopId], now: Timestamp) -> Result<Timestamp> {
    let zone = match shops.first() {
        Some(id) => match app.desk.store.shop(*id).await? {
            Some(shop) => ShopSettings::of(&shop)?.time_zone,
            None => ShopSettings::default().time_zone,
        },
        None => ShopSettings::default().time_zone,
    };
    let begin = jiff::Timestamp::from_millisecond(now.0)
        .and_then(|instant| instant.in_tz(&zone))
        .and_then(|local| local.start_of_day());
    // A zone this machine doesn't know: the last 24 hours are close enough.
    Ok(begin.map_or(now.minus_ms(domain::time::DAY_MS), |begin| Timestamp(begin.timestamp().as_millisecond())))
}
