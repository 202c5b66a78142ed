//! What the model used and what that cost, day by day.

use domain::{id::ShopId, time::DAY_MS};
use models::chat::{ChatError, Reply, Request};
use store::ChatUse;

use crate::{chat::Connected, desk::Desk, error::Result};

/// What a console shows.
const DAYS: i64 = 30;
const MILLION: f64 = 1_000_000.0;

/// A day's use of one model.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    pub used: ChatUse,
    /// By the prices of now.
    pub cost: f64,
}

/// The last thirty days, the latest first.
pub async fn ledger(desk: &Desk, shop: ShopId) -> Result<Vec<Day>> {
    let since = desk.now().0.div_euclid(DAY_MS) - DAYS + 1;
    let rows = desk.store.chat_use_since(shop, since).await?;
    let terms = desk.chat.connected().map(|connected| connected.terms.clone()).unwrap_or_default();
    let cost = |used: &ChatUse| {
        (used.prompt_tokens as f64 * terms.prompt_price + used.completion_tokens as f64 * terms.completion_price)
            / MILLION
    };
    Ok(rows.into_iter().map(|used| Day { cost: cost(&used), used }).collect())
}

/// Notes a request that was made. The tokens of a failed one are estimated: nobody counted them.
pub async fn note(
    desk: &Desk,
    shop: ShopId,
    connected: &Connected,
    request: &Request,
    answer: &std::result::Result<Reply, ChatError>,
) {
    let (failures, prompt_tokens, completion_tokens) = match answer {
        Ok(reply) => (0, reply.usage.prompt_tokens, reply.usage.completion_tokens),
        Err(error) if !error.was_asked() => return,
        Err(_) => (1, request.estimated_tokens(), 0),
    };
    let used = ChatUse {
        shop,
        day: desk.now().0.div_euclid(DAY_MS),
        model: connected.model.name().to_owned(),
        calls: 1,
        failures,
        prompt_tokens: prompt_tokens.into(),
        completion_tokens: completion_tokens.into(),
    };
    // The shopper's answer doesn't wait for the books.
    if let Err(error) = desk.store.add_chat_use(&used).await {
        tracing::error!(%shop, %error, "the chat model's use was not noted");
    }
}
