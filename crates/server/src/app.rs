//! What every handler may use: the desk, the settings, the keys, the limits. Made once per desk; nothing global.

use std::{ops::Deref, sync::Arc};

use engine::desk::Desk;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::watch;

use crate::{
    client_address::Network,
    config::Config,
    rate::Rates,
    sockets::Sockets,
    storefront::Storefront,
    tokens::{FileLinks, Keys},
};

/// Cheap to clone: all clones are the same desk.
#[derive(Clone)]
pub struct App(Arc<Parts>);

pub struct Parts {
    pub desk: Arc<Desk>,
    pub config: Config,
    pub trusted_proxies: Vec<Network>,
    pub keys: Keys,
    pub rates: Rates,
    pub sockets: Sockets,
    pub metrics: PrometheusHandle,
    /// True once the process is to end.
    pub stop: watch::Receiver<bool>,
    /// Only under `tandem demo`.
    pub storefront: Option<Storefront>,
}

impl App {
    pub fn new(
        desk: Arc<Desk>,
        config: Config,
        keys: Keys,
        metrics: PrometheusHandle,
        stop: watch::Receiver<bool>,
        storefront: Option<Storefront>,
    ) -> Self {
        Self(Arc::new(Parts {
            trusted_proxies: config.trusted_proxies.iter().filter_map(|text| Network::parse(text)).collect(),
            rates: Rates::new(&config.limits),
            sockets: Sockets::new(&config.sockets),
            desk,
            config,
            keys,
            metrics,
            stop,
            storefront,
        }))
    }

    pub fn file_links(&self) -> FileLinks<'_> {
        FileLinks {
            keys: &self.keys,
            now: self.desk.now(),
            life_ms: self.config.tokens.file_link_hours * domain::time::HOUR_MS,
        }
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
