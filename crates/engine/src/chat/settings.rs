//! Setting a chat server up: an address on the public internet, unless the operator allows their own network.

use std::time::Duration;

use models::chat::{BreakerSettings, ChatError, ChatModel, ChatSettings, OpenAiChat};
use url::{Host, Url};

use crate::shop::http::address::{AddressRefused, CheckedResolver, is_public};

/// Failures in a row until the model is left alone.
const FAILURES: u32 = 5;
/// A restart of a model server takes about this long.
const REST: Duration = Duration::from_secs(30);

#[derive(Clone)]
pub struct ChatSetUp {
    /// Up to but not including `/chat/completions`.
    pub url: Url,
    pub model: String,
    pub key: Option<String>,
    /// For a model in the desk's own network. Also allows plain `http`.
    pub allows_private_addresses: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum ChatSetUpError {
    #[error("the chat model's URL must be https, without user, query or fragment")]
    Url,
    #[error(transparent)]
    Address(#[from] AddressRefused),
    #[error(transparent)]
    Client(#[from] ChatError),
}

/// Makes no request. A process-wide TLS provider must be installed before.
pub fn remote(set_up: ChatSetUp) -> Result<ChatModel, ChatSetUpError> {
    let ChatSetUp { url, model, key, allows_private_addresses: allows_private } = set_up;
    let is_plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    let is_scheme_ok = url.scheme() == "https" || (url.scheme() == "http" && allows_private);
    if !is_plain || !is_scheme_ok || url.fragment().is_some() {
        return Err(ChatSetUpError::Url);
    }
    // A literal address is called without being resolved, so the resolver would never see it.
    let literal = match url.host() {
        Some(Host::Ipv4(address)) => Some(address.into()),
        Some(Host::Ipv6(address)) => Some(address.into()),
        _ => None,
    };
    if !allows_private && literal.is_some_and(|address| !is_public(address)) {
        return Err(AddressRefused.into());
    }
    let builder = reqwest::Client::builder()
        .dns_resolver(CheckedResolver { allows_private }.shared())
        .user_agent(concat!("tandem/", env!("CARGO_PKG_VERSION")));
    let chat = OpenAiChat::new(ChatSettings { base: url.to_string(), model, key }, builder)?;
    Ok(ChatModel::over(chat, BreakerSettings { failures: FAILURES, rest: REST }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(url: &str, allows_private_addresses: bool) -> Option<String> {
        // Other tests may have done so already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let url = Url::parse(url).expect("a URL");
        remote(ChatSetUp { url, model: "m".into(), key: None, allows_private_addresses })
            .err()
            .map(|error| error.to_string())
    }

    #[test]
    fn only_public_addresses_over_tls_unless_allowed() {
        assert_eq!(fault("https://api.example.com/v1", false), None);
        assert_eq!(fault("http://127.0.0.1:8080/v1", true), None);
        let url = Some("the chat model's URL must be https, without user, query or fragment".to_owned());
        for wrong in ["http://api.example.com/v1", "https://me:key@api.example.com/v1", "https://a.example/v1?k=1"] {
            assert_eq!(fault(wrong, false), url, "{wrong}");
        }
        let address = Some("the address is not on the public internet".to_owned());
        for private in ["https://127.0.0.1/v1", "https://169.254.169.254/v1", "https://[::1]/v1"] {
            assert_eq!(fault(private, false), address, "{private}");
        }
    }
}
