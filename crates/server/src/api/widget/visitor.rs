//! Who asks: the shopper named by the bearer token.

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use domain::id::{ShopId, ShopperId};

use crate::{
    app::App,
    problem::{Code, Problem, Result},
    tokens::TokenKind,
};

#[derive(Debug, Clone, Copy)]
pub struct Visitor {
    pub shopper: ShopperId,
    pub shop: ShopId,
}

impl Visitor {
    pub fn of_token(app: &App, token: &str) -> Result<Self> {
        let bearer = app.keys.check(TokenKind::Connection, token, app.desk.now())?;
        Ok(Self { shopper: bearer.shopper, shop: bearer.shop })
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let token = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "))
            .ok_or(Problem::new(Code::Unauthenticated))?;
        Self::of_token(app, token.trim())
    }
}
