//! The agent's workspace: what is done around a conversation without speaking to the shopper.

pub mod drafts;
pub mod notices;
pub mod people;
pub mod sort;
pub mod suggestions;
pub mod tasks;
pub mod views;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::app::App;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(sort::add_tag, sort::remove_tag))
        .routes(routes!(sort::list_tags))
        .routes(routes!(sort::snooze))
        .routes(routes!(sort::wake))
        .routes(routes!(people::list_colleagues))
        .routes(routes!(people::read_summary))
        .routes(routes!(people::read_past))
        .routes(routes!(people::list_visits))
        .routes(routes!(suggestions::list_suggestions))
        .routes(routes!(suggestions::use_suggestion))
        .routes(routes!(suggestions::sent_suggestion))
        .routes(routes!(suggestions::count_suggestions))
        .routes(routes!(suggestions::check_draft))
        .routes(routes!(drafts::save_draft))
        .routes(routes!(drafts::list_drafts))
        .routes(routes!(drafts::want_draft))
        .routes(routes!(notices::list_notices))
        .routes(routes!(notices::see_notices))
        .routes(routes!(tasks::list_tasks, tasks::create_task))
        .routes(routes!(tasks::update_task))
        .routes(routes!(tasks::finish_task))
        .routes(routes!(views::list_views, views::save_view))
        .routes(routes!(views::delete_view))
}
