//! The confirmation: a code over exactly what was shown, for whom, and until when. Nothing is kept for it, so any
//! process of the desk can check it, and nothing but what was shown can be done with it.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::time::{MINUTE_MS, Timestamp};
use hmac::{Hmac, KeyInit, Mac};
use serde::Serialize;
use sha2::Sha256;

use super::{look::Place, preview::Preview};
use crate::{
    conversations::to_json,
    desk::Desk,
    error::{DeskError, Result},
};

/// A shopper reads, thinks, and says yes; a forgotten chat doesn't say it the next day.
pub const CONFIRM_WITHIN_MS: i64 = 30 * MINUTE_MS;
const PURPOSE: &str = "tandem action confirmation 1";

#[derive(Serialize)]
struct Content<'a> {
    purpose: &'static str,
    until: Timestamp,
    shop: domain::id::ShopId,
    conversation: Option<domain::id::ConversationId>,
    customer: &'a Option<domain::shop::CustomerKey>,
    actor: &'static str,
    action: &'a domain::action::Action,
    rule: Option<&'a str>,
    lines: &'a [domain::language::Bilingual],
    sums: &'a domain::action::Sums,
}

pub async fn make(desk: &Desk, place: &Place, preview: &Preview) -> Result<String> {
    let until = desk.now().plus_ms(CONFIRM_WITHIN_MS);
    let code = URL_SAFE_NO_PAD.encode(code(desk, place, preview, until).await?.finalize().into_bytes());
    Ok(format!("{}.{code}", until.0))
}

/// Whether the token was made for what would happen now, and in time.
pub async fn check(desk: &Desk, place: &Place, preview: &Preview, token: &str) -> Result<bool> {
    let Some((until, given)) = token.split_once('.') else { return Ok(false) };
    let (Ok(until), Ok(given)) = (until.parse().map(Timestamp), URL_SAFE_NO_PAD.decode(given)) else {
        return Ok(false);
    };
    let is_right = code(desk, place, preview, until).await?.verify_slice(&given).is_ok();
    Ok(is_right && desk.now() <= until)
}

/// Whether a token that doesn't hold any more has only come too late.
pub fn is_late(token: &str, now: Timestamp) -> bool {
    token.split_once('.').and_then(|(until, _)| until.parse().ok()).is_some_and(|until| now > Timestamp(until))
}

async fn code(desk: &Desk, place: &Place, preview: &Preview, until: Timestamp) -> Result<Hmac<Sha256>> {
    let shop = desk.store.shop(place.shop).await?.ok_or(DeskError::NotFound)?;
    let content = Content {
        purpose: PURPOSE,
        until,
        shop: place.shop,
        conversation: place.conversation,
        customer: &place.customer,
        actor: place.actor.as_str(),
        action: &preview.action,
        rule: preview.verdict.rule(),
        lines: &preview.lines,
        sums: &preview.sums,
    };
    let mut code = Hmac::<Sha256>::new_from_slice(shop.identity_secret.as_bytes())
        .map_err(|_| DeskError::Internal("a code could not be made"))?;
    code.update(to_json(&content)?.as_bytes());
    Ok(code)
}
