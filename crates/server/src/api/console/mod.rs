//! What the team's console calls. A cookie says who asks; everything that changes something carries the CSRF token;
//! what somebody may not see doesn't exist for them.

pub mod actions;
pub mod articles;
pub mod assistant;
pub mod audit;
pub mod board;
pub mod conversations;
pub mod files;
pub mod inbox;
pub mod me;
pub mod measures;
pub mod orders;
pub mod overview;
pub mod phrases;
pub mod products;
pub mod routing;
pub mod sign_in;
mod signed_in;
pub mod staff;
pub mod traces;
pub mod workspace;

use utoipa_axum::{router::OpenApiRouter, routes};

pub use signed_in::{COOKIE, SignedIn, cookie, is_own_origin};

use crate::app::App;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(sign_in::sign_in))
        .routes(routes!(sign_in::sign_out))
        .routes(routes!(me::read_me))
        .routes(routes!(me::set_presence))
        .routes(routes!(me::set_language))
        .routes(routes!(me::change_password))
        .routes(routes!(inbox::read_inbox))
        .merge(conversations::routes())
        .merge(actions::routes())
        .merge(workspace::routes())
        .routes(routes!(orders::read_orders))
        .routes(routes!(traces::read_trace))
        .routes(routes!(files::upload))
        .routes(routes!(products::list_products))
        .routes(routes!(products::read_product))
        .routes(routes!(phrases::list_phrases, phrases::create_phrase))
        .routes(routes!(phrases::update_phrase, phrases::delete_phrase))
        .routes(routes!(phrases::count_use))
        .merge(articles::routes())
        .merge(assistant::routes())
        .routes(routes!(staff::list_staff, staff::create_staff))
        .routes(routes!(staff::update_staff))
        .routes(routes!(routing::read_plan, routing::save_plan))
        .routes(routes!(routing::try_plan))
        .routes(routes!(routing::read_staffing))
        .routes(routes!(audit::read_audit))
        .routes(routes!(overview::read_overview))
        .routes(routes!(measures::read_measures))
        .routes(routes!(measures::export_measures))
        .routes(routes!(board::read_board))
        .routes(routes!(board::read_service_levels, board::set_service_levels))
}
