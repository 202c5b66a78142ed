//! Setting the external chat model up. It is optional, and it is not called before it is needed.

use std::time::Duration;

use anyhow::Context;
use engine::chat::{ChatSetUp, Connected, Terms, remote};

use crate::config::ChatModel;

/// `None`: no URL is configured.
pub fn open(settings: &ChatModel) -> anyhow::Result<Option<Connected>> {
    if settings.url.is_empty() {
        return Ok(None);
    }
    let key = settings.api_key.expose();
    let model = remote(ChatSetUp {
        url: url::Url::parse(&settings.url).context("reading chat_model.url")?,
        model: settings.name.clone(),
        key: (!key.is_empty()).then(|| key.to_owned()),
        allows_private_addresses: settings.allows_private_addresses,
    })
    .context("setting up the chat model")?;
    let terms = Terms {
        time: Duration::from_millis(settings.time_ms),
        reply_tokens: settings.reply_tokens,
        tokens: settings.tokens,
        prompt_price: settings.prompt_price,
        completion_price: settings.completion_price,
    };
    Ok(Some(Connected { model, terms }))
}
