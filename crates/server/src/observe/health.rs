//! Whether the process lives, whether it can serve, and its numbers.

use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{app::App, observe::metrics::JOBS};

#[derive(Debug, Serialize, ToSchema)]
pub struct Alive {
    #[schema(example = "ok")]
    pub status: &'static str,
    pub version: &'static str,
}

/// The process answers. Says nothing about the database.
#[utoipa::path(
    get, path = "/healthz", tag = "operations", responses((status = 200, description = "Alive", body = Alive))
)]
pub async fn healthz() -> Json<Alive> {
    Json(Alive { status: "ok", version: env!("CARGO_PKG_VERSION") })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    Ok,
    Failed,
}

impl Check {
    const fn of(holds: bool) -> Self {
        if holds { Self::Ok } else { Self::Failed }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Readiness {
    pub ready: bool,
    pub database: Check,
    /// The schema is up to date.
    pub migrations: Check,
    /// Articles in the index of this process.
    pub articles: usize,
    /// Whether search is by meaning too; the desk is ready without.
    pub embedding: bool,
    /// The process is about to end.
    pub draining: bool,
}

/// The desk can serve: the database answers, its schema is up to date, the knowledge index is loaded.
#[utoipa::path(
    get, path = "/readyz", tag = "operations",
    responses(
        (status = 200, description = "Ready", body = Readiness),
        (status = 503, description = "Not ready", body = Readiness)
    )
)]
pub async fn readyz(State(app): State<App>) -> Response {
    let store = &app.desk.store;
    let database = store.ping().await.is_ok();
    let migrations = database && store.pending_migrations().await.is_ok_and(|pending| pending.is_empty());
    let draining = *app.stop.borrow();
    let readiness = Readiness {
        ready: migrations && !draining,
        database: Check::of(database),
        migrations: Check::of(migrations),
        // `Desk::open` has loaded the index before anything could ask.
        articles: app.desk.library.article_count(),
        embedding: app.desk.library.model().is_some(),
        draining,
    };
    let status = if readiness.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(readiness)).into_response()
}

/// For Prometheus. Holds no personal data; still, let only the monitoring reach it.
pub async fn metrics(State(app): State<App>) -> Response {
    if let Ok(counts) = app.desk.store.job_counts().await {
        for (state, count) in
            [("waiting", counts.waiting), ("running", counts.running), ("done", counts.done), ("dead", counts.dead)]
        {
            metrics::gauge!(JOBS, "state" => state).set(count as f64);
        }
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], app.metrics.render()).into_response()
}
