//! Saying something. Sending the same `client_id` again is the same message.

use axum::{Json, extract::State};
use domain::id::{ConversationId, FileId, ShopperId};
use engine::conversations::{self, Outgoing};
use serde::Deserialize;
use utoipa::ToSchema;

use super::Visitor;
use crate::{
    api::{
        extract::{Id, JsonBody, parse_id},
        view::sent_message,
    },
    app::App,
    problem::{Problem, Result},
    wire::{events::SentMessage, problems::WriteProblems},
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMessage {
    /// The sender's own id, 1 to 64 characters.
    #[schema(min_length = 1, max_length = 64, example = "c-1")]
    pub client_id: String,
    /// Plain text; may be empty when files are attached.
    #[schema(example = "我的快递到哪了？")]
    pub text: String,
    /// Files uploaded before.
    #[serde(default)]
    pub attachments: Vec<String>,
}

/// Checks the limits of this desk, which may be tighter than those of the engine.
pub fn outgoing(app: &App, message: NewMessage) -> Result<Outgoing> {
    let limits = &app.config.limits;
    if message.text.chars().count() > limits.message_chars {
        return Err(Problem::field("text", "too_long"));
    }
    if message.attachments.len() > limits.files_per_message {
        return Err(Problem::field("attachments", "too_many"));
    }
    let files =
        message.attachments.iter().map(|file| parse_id::<FileId>(file, "attachments")).collect::<Result<Vec<_>>>()?;
    Ok(Outgoing { client: message.client_id, text: message.text, files })
}

/// The same over HTTP and the socket.
pub async fn say_as(app: &App, shopper: ShopperId, id: ConversationId, message: NewMessage) -> Result<SentMessage> {
    app.rates.messages.check(&shopper.to_string())?;
    let outgoing = outgoing(app, message)?;
    let sent = conversations::say(&app.desk, id, shopper, outgoing).await?;
    sent_message(app, id, sent).await
}

/// Says something to whoever serves the conversation.
#[utoipa::path(
    post, path = "/api/widget/conversations/{id}/messages", tag = "widget", operation_id = "say",
    params(("id" = String, Path, description = "`cnv_…`")), request_body = NewMessage, security(("shopper" = [])),
    responses((status = 200, description = "In the log", body = SentMessage), WriteProblems)
)]
pub async fn say(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id<ConversationId>,
    JsonBody(message): JsonBody<NewMessage>,
) -> Result<Json<SentMessage>> {
    Ok(Json(say_as(&app, visitor.shopper, id, message).await?))
}
