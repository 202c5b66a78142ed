//! What the shopper's chat calls. Open to every origin, without cookies: a bearer token says who asks.

pub mod config;
pub mod connect;
pub mod contact;
pub mod control;
pub mod events;
pub mod files;
pub mod list;
pub mod messages;
pub mod open;
pub mod rate;
pub mod read;
pub mod visit;
mod visitor;

use std::time::Duration;

use axum::http::{HeaderName, Method, header};
use tower_http::cors::{AllowOrigin, CorsLayer};
use utoipa_axum::{router::OpenApiRouter, routes};

pub use visitor::Visitor;

use crate::app::App;

/// Browsers ask once in ten minutes whether they may.
const PREFLIGHT_S: u64 = 600;

/// For the whole router, because a preflight is answered before there is a route; only the widget's paths are open.
pub fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(|_, request| request.uri.path().starts_with("/api/widget/")))
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE, header::ACCEPT_LANGUAGE])
        .expose_headers([header::RETRY_AFTER, HeaderName::from_static("x-request-id")])
        .max_age(Duration::from_secs(PREFLIGHT_S))
}

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(config::widget_config))
        .routes(routes!(connect::connect))
        .routes(routes!(open::open_conversation, list::list_conversations))
        .routes(routes!(list::read_conversation))
        .routes(routes!(events::read_events))
        .routes(routes!(messages::say))
        .routes(routes!(control::ask_human))
        .routes(routes!(control::choose_bot))
        .routes(routes!(rate::rate))
        .routes(routes!(read::mark_read))
        .routes(routes!(contact::leave_contact))
        .routes(routes!(files::upload))
}
