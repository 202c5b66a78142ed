//! Showing that an agent is typing. A hint only; nothing is stored.

use axum::{extract::State, http::StatusCode};
use domain::{actor::Controller, id::ConversationId};
use engine::{
    bus::{Hint, TypingBy},
    conversations,
};

use super::super::SignedIn;
use crate::{
    api::{
        extract::{Id, JsonBody},
        widget::control::Nothing,
    },
    app::App,
    problem::{Code, Problem, Result},
    wire::problems::WriteProblems,
};

/// Tells the shopper and colleagues that the controlling agent is typing.
#[utoipa::path(
    post, path = "/api/console/conversations/{id}/typing", tag = "conversations", operation_id = "typing",
    params(("id" = String, Path, description = "`cnv_…`")), request_body = Nothing, security(("console" = [])),
    responses((status = 204, description = "Told"), WriteProblems)
)]
pub async fn typing(
    State(app): State<App>,
    me: SignedIn,
    Id(id): Id<ConversationId>,
    _nothing: JsonBody<Nothing>,
) -> Result<StatusCode> {
    let stored = conversations::of_staff(&app.desk, id, &me.staff).await?;
    if stored.conversation.controller() != Some(Controller::Agent(me.staff.id)) {
        return Err(Problem::new(Code::NotController));
    }
    let by = TypingBy::Agent { name: me.staff.name };
    app.desk.bus.send(Hint::Typing { conversation: id, shop: stored.conversation.shop, by });
    Ok(StatusCode::NO_CONTENT)
}
