//! Reports: every measure over a span of time, on the screen and as a file.

use std::collections::HashMap;

use axum::{
    Json,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::{
    id::ShopId,
    language::Language,
    staff::Permission,
    time::{DAY_MS, Timestamp},
};
use engine::{
    measures::{self, FileKind, GroupBy, Report, Wanted},
    routing,
    settings::ShopSettings,
};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::SignedIn;
use crate::{
    api::extract::{Asked, parse_id},
    app::App,
    problem::{Problem, Result},
    wire::{measures::MeasureReport, problems::ReadProblems},
};

/// What is shown when nobody says otherwise: what the marketplaces look at.
const USUAL_DAYS: i64 = 30;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    Shop,
    Agent,
    Queue,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportFile {
    Csv,
    Xlsx,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wish {
    /// Only this shop, `shp_…`.
    pub shop: Option<String>,
    /// Milliseconds; 30 days before `until`.
    pub from: Option<i64>,
    /// Milliseconds, not included; now.
    pub until: Option<i64>,
    /// Only this agent, `stf_…`.
    pub agent: Option<String>,
    /// Only this queue, `que_…`.
    pub queue: Option<String>,
    #[param(inline)]
    pub group: Option<Group>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FileWish {
    pub shop: Option<String>,
    pub from: Option<i64>,
    pub until: Option<i64>,
    pub agent: Option<String>,
    pub queue: Option<String>,
    #[param(inline)]
    pub group: Option<Group>,
    #[param(inline)]
    pub format: ReportFile,
}

fn wanted(app: &App, me: &SignedIn, wish: Wish) -> Result<Wanted> {
    // Whoever may read audits may read what they are about.
    let shops = me
        .shops(wish.shop.as_deref(), Permission::Supervise)
        .or_else(|_| me.shops(wish.shop.as_deref(), Permission::ReadAudit))?;
    let until = wish.until.map_or(app.desk.now(), Timestamp);
    Ok(Wanted {
        shops,
        from: wish.from.map_or(until.minus_ms(USUAL_DAYS * DAY_MS), Timestamp),
        until,
        agent: wish.agent.as_deref().map(|id| parse_id(id, "agent")).transpose()?,
        queue: wish.queue.as_deref().map(|id| parse_id(id, "queue")).transpose()?,
        group: wish.group.map(|group| match group {
            Group::Shop => GroupBy::Shop,
            Group::Agent => GroupBy::Agent,
            Group::Queue => GroupBy::Queue,
        }),
    })
}

/// Every measure in all, by day, and by shop, agent or queue.
#[utoipa::path(
    get, path = "/api/console/measures", tag = "measures", params(Wish), security(("console" = [])),
    responses((status = 200, description = "The report", body = MeasureReport), ReadProblems)
)]
pub async fn read_measures(
    State(app): State<App>,
    me: SignedIn,
    Asked(wish): Asked<Wish>,
) -> Result<Json<MeasureReport>> {
    let wanted = wanted(&app, &me, wish)?;
    let report = measures::report(&app.desk, &me.staff, &wanted).await?;
    let names = names(&app, &wanted.shops, me.staff.language).await?;
    Ok(Json(MeasureReport::of(&report, |id| name(&names, id))))
}

/// The same as a table.
#[utoipa::path(
    get, path = "/api/console/measures/export", tag = "measures", params(FileWish), security(("console" = [])),
    responses((status = 200, description = "The file", content_type = "application/octet-stream"), ReadProblems)
)]
pub async fn export_measures(State(app): State<App>, me: SignedIn, Asked(file): Asked<FileWish>) -> Result<Response> {
    let FileWish { shop, from, until, agent, queue, group, format } = file;
    let wanted = wanted(&app, &me, Wish { shop, from, until, agent, queue, group })?;
    let report = measures::report(&app.desk, &me.staff, &wanted).await?;
    let content = table(&app, &me, &wanted, &report, format).await?;
    let (name, kind) = match format {
        ReportFile::Csv => ("tandem-measures.csv", "text/csv; charset=utf-8"),
        ReportFile::Xlsx => {
            ("tandem-measures.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        }
    };
    let disposition = format!("attachment; filename=\"{name}\"");
    let mut response = content.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).map_err(Problem::internal)?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

async fn table(app: &App, me: &SignedIn, wanted: &Wanted, report: &Report, format: ReportFile) -> Result<Vec<u8>> {
    let names = names(app, &wanted.shops, me.staff.language).await?;
    let zone = zone(app, &wanted.shops).await?;
    let day = |at: Timestamp| {
        let local = jiff::Timestamp::from_millisecond(at.0).and_then(|instant| instant.in_tz(&zone));
        local.map_or(at.0.to_string(), |local| local.strftime("%Y-%m-%d").to_string())
    };
    let kind = match format {
        ReportFile::Csv => FileKind::Csv,
        ReportFile::Xlsx => FileKind::Xlsx,
    };
    Ok(measures::file(report, kind, me.staff.language, day, |id| name(&names, id))?)
}

async fn zone(app: &App, shops: &[ShopId]) -> Result<String> {
    let Some(first) = shops.first() else { return Ok(ShopSettings::default().time_zone) };
    let shop = app.desk.store.shop(*first).await?.ok_or_else(Problem::not_found)?;
    Ok(ShopSettings::of(&shop)?.time_zone)
}

fn name(names: &HashMap<String, String>, id: &str) -> String {
    names.get(id).cloned().unwrap_or_else(|| id.to_owned())
}

/// What people call shops, agents and queues.
async fn names(app: &App, shops: &[ShopId], language: Language) -> Result<HashMap<String, String>> {
    let mut names = HashMap::new();
    for agent in app.desk.store.agents(shops).await? {
        names.insert(agent.id.to_string(), agent.name);
    }
    for shop in shops {
        if let Some(known) = app.desk.store.shop(*shop).await? {
            names.insert(shop.to_string(), known.name.in_language(language).to_owned());
        }
        for queue in routing::plan(&app.desk, *shop).await?.queues {
            names.insert(queue.id.to_string(), queue.name.in_language(language).to_owned());
        }
    }
    Ok(names)
}
