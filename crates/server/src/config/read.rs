//! Reading the settings from their three places. Must not look at the process itself: the environment is handed in.

use std::{collections::HashMap, path::Path};

use config::{Environment, File, FileFormat};

use super::Config;

/// Every setting with its default, commented; also what `tandem config` prints.
pub const DEFAULTS: &str = include_str!("../../../../config.default.toml");

const PREFIX: &str = "TANDEM";
/// Variables with our prefix that are no settings: which file to read, where the model comes from, what tests need.
const NOT_SETTINGS: [&str; 6] = [
    "TANDEM_CONFIG",
    "TANDEM_MODEL_DIR",
    "TANDEM_PYPI_INDEX",
    "TANDEM_REQUIRE_ALL",
    "TANDEM_TEST_POSTGRES",
    "TANDEM_TEST_POSTGRES_PORT",
];

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("the settings can't be read: {0}")]
    Read(#[from] config::ConfigError),
    #[error("the settings are not right: {}", .0.join("; "))]
    Faults(Vec<String>),
}

/// `occasion` is what a command changes of the defaults; the file and the environment win over it.
pub fn read(
    occasion: Option<&str>,
    file: Option<&Path>,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<Config, ConfigError> {
    let variables: HashMap<String, String> = environment
        .into_iter()
        .filter(|(name, _)| name.starts_with(PREFIX) && !NOT_SETTINGS.contains(&name.as_str()))
        .collect();
    let mut sources = config::Config::builder().add_source(File::from_str(DEFAULTS, FileFormat::Toml));
    if let Some(text) = occasion {
        sources = sources.add_source(File::from_str(text, FileFormat::Toml));
    }
    if let Some(path) = file {
        sources = sources.add_source(File::from(path).format(FileFormat::Toml));
    }
    let settings: Config = sources
        .add_source(
            Environment::with_prefix(PREFIX)
                .prefix_separator("_")
                .separator("__")
                .list_separator(",")
                .with_list_parse_key("trusted_proxies")
                .with_list_parse_key("roles")
                .try_parsing(true)
                .source(Some(variables)),
        )
        .build()?
        .try_deserialize()?;
    let faults = settings.faults();
    if faults.is_empty() { Ok(settings) } else { Err(ConfigError::Faults(faults)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        read(None, None, variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    #[test]
    fn the_defaults_are_complete_and_right() {
        let config = with(&[]).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:7080");
        assert_eq!(config.database_address(), "sqlite://data/tandem.db");
    }

    #[test]
    fn the_environment_wins() {
        let config = with(&[
            ("TANDEM_LISTEN", "0.0.0.0:80"),
            ("TANDEM_LIMITS__FILE_BYTES", "1024"),
            ("TANDEM_TRUSTED_PROXIES", "10.0.0.0/8,127.0.0.1"),
            ("TANDEM_CONFIG", "x.toml"),
            ("HOME", "/root"),
        ])
        .unwrap();
        assert_eq!(config.listen.to_string(), "0.0.0.0:80");
        assert_eq!(config.limits.file_bytes, 1024);
        assert_eq!(config.trusted_proxies, ["10.0.0.0/8", "127.0.0.1"]);
    }

    #[test]
    fn unknown_keys_and_wrong_values_are_refused() {
        for (name, value) in [
            ("TANDEM_LISSEN", "0.0.0.0:80"),
            ("TANDEM_LIMITS__FILE_BITES", "1"),
            ("TANDEM_LISTEN", "everywhere"),
            ("TANDEM_LIMITS__MESSAGE_CHARS", "1000000"),
            ("TANDEM_TRUSTED_PROXIES", "my proxy"),
            ("TANDEM_PUBLIC_URL", "desk"),
        ] {
            assert!(with(&[(name, value)]).is_err(), "{name}={value}");
        }
    }

    #[test]
    fn a_file_changes_what_it_names() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("desk.toml");
        std::fs::write(&path, "data_dir = \"/srv/desk\"\n[log]\nformat = \"json\"\n").unwrap();
        let config = read(None, Some(&path), []).unwrap();
        assert_eq!(config.data_dir.to_str(), Some("/srv/desk"));
        assert_eq!(config.log.format, super::super::LogFormat::Json);
        assert_eq!(config.limits.files_per_message, 5);
    }

    #[test]
    fn a_chat_model_is_set_up_wholly_and_within_reason() {
        let set_up = |change: &[(&str, &str)]| {
            let whole = [("URL", "https://api.example.com/v1"), ("NAME", "some-model"), ("API_KEY", "sk-1")];
            let settings =
                whole.iter().chain(change).map(|(name, value)| (format!("TANDEM_CHAT_MODEL__{name}"), *value));
            let settings: Vec<(String, String)> = settings.map(|(name, value)| (name, value.to_owned())).collect();
            let fault = read(None, None, settings).err().map(|error| error.to_string());
            fault.map(|text| text.trim_start_matches("the settings are not right: ").to_owned())
        };
        assert_eq!(set_up(&[]), None);
        assert_eq!(set_up(&[("API_KEY", ""), ("ALLOWS_PRIVATE_ADDRESSES", "true")]), None);
        for (name, value, fault) in [
            ("URL", "api.example.com", "chat_model: url is no web address"),
            ("URL", "data:text", "chat_model: url is no web address"),
            ("NAME", "", "chat_model: url is no web address, or name is missing"),
            ("API_KEY", "", "chat_model.api_key: missing"),
            ("TIME_MS", "0", "chat_model.time_ms"),
            ("TIME_MS", "600000", "chat_model.time_ms"),
            ("TURN_TIME_MS", "100", "chat_model.turn_time_ms"),
            ("TURN_TIME_MS", "60000", "chat_model.turn_time_ms"),
            ("TURN_TOKENS", "1", "chat_model.turn_tokens"),
            ("TURN_TOKENS", "4000000000", "chat_model.turn_tokens"),
            ("REPLY_TOKENS", "0", "chat_model: reply_tokens"),
            ("REPLY_TOKENS", "6000", "chat_model: reply_tokens"),
            ("COMPLETION_PRICE", "-1", "chat_model: no price"),
            ("PROMPT_PRICE", "inf", "chat_model: no price"),
        ] {
            let told = set_up(&[(name, value)]).unwrap_or_default();
            assert!(told.starts_with(fault), "{name}={value}: {told}");
        }
    }

    #[test]
    fn secrets_are_not_printed() {
        let secrets = [
            ("TANDEM_DATABASE_URL", "postgres://desk:hunter2@db/desk"),
            ("TANDEM_CHAT_MODEL__URL", "https://api.example.com/v1"),
            ("TANDEM_CHAT_MODEL__NAME", "some-model"),
            ("TANDEM_CHAT_MODEL__API_KEY", "sk-hunter2"),
        ];
        assert!(!format!("{:?}", with(&secrets).unwrap()).contains("hunter2"));
    }
}
