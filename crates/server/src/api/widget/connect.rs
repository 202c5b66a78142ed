//! Connecting: a visitor becomes known again by its token, a customer by the shop's signed word.

use axum::{Json, extract::State};
use domain::{id::ShopperId, time::DAY_MS, time::HOUR_MS, time::Timestamp};
use engine::shoppers;
use serde::{Deserialize, Serialize};
use store::{Shop, Shopper};
use utoipa::ToSchema;

use crate::{
    api::{extract::JsonBody, view::shopper_conversation},
    app::App,
    client_address::ClientAddress,
    observe::request::Caller,
    problem::{Problem, Result},
    tokens::{Bearer, TokenKind, verify_identity},
    wire::{basics::Language, conversations::ShopperConversation, problems::WriteProblems},
};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Connect {
    /// The shop's key.
    pub shop: String,
    /// The visitor token of an earlier answer.
    #[serde(default)]
    pub visitor: Option<String>,
    /// A JWT (HS256) signed by the shop's backend: `sub` is the customer's key, `shop` the shop's key, `exp` at most
    /// 24 hours ahead, `name` if wanted.
    #[serde(default)]
    pub identity: Option<String>,
    #[serde(default)]
    pub language: Option<Language>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Connected {
    /// For `Authorization: Bearer` and the socket.
    pub token: String,
    #[schema(value_type = i64)]
    pub expires_at: Timestamp,
    /// To be kept by the browser and sent at the next connect.
    pub visitor: String,
    pub shopper: ConnectedShopper,
    /// The open conversation, if there is one.
    pub conversation: Option<ShopperConversation>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ConnectedShopper {
    #[schema(value_type = String)]
    pub id: ShopperId,
    pub verified: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Tells the desk who chats, and gives a token.
#[utoipa::path(
    post, path = "/api/widget/connect", tag = "widget", request_body = Connect,
    responses((status = 200, description = "Connected", body = Connected), WriteProblems)
)]
pub async fn connect(
    State(app): State<App>,
    address: ClientAddress,
    axum::Extension(caller): axum::Extension<Caller>,
    JsonBody(wish): JsonBody<Connect>,
) -> Result<Json<Connected>> {
    app.rates.connects.check(&address.bucket())?;
    if let Some(language) = wish.language {
        caller.speaks(language.into());
    }
    let shop = app.desk.store.shop_by_key(&wish.shop).await?.ok_or_else(Problem::not_found)?;
    let shopper = recognise(&app, &shop, &wish).await?;
    let conversation = match app.desk.store.open_conversation_of(shopper.id).await? {
        Some(id) => match app.desk.store.conversation(id).await? {
            Some(stored) => Some(shopper_conversation(&app, &stored).await?),
            None => None,
        },
        None => None,
    };
    let now = app.desk.now();
    let expires_at = now.plus_ms(app.config.tokens.connection_hours * HOUR_MS);
    let issue = |kind, expires_at| {
        app.keys.issue(kind, Bearer { shopper: shopper.id, shop: shop.id, expires_at }).map_err(Problem::internal)
    };
    Ok(Json(Connected {
        token: issue(TokenKind::Connection, expires_at)?,
        expires_at,
        visitor: issue(TokenKind::Visitor, now.plus_ms(app.config.tokens.visitor_days * DAY_MS))?,
        shopper: ConnectedShopper { id: shopper.id, verified: shopper.customer.is_some(), name: shopper.name.clone() },
        conversation,
    }))
}

async fn recognise(app: &App, shop: &Shop, wish: &Connect) -> Result<Shopper> {
    let known = visitor_of(app, shop, wish.visitor.as_deref()).await?;
    let language = wish.language.map(Into::into).or(known.as_ref().map(|it| it.language)).unwrap_or_default();
    if let Some(token) = &wish.identity {
        let identity = verify_identity(shop, token, app.desk.now())?;
        let visitor = known.as_ref().filter(|known| known.customer.is_none());
        let (customer, name) = (identity.customer, identity.name);
        return Ok(shoppers::identify(&app.desk, shop, visitor, &customer, name, language).await?);
    }
    match known {
        // A customer's own token is no proof any more once the shop stops vouching: signing out ends it.
        Some(known) if known.customer.is_none() => Ok(known),
        _ => Ok(shoppers::visitor(&app.desk, shop.id, language).await?),
    }
}

/// An old, forged or foreign visitor token is no error: it is simply a new visitor.
async fn visitor_of(app: &App, shop: &Shop, token: Option<&str>) -> Result<Option<Shopper>> {
    let Some(token) = token else { return Ok(None) };
    let Ok(bearer) = app.keys.check(TokenKind::Visitor, token, app.desk.now()) else { return Ok(None) };
    if bearer.shop != shop.id {
        return Ok(None);
    }
    Ok(app.desk.store.shopper(bearer.shopper).await?)
}
