//! One conversation, as the team works on it.

pub mod asked_again;
pub mod control;
pub mod messages;
pub mod notes;
pub mod read;
pub mod transfer;
pub mod typing;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::app::App;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read::read_conversation))
        .routes(routes!(read::read_events))
        .routes(routes!(read::mark_read))
        .routes(routes!(messages::reply))
        .routes(routes!(asked_again::check_asked_again))
        .routes(routes!(notes::add_note))
        .routes(routes!(control::take_over))
        .routes(routes!(control::hand_back))
        .routes(routes!(control::release))
        .routes(routes!(transfer::transfer, transfer::transfer_targets))
        .routes(routes!(control::resolve))
        .routes(routes!(control::reopen))
        .routes(routes!(typing::typing))
}
