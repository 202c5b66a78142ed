//! The numbers Prometheus reads at /metrics: their names, and where they are kept.

use std::time::Duration;

use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder};

pub const HTTP_REQUEST_SECONDS: &str = "tandem_http_request_seconds";
pub const OPEN_SOCKETS: &str = "tandem_open_sockets";
pub const SOCKET_CLOSED: &str = "tandem_socket_closed_total";
pub const RATE_LIMITED: &str = "tandem_rate_limited_total";
pub const JOBS: &str = "tandem_jobs";

/// From a quick read to a slow export; quarter-second steps around what people notice.
const REQUEST_BUCKETS_S: [f64; 10] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];
/// Bot turns take longer.
const TURN_BUCKETS_S: [f64; 8] = [0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// A recorder for this process; the caller decides whether it becomes the global one.
pub fn recorder() -> Result<PrometheusRecorder, BuildError> {
    Ok(PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full(HTTP_REQUEST_SECONDS.into()), &REQUEST_BUCKETS_S)?
        .set_buckets_for_metric(Matcher::Suffix("turn_seconds".into()), &TURN_BUCKETS_S)?
        .build_recorder())
}

/// Histograms keep raw samples until they are drained; somebody must do that even if nobody scrapes.
pub async fn keep_small(handle: PrometheusHandle, mut stop: tokio::sync::watch::Receiver<bool>) {
    const EVERY: Duration = Duration::from_secs(5);
    loop {
        tokio::select! {
            () = tokio::time::sleep(EVERY) => handle.run_upkeep(),
            _ = stop.changed() => return,
        }
    }
}

pub fn describe() {
    use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};
    describe_histogram!(HTTP_REQUEST_SECONDS, Unit::Seconds, "How long requests took, by route and status.");
    describe_gauge!(OPEN_SOCKETS, "Open WebSockets, by kind.");
    describe_counter!(SOCKET_CLOSED, "Sockets the desk closed, by reason.");
    describe_counter!(RATE_LIMITED, "Requests refused by a limit, by limit.");
    describe_gauge!(JOBS, "Jobs in the database, by state.");
}
