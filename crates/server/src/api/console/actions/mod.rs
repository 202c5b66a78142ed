//! Order actions by the hand of the team. The same path as the bot's, `engine::actions`; nothing is decided here.

mod approve;
mod list;
mod offers;
mod perform;
mod view;

use domain::{
    action::Action,
    id::{ActionId, ConversationId},
};
use engine::actions::{Doer, For, Wish};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::SignedIn;
use crate::{
    app::App,
    problem::{Problem, Result},
    wire,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(offers::read_order_actions))
        .routes(routes!(list::list_conversation_actions, perform::perform_action))
        .routes(routes!(perform::preview_action))
        .routes(routes!(perform::undo_action))
        .routes(routes!(list::list_waiting_actions))
        .routes(routes!(approve::approve_action))
        .routes(routes!(approve::refuse_action))
}

/// What is to be looked at before it is done.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionWish {
    #[schema(value_type = wire::deeds::Action)]
    pub action: Action,
}

fn wish(me: &SignedIn, id: ConversationId, action: Action) -> Wish {
    Wish { doer: doer(me), whom: For::Conversation(id), action }
}

fn doer(me: &SignedIn) -> Doer {
    Doer::Agent(Box::new(me.staff.clone()))
}

/// The conversation and the action of a path.
fn ids((conversation, action): (String, String)) -> Result<(ConversationId, ActionId)> {
    let conversation = conversation.parse().map_err(|_| Problem::not_found())?;
    Ok((conversation, action.parse().map_err(|_| Problem::not_found())?))
}
