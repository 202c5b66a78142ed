//! Running a desk: the listener, the workers, the housekeeping, and ending all of it in order.

use std::{future::IntoFuture, net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context;
use engine::{desk::Desk, jobs, shop::Connector};
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
    task::JoinHandle,
    time::{MissedTickBehavior, interval, timeout},
};

use crate::{
    app::App,
    config::{Config, ProcessRole},
    observe,
    router::router,
    storefront::Storefront,
    tokens::Keys,
};

/// Limits forget idle keys, the demo closes orders, expired sign-ins go.
const HOUSEKEEPING: Duration = Duration::from_secs(60);

/// A desk that is up.
pub struct Running {
    pub address: Option<SocketAddr>,
    stop: watch::Sender<bool>,
    desk: Arc<Desk>,
    drain: Duration,
    tasks: Vec<(&'static str, JoinHandle<()>)>,
}

/// The wish that the process should end. Listened for from the very start: a signal that comes while the desk opens
/// must not kill it half-way.
pub struct StopSignals {
    terminate: Signal,
    interrupt: Signal,
}

impl StopSignals {
    pub fn listen() -> anyhow::Result<Self> {
        let terminate = signal(SignalKind::terminate()).context("listening for SIGTERM")?;
        let interrupt = signal(SignalKind::interrupt()).context("listening for SIGINT")?;
        Ok(Self { terminate, interrupt })
    }

    /// Resolves when the operator or the system asks the process to end; not again for the same signal.
    pub async fn wait(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Starts what the settings ask this process to do.
pub async fn serve(
    config: Config,
    desk: Arc<Desk>,
    metrics: PrometheusHandle,
    storefront: Option<Storefront>,
) -> anyhow::Result<Running> {
    let (stop, stopping) = watch::channel(false);
    let keys = Keys::open(&config.data_dir)?;
    let drain = Duration::from_millis(config.http.drain_ms);
    let app = App::new(desk.clone(), config, keys, metrics.clone(), stopping.clone(), storefront);
    let mut tasks = vec![
        ("metrics", tokio::spawn(observe::metrics::keep_small(metrics, stopping.clone()))),
        ("housekeeping", tokio::spawn(keep_house(app.clone(), stopping.clone()))),
    ];
    if app.config.has_role(ProcessRole::Worker) {
        tasks.push(("workers", jobs::start(desk.clone(), stopping.clone())));
    }
    let mut address = None;
    if app.config.has_role(ProcessRole::Api) {
        let listen = app.config.listen;
        let listener = TcpListener::bind(listen).await.with_context(|| format!("listening on {listen}"))?;
        address = Some(listener.local_addr()?);
        tasks.push(("api", tokio::spawn(answer(listener, app, stopping))));
    }
    Ok(Running { address, stop, desk, drain, tasks })
}

async fn answer(listener: TcpListener, app: App, mut stopping: watch::Receiver<bool>) {
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    let ended = async move {
        let _ = stopping.wait_for(|stop| *stop).await;
    };
    if let Err(error) = axum::serve(listener, service).with_graceful_shutdown(ended).into_future().await {
        tracing::error!(%error, "the listener failed");
    }
}

async fn keep_house(app: App, mut stopping: watch::Receiver<bool>) {
    let mut ticks = interval(HOUSEKEEPING);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            _ = stopping.changed() => return,
        }
        app.rates.forget_idle();
        let now = app.desk.now();
        if let Err(error) = app.desk.store.prune_sign_ins(now).await {
            tracing::warn!(%error, "expired sign-ins were not removed");
        }
        if let Some(Connector::Demo(shop)) = app.storefront.as_ref().map(|storefront| storefront.connector.as_ref())
            && let Err(error) = shop.close_overdue(now).await
        {
            tracing::warn!(%error, "overdue orders of the demo were not closed");
        }
    }
}

impl Running {
    /// Stops accepting, says good-bye to sockets, lets requests and jobs finish for a while, closes the database.
    pub async fn stop(self) {
        tracing::info!("stopping");
        let _ = self.stop.send(true);
        let deadline = tokio::time::Instant::now() + self.drain;
        for (name, mut task) in self.tasks {
            let left = deadline.saturating_duration_since(tokio::time::Instant::now());
            if timeout(left, &mut task).await.is_err() {
                tracing::warn!(task = name, "did not finish in time");
                task.abort();
            }
        }
        self.desk.store.close().await;
        tracing::info!("stopped");
    }

    pub fn desk(&self) -> &Arc<Desk> {
        &self.desk
    }

    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.stop.subscribe()
    }
}
