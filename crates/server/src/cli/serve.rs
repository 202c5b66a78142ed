//! `tandem serve`: runs the desk until it is asked to stop.

use std::collections::HashMap;

use anyhow::Context;

use crate::{
    config::Config,
    observe,
    start::{StopSignals, open_desk, open_store, serve},
};

pub async fn run(config: Config) -> anyhow::Result<()> {
    let mut asked = StopSignals::listen()?;
    let metrics = metrics()?;
    let store = open_store(&config).await?;
    let desk = open_desk(&config, store, HashMap::new()).await?;
    if desk.store.list_staff().await?.is_empty() {
        eprintln!("There is no account yet. Make the first one in another terminal:");
        eprintln!(
            "  tandem staff create --role admin --role operator --role supervisor --email you@example.com --name You"
        );
    }
    let running = serve(config, desk, metrics, None).await?;
    if let Some(address) = running.address {
        tracing::info!(%address, version = env!("CARGO_PKG_VERSION"), "the desk is open");
    }
    asked.wait().await;
    running.stop().await;
    Ok(())
}

/// The process's one recorder of metrics.
pub fn metrics() -> anyhow::Result<metrics_exporter_prometheus::PrometheusHandle> {
    let recorder = observe::metrics::recorder().context("setting up metrics")?;
    let handle = recorder.handle();
    // A second recorder in one process: only tests do that, and theirs is as good.
    let _ = ::metrics::set_global_recorder(recorder);
    observe::metrics::describe();
    Ok(handle)
}
