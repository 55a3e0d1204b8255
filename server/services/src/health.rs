//! Signs of life for machines: up, ready, and numbers for Prometheus.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use desk::file::StorageState;
use desk::office::Desk;
use metrics::gauge;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::files::{Shelf, Standing};
use crate::session::Sessions;
use crate::store::Store;

/// How long the database may take to give a sign of life.
const PATIENCE: Duration = Duration::from_secs(1);

/// Bounds of the latency histogram, in seconds.
const SECONDS: [f64; 12] = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// What the signs of life are read from.
#[derive(Clone)]
pub struct Vitals {
    /// The database.
    pub store: Store,
    /// The office.
    pub desk: Arc<dyn Desk>,
    /// Who is signed in.
    pub sessions: Arc<Sessions>,
    /// Received files, and the disk under them.
    pub shelf: Arc<Shelf>,
}

/// `/healthz`, `/readyz` and `/metrics`.
pub fn routes<S: Clone + Send + Sync + 'static>(vitals: Vitals) -> Router<S> {
    let _ = recorder();
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(numbers))
        .with_state(vitals)
}

async fn ready(State(vitals): State<Vitals>) -> Response {
    match tokio::time::timeout(PATIENCE, vitals.store.ping()).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => return not_ready("database tidak menjawab", &error.to_string()),
        Err(_) => return not_ready("database tidak menjawab", "no answer within a second"),
    }
    match vitals.shelf.space().standing() {
        Ok(Standing { state: StorageState::Full, room, .. }) => {
            not_ready("penyimpanan penuh", &format!("{} bytes are free", room.free))
        }
        Ok(_) => "ok\n".into_response(),
        Err(error) => not_ready("penyimpanan tidak dikenal", &error.to_string()),
    }
}

fn not_ready(word: &str, why: &str) -> Response {
    tracing::warn!(word, why, "not ready");
    (StatusCode::SERVICE_UNAVAILABLE, format!("{word}\n")).into_response()
}

async fn numbers(State(vitals): State<Vitals>) -> Response {
    // The writer sets it with every commit, but not before the first one since the start.
    gauge!("alur_log_seq").set(vitals.desk.office().seq as f64);
    gauge!("alur_sessions").set(vitals.sessions.count() as f64);
    if let Ok(stock) = vitals.shelf.stock() {
        gauge!("alur_disk_size_bytes").set(stock.size as f64);
        gauge!("alur_disk_free_bytes").set(stock.free as f64);
        gauge!("alur_disk_reserve_bytes").set(stock.reserve as f64);
        gauge!("alur_disk_full").set(f64::from(u8::from(stock.state == StorageState::Full)));
        gauge!("alur_uploads_begun").set(stock.uploads as f64);
        for (kind, bytes) in [("begun", stock.begun), ("unsent", stock.unsent), ("sent", stock.sent)] {
            gauge!("alur_files_bytes", "kind" => kind).set(bytes as f64);
        }
    }
    if let Some(bytes) = resident_bytes() {
        gauge!("process_resident_memory_bytes").set(bytes as f64);
    }
    let Some(recorder) = recorder() else {
        return (StatusCode::SERVICE_UNAVAILABLE, "no recorder\n").into_response();
    };
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], recorder.render()).into_response()
}

/// Puts what was measured since the last time where it takes no more room. To be called
/// every few seconds.
pub fn tidy() {
    if let Some(recorder) = recorder() {
        recorder.run_upkeep();
    }
}

/// The program's one recorder; `None` if another one was installed first.
fn recorder() -> Option<&'static PrometheusHandle> {
    static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    let install = || {
        let latency = Matcher::Suffix("_seconds".to_owned());
        PrometheusBuilder::new().set_buckets_for_metric(latency, &SECONDS).ok()?.install_recorder().ok()
    };
    RECORDER.get_or_init(install).as_ref()
}

/// Memory that the program holds, where the system tells (Linux).
fn resident_bytes() -> Option<u64> {
    const PAGE: u64 = 4096;
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    Some(statm.split(' ').nth(1)?.parse::<u64>().ok()? * PAGE)
}
