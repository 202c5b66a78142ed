//! Where the shopper is while the chat is open, for the agent's timeline; kept only of those who let themselves be
//! followed.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use domain::id::{ConversationId, ShopperId};
use engine::conversations;

use super::open::page_of;
use crate::{app::App, problem::Result, wire::basics::Page};

/// Whether the shopper's browser lets itself be followed. Opening the chat is the consent; who sends Global Privacy
/// Control or Do Not Track has taken it back.
#[derive(Debug, Clone, Copy)]
pub struct MayFollow(bool);

impl From<&HeaderMap> for MayFollow {
    fn from(headers: &HeaderMap) -> Self {
        let says_no = |name| headers.get(name).is_some_and(|value| value == "1");
        Self(!says_no("sec-gpc") && !says_no("dnt"))
    }
}

impl<S: Sync> FromRequestParts<S> for MayFollow {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> std::result::Result<Self, Infallible> {
        Ok(Self::from(&parts.headers))
    }
}

impl MayFollow {
    /// Notes where the shopper is now. Nothing is kept where the desk keeps no visits either.
    pub async fn note(self, app: &App, id: ConversationId, shopper: ShopperId, page: Option<Page>) -> Result<()> {
        if let Some(page) = page.filter(|_| self.0) {
            conversations::visit(&app.desk, id, shopper, page_of(page)?).await?;
        }
        Ok(())
    }
}
