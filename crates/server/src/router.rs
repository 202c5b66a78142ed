//! The one list of what answers where, and what surrounds every request.

use std::time::Duration;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    middleware::{self, Next},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};
use utoipa_axum::{router::OpenApiRouter, routes};
use utoipa_swagger_ui::SwaggerUi;

use crate::{
    api,
    app::App,
    assets,
    client_address::ClientAddress,
    headers, observe, openapi,
    problem::{Code, Problem, Result},
    sockets, storefront,
};

/// Room for the form around an uploaded file.
const FORM_BYTES: usize = 64 * 1024;

/// Everything that the OpenAPI document describes.
pub fn documented() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(openapi::base())
        .merge(api::widget::routes())
        .merge(api::console::routes())
        .routes(routes!(api::files::read_file))
        .routes(routes!(observe::health::healthz))
        .routes(routes!(observe::health::readyz))
        .merge(storefront::routes())
}

pub fn router(app: App) -> Router {
    let (documented, document) = documented().split_for_parts();
    let config = &app.config;
    let body_limit = config.http.json_bytes;
    let upload_limit = config.http.import_bytes.max(usize::try_from(config.limits.file_bytes).unwrap_or(usize::MAX));
    let requests = documented
        .method_not_allowed_fallback(not_allowed)
        .layer(api::widget::cors())
        .layer(middleware::from_fn(move |request, next| limit_body(request, next, body_limit, upload_limit)))
        .layer(middleware::from_fn_with_state(app.clone(), time_out))
        .layer(middleware::from_fn_with_state(app.clone(), limit_requests));
    let pages = Router::new()
        .route("/", get(front_page))
        .route("/console", get(|| async { Redirect::permanent("/console/") }))
        .route("/console/{*path}", get(assets::console))
        .route("/console/", get(assets::console))
        .route("/widget/{*path}", get(assets::widget))
        .route("/shop", get(|| async { Redirect::permanent("/shop/") }))
        .route("/shop/", get(assets::storefront))
        .route("/shop/{*path}", get(assets::storefront))
        .route("/metrics", get(observe::health::metrics));
    let sockets = Router::new()
        .route("/api/widget/ws", get(sockets::widget::accept))
        .route("/api/console/ws", get(sockets::console::accept))
        .layer(middleware::from_fn_with_state(app.clone(), limit_requests));
    Router::new()
        .merge(requests)
        .merge(pages)
        .merge(SwaggerUi::new("/api/docs").url("/api/openapi.json", document))
        .layer(CompressionLayer::new())
        .merge(sockets)
        .fallback(|| async { Problem::not_found() })
        .method_not_allowed_fallback(not_allowed)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(headers::secure))
        .layer(middleware::from_fn_with_state(app.clone(), observe::request::observe))
        .with_state(app)
}

async fn not_allowed() -> Problem {
    Problem::new(Code::MethodNotAllowed)
}

async fn front_page(State(app): State<App>) -> Redirect {
    Redirect::temporary(if app.storefront.is_some() { "/shop/" } else { "/console/" })
}

/// Bodies are bounded before anything reads them; only uploads may be large.
async fn limit_body(mut request: Request, next: Next, json_bytes: usize, upload_bytes: usize) -> Response {
    let content_type = request.headers().get(axum::http::header::CONTENT_TYPE);
    let is_form = content_type
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with("multipart/form-data"));
    let limit = if is_form { upload_bytes.saturating_add(FORM_BYTES) } else { json_bytes };
    DefaultBodyLimit::max(limit).apply(&mut request);
    next.run(request).await
}

async fn time_out(State(app): State<App>, request: Request, next: Next) -> Response {
    let limit = Duration::from_millis(app.config.http.request_timeout_ms);
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::new(Code::TimedOut).into_response(),
    }
}

async fn limit_requests(
    State(app): State<App>,
    address: ClientAddress,
    request: Request,
    next: Next,
) -> Result<Response> {
    let is_for_operators = matches!(request.uri().path(), "/healthz" | "/readyz");
    if !is_for_operators {
        app.rates.requests.check(&address.bucket())?;
    }
    Ok(next.run(request).await)
}

/// A panic is our fault; the process goes on, the caller learns nothing.
fn panicked(panic: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let what = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default();
    tracing::error!(panic = %what, "handler panicked");
    Problem::new(Code::Internal).into_response()
}
