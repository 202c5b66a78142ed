//! Opening a conversation, or going on with the one that is open.

use axum::{Json, extract::State, http::StatusCode};
use engine::conversations::{self, Wish};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Visitor, visit::MayFollow};
use crate::{
    api::{extract::JsonBody, view::shopper_conversation},
    app::App,
    problem::{Problem, Result},
    wire::{
        basics::{Language, Page},
        conversations::ShopperConversation,
        problems::WriteProblems,
    },
};

/// An address of a page; longer ones are of no use to a person.
const MAX_URL_CHARS: usize = 2_000;
const MAX_TITLE_CHARS: usize = 200;
const MAX_KEY_CHARS: usize = 100;

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenConversation {
    #[serde(default)]
    pub language: Option<Language>,
    #[serde(default)]
    pub prefer: Option<Prefer>,
    /// The page the shopper is on.
    #[serde(default)]
    pub page: Option<Page>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Prefer {
    Bot,
    Human,
}

/// Opens a conversation. A shopper has at most one open; then it is that one (200), else a new one (201).
#[utoipa::path(
    post, path = "/api/widget/conversations", tag = "widget", operation_id = "open_conversation",
    request_body = OpenConversation, security(("shopper" = [])),
    responses(
        (status = 200, description = "The open conversation", body = ShopperConversation),
        (status = 201, description = "A new conversation", body = ShopperConversation),
        WriteProblems
    )
)]
pub async fn open_conversation(
    State(app): State<App>,
    visitor: Visitor,
    may_follow: MayFollow,
    JsonBody(wish): JsonBody<OpenConversation>,
) -> Result<(StatusCode, Json<ShopperConversation>)> {
    app.rates.messages.check(&visitor.shopper.to_string())?;
    let shopper = app.desk.store.shopper(visitor.shopper).await?.ok_or_else(Problem::not_found)?;
    let page = wish.page.clone();
    let wish = Wish {
        language: wish.language.map_or(shopper.language, Into::into),
        prefers_human: wish.prefer == Some(Prefer::Human),
        page: wish.page.map(page_of).transpose()?,
    };
    let (stored, is_new) = conversations::open(&app.desk, &shopper, wish).await?;
    may_follow.note(&app, stored.conversation.id, shopper.id, page).await?;
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(shopper_conversation(&app, &stored).await?)))
}

/// Only web addresses are kept: agents click on them.
pub(super) fn page_of(page: Page) -> Result<store::Page> {
    let is_web = url::Url::parse(&page.url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if !is_web || page.url.chars().count() > MAX_URL_CHARS {
        return Err(Problem::field("page.url", "type"));
    }
    let clip = |text: String, chars: usize| text.chars().take(chars).collect::<String>();
    Ok(store::Page {
        url: page.url,
        title: clip(page.title, MAX_TITLE_CHARS),
        product: page.product.map(|key| clip(key, MAX_KEY_CHARS)),
        order: page.order.map(|key| clip(key, MAX_KEY_CHARS)),
    })
}
