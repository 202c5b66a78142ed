//! The settings: what config.default.toml says, then a file, then the environment. Unknown keys are refused,
//! and nothing here prints a secret.

mod read;
mod secret;

use std::{net::SocketAddr, path::PathBuf};

use serde::Deserialize;

pub use read::{ConfigError, DEFAULTS, read};
pub use secret::Secret;

/// A bot's turn is another worker's after 20 seconds; the rest of the turn needs some of them.
const CHAT_TIME_MS_MAX: u64 = 12_000;
/// A turn's lease is 20 seconds; what isn't the model needs some of it.
const CHAT_TURN_MS_MAX: u64 = 15_000;
/// A typing error shouldn't cost a fortune.
const CHAT_TURN_TOKENS_MAX: u32 = 200_000;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub listen: SocketAddr,
    pub public_url: String,
    pub data_dir: PathBuf,
    /// May hold a password.
    pub database_url: Secret,
    pub skills_dir: PathBuf,
    pub roles: Vec<ProcessRole>,
    pub trusted_proxies: Vec<String>,
    pub log: Log,
    pub database: Database,
    pub http: Http,
    pub limits: Limits,
    pub tokens: Tokens,
    pub sockets: Sockets,
    pub embedding: Embedding,
    pub chat_model: ChatModel,
    pub assistant: Assistant,
    pub routing: Routing,
    pub shops: Vec<ShopSource>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProcessRole {
    Api,
    Worker,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    pub format: LogFormat,
    pub filter: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    Pretty,
    Json,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    pub max_connections: u32,
    pub busy_timeout_ms: u64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Http {
    pub request_timeout_ms: u64,
    pub json_bytes: usize,
    pub import_bytes: usize,
    pub drain_ms: u64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    pub message_chars: usize,
    pub file_bytes: u64,
    pub files_per_message: usize,
    pub connects_per_minute: u32,
    pub messages_per_minute: u32,
    pub files_per_minute: u32,
    pub requests_per_minute: u32,
    pub visits_kept: u16,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tokens {
    pub visitor_days: i64,
    pub connection_hours: i64,
    pub file_link_hours: i64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sockets {
    pub frame_bytes: usize,
    pub read_buffer_bytes: usize,
    pub write_buffer_bytes: usize,
    pub send_timeout_ms: u64,
    pub ping_ms: u64,
    pub resync_ms: u64,
    pub malformed_frames: u32,
    pub frames_per_10s: u32,
    pub max_open: usize,
    pub max_per_address: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmbeddingModel {
    Local,
    Openai,
    None,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Embedding {
    pub model: EmbeddingModel,
    pub path: PathBuf,
    pub url: String,
    pub api_key: Secret,
    pub name: String,
    pub dimensions: usize,
}

/// The external chat model; none without a URL.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChatModel {
    pub url: String,
    pub api_key: Secret,
    pub name: String,
    pub allows_private_addresses: bool,
    pub time_ms: u64,
    pub reply_tokens: u32,
    pub tokens: u32,
    pub turn_time_ms: u64,
    pub turn_tokens: u32,
    pub prompt_price: f64,
    pub completion_price: f64,
}

impl ChatModel {
    fn faults(&self) -> Vec<&'static str> {
        let is_set = !self.url.is_empty();
        let is_complete =
            !is_set || (url::Url::parse(&self.url).is_ok_and(|url| url.has_host()) && !self.name.is_empty());
        let has_key = !is_set || self.allows_private_addresses || !self.api_key.expose().is_empty();
        let is_price = |price: f64| price.is_finite() && price >= 0.0;
        let rules = [
            (is_complete, "chat_model: url is no web address, or name is missing"),
            ((100..=CHAT_TIME_MS_MAX).contains(&self.time_ms), "chat_model.time_ms: from 100 to 12000"),
            (has_key, "chat_model.api_key: missing; only a model in your own network needs none"),
            (
                (self.time_ms..=CHAT_TURN_MS_MAX).contains(&self.turn_time_ms),
                "chat_model.turn_time_ms: from time_ms to 15000",
            ),
            (
                (self.tokens..=CHAT_TURN_TOKENS_MAX).contains(&self.turn_tokens),
                "chat_model.turn_tokens: from tokens to 200000",
            ),
            (
                self.reply_tokens > 0 && self.reply_tokens < self.tokens,
                "chat_model: reply_tokens from 1 to below tokens",
            ),
            (is_price(self.prompt_price) && is_price(self.completion_price), "chat_model: no price is below 0"),
        ];
        rules.into_iter().filter(|(holds, _)| !holds).map(|(_, fault)| fault).collect()
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assistant {
    pub turns_at_once: usize,
    pub settle_ms: i64,
    pub turn_attempts: i64,
    pub silent_ms: i64,
    pub idle_minutes: i64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Routing {
    pub assigns_in_new_shops: bool,
}

/// A shop and where its records come from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShopSource {
    pub key: String,
    #[serde(default)]
    pub name_zh: String,
    #[serde(default)]
    pub name_en: String,
    pub connector: ConnectorKind,
    #[serde(default)]
    pub path: PathBuf,
    #[serde(default)]
    pub url: String,
    #[serde(default)]
    pub secret: Secret,
    /// For a shop in the desk's own network.
    #[serde(default)]
    pub allows_private_addresses: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectorKind {
    File,
    Http,
}

impl Config {
    /// Where the merchant's own skills are looked for.
    pub fn skills_folder(&self) -> PathBuf {
        if self.skills_dir.as_os_str().is_empty() { self.data_dir.join("skills") } else { self.skills_dir.clone() }
    }

    /// The database's address: the configured one, or a file in the data folder.
    pub fn database_address(&self) -> String {
        match self.database_url.expose() {
            "" => format!("sqlite://{}", self.data_dir.join("tandem.db").display()),
            url => url.to_owned(),
        }
    }

    pub fn has_role(&self, role: ProcessRole) -> bool {
        self.roles.contains(&role)
    }

    /// Whether browsers reach the desk over TLS, so that cookies may be marked Secure.
    pub fn is_behind_tls(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// Looks at what the types can't say. All faults at once.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut require = |holds: bool, fault: &str| {
            if !holds {
                faults.push(fault.to_owned());
            }
        };
        require(!self.roles.is_empty(), "roles: name at least one of \"api\" and \"worker\"");
        require(
            self.public_url.is_empty() || url::Url::parse(&self.public_url).is_ok_and(|url| url.has_host()),
            "public_url: not a web address",
        );
        require(
            self.limits.message_chars >= 1 && self.limits.message_chars <= domain::message::MAX_MESSAGE_CHARS,
            "limits.message_chars: from 1 to 2000",
        );
        require(
            self.limits.files_per_message <= domain::message::MAX_ATTACHMENTS,
            "limits.files_per_message: at most 5",
        );
        for (name, per_minute) in [
            ("limits.connects_per_minute", self.limits.connects_per_minute),
            ("limits.messages_per_minute", self.limits.messages_per_minute),
            ("limits.files_per_minute", self.limits.files_per_minute),
            ("limits.requests_per_minute", self.limits.requests_per_minute),
        ] {
            require(per_minute > 0, &format!("{name}: at least 1"));
        }
        require(self.sockets.ping_ms > 0 && self.sockets.resync_ms > 0, "sockets: ping_ms and resync_ms at least 1");
        require(self.sockets.frames_per_10s >= 10, "sockets.frames_per_10s: at least 10");
        require(self.sockets.frame_bytes >= 1024, "sockets.frame_bytes: at least 1024");
        for proxy in &self.trusted_proxies {
            require(
                crate::client_address::Network::parse(proxy).is_some(),
                &format!("trusted_proxies: `{proxy}` is no address or network"),
            );
        }
        if self.embedding.model == EmbeddingModel::Openai {
            let is_complete =
                !self.embedding.url.is_empty() && !self.embedding.name.is_empty() && self.embedding.dimensions > 0;
            require(is_complete, "embedding: \"openai\" needs url, name and dimensions");
        }
        for fault in self.chat_model.faults() {
            require(false, fault);
        }
        for shop in &self.shops {
            let is_complete = match shop.connector {
                ConnectorKind::File => !shop.path.as_os_str().is_empty(),
                ConnectorKind::Http => url::Url::parse(&shop.url).is_ok() && !shop.secret.expose().is_empty(),
            };
            require(is_complete, &format!("shops `{}`: \"file\" needs path, \"http\" needs url and secret", shop.key));
        }
        faults
    }
}
