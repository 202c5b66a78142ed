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
        turn_time: Duration::from_millis(settings.turn_time_ms),
        turn_tokens: settings.turn_tokens,
        prompt_price: settings.prompt_price,
        completion_price: settings.completion_price,
    };
    Ok(Some(Connected { model, terms }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;

    fn opened(url: &str, allows_private: bool) -> Result<bool, String> {
        // Other tests may have done so already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let settings = [
            ("TANDEM_CHAT_MODEL__URL", url),
            ("TANDEM_CHAT_MODEL__NAME", "m"),
            ("TANDEM_CHAT_MODEL__API_KEY", "sk-secret"),
            ("TANDEM_CHAT_MODEL__ALLOWS_PRIVATE_ADDRESSES", if allows_private { "true" } else { "false" }),
        ];
        let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let config = config::read(None, None, settings).map_err(|error| error.to_string())?;
        open(&config.chat_model).map(|connected| connected.is_some()).map_err(|error| format!("{error:#}"))
    }

    #[test]
    fn addresses_of_ones_own_network_need_to_be_allowed() {
        assert_eq!(opened("", false), Ok(false));
        assert_eq!(opened("https://api.example.com/v1", false), Ok(true));
        assert_eq!(opened("http://192.168.0.7:8080/v1", true), Ok(true));
        for private in ["https://127.0.0.1/v1", "https://10.0.0.4/v1", "https://[::1]/v1", "http://api.example.com/v1"]
        {
            let told = opened(private, false).expect_err(private);
            assert!(told.starts_with("setting up the chat model") && !told.contains("sk-secret"), "{told}");
        }
    }
}
