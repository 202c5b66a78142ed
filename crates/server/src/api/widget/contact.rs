//! Leaving contact details while nobody is there.

use axum::{Json, extract::State};
use domain::id::ConversationId;
use engine::conversations::{self, Contacted};
use serde::Deserialize;
use utoipa::ToSchema;

use super::Visitor;
use crate::{
    api::{
        extract::{Id, JsonBody},
        view::shopper_conversation,
    },
    app::App,
    problem::Result,
    wire::{conversations::ShopperConversation, problems::WriteProblems},
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// A phone number or an e-mail address.
    #[schema(example = "li.lei@example.com")]
    pub contact: String,
    #[serde(default)]
    pub text: Option<String>,
    /// The shopper wants to be called at this number and agrees to it.
    #[serde(default)]
    pub call_back: bool,
}

/// Leaves an offline message: the conversation waits in the queue with the contact on it.
#[utoipa::path(
    post, path = "/api/widget/conversations/{id}/contact", tag = "widget",
    params(("id" = String, Path, description = "`cnv_…`")), request_body = Contact, security(("shopper" = [])),
    responses((status = 200, description = "Noted", body = ShopperConversation), WriteProblems)
)]
pub async fn leave_contact(
    State(app): State<App>,
    visitor: Visitor,
    Id(id): Id<ConversationId>,
    JsonBody(left): JsonBody<Contact>,
) -> Result<Json<ShopperConversation>> {
    app.rates.messages.check(&visitor.shopper.to_string())?;
    let word = Contacted { contact: &left.contact, text: left.text.as_deref(), call_back: left.call_back };
    let stored = conversations::leave_contact(&app.desk, id, visitor.shopper, word).await?;
    Ok(Json(shopper_conversation(&app, &stored).await?))
}
