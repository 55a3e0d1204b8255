//! The runs of a procedure as data for others: a table (CSV) and event logs for process
//! mining (XES, OCEL 2.0). Cells, roles and agencies; no people, and nothing that somebody wrote.

mod acts;
mod ocel;
mod table;
mod xes;

use std::sync::Arc;

use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Extension, Router};
use desk::office::Desk;
use desk::problem::Problem;
use desk::trail::Kind;
use domain::id::{AccountId, RunId};
use domain::office::Office;
use domain::run::Run;
use domain::sop::Sop;
use serde::Deserialize;

pub use ocel::ocel;
pub use table::table;
pub use xes::xes;

use crate::audit::Trace;
use crate::callers::Staff;
use crate::files::name::disposition;
use crate::refuse::Refusal;
use domain::csv::MEDIA_TYPE;

/// Why an event log could not be made; only a fault of ours.
#[derive(Debug, thiserror::Error)]
pub enum MiningFault {
    /// The XML could not be written.
    #[error(transparent)]
    Xml(#[from] std::io::Error),
    /// The JSON could not be written.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// `/sop/{nomor}/waktu.csv`, `.xes` and `.ocel.json`.
pub fn routes<S: Clone + Send + Sync + 'static>(desk: Arc<dyn Desk>) -> Router<S> {
    Router::new()
        .route("/sop/{nomor}/waktu.csv", get(as_table))
        .route("/sop/{nomor}/waktu.xes", get(as_xes))
        .route("/sop/{nomor}/waktu.ocel.json", get(as_ocel))
        .layer(Extension(desk))
}

type Ours = Extension<Arc<dyn Desk>>;
type Which = (Path<String>, Query<Wanted>);

/// Which runs are asked for.
#[derive(Deserialize)]
struct Wanted {
    /// A version of the procedure; left out: the newest.
    versi: Option<String>,
    /// One run only.
    pelaksanaan: Option<String>,
}

impl Wanted {
    fn read(&self) -> Option<(Option<u16>, Option<RunId>)> {
        let version = self.versi.as_deref().map(str::parse).transpose().ok()?;
        let run = self.pelaksanaan.as_deref().map(str::parse).transpose().ok()?;
        Some((version, run.map(RunId)))
    }
}

async fn as_table(
    Extension(desk): Ours,
    Staff(caller): Staff,
    trace: Trace,
    which: Which,
) -> Result<impl IntoResponse, Refusal> {
    let account = &caller.actor.account;
    let csv = |office: &Office, sop: &Sop, runs: &[&Run]| Ok(table(sop, runs, &office.calendar).into_bytes());
    noted(made(&desk, account, which, "csv", csv)?, MEDIA_TYPE, account, &trace).await
}

async fn as_xes(
    Extension(desk): Ours,
    Staff(caller): Staff,
    trace: Trace,
    which: Which,
) -> Result<impl IntoResponse, Refusal> {
    let account = &caller.actor.account;
    let log = |office: &Office, sop: &Sop, runs: &[&Run]| xes(sop, runs, &office.calendar);
    noted(made(&desk, account, which, "xes", log)?, "application/xml", account, &trace).await
}

async fn as_ocel(
    Extension(desk): Ours,
    Staff(caller): Staff,
    trace: Trace,
    which: Which,
) -> Result<impl IntoResponse, Refusal> {
    let account = &caller.actor.account;
    noted(made(&desk, account, which, "ocel.json", ocel)?, "application/json", account, &trace).await
}

/// A file, and what it is called.
struct Made {
    name: String,
    bytes: Vec<u8>,
}

/// Answers with the file, once the trail knows of it.
async fn noted(
    Made { name, bytes }: Made,
    kind: &'static str,
    account: &AccountId,
    trace: &Trace,
) -> Result<impl IntoResponse + use<>, Refusal> {
    let headers =
        [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition(&name))];
    trace.note(account, Kind::Exported, name, "").await;
    Ok((headers, bytes))
}

fn made(
    desk: &Arc<dyn Desk>,
    account: &AccountId,
    (Path(number), Query(wanted)): Which,
    ending: &str,
    make: impl FnOnce(&Office, &Sop, &[&Run]) -> Result<Vec<u8>, MiningFault>,
) -> Result<Made, Problem> {
    let asked = wanted.read();
    let (version, run) =
        asked.ok_or_else(|| Problem::invalid("Versi atau nomor pelaksanaan itu bukan angka."))?;
    let office = desk.office();
    let versions = office.sops.iter().rev().filter(|(key, _)| key.number == number);
    let found = versions.map(|(_, sop)| sop).find(|sop| version.is_none_or(|v| v == sop.key.version));
    let sop = found.ok_or_else(|| Problem::not_found(format!("SOP {number}")))?;
    let runs: Vec<&Run> = office
        .runs
        .values()
        .map(AsRef::as_ref)
        .filter(|each| each.sop == sop.key && run.is_none_or(|id| id == each.id))
        .collect();
    match make(&office, sop, &runs) {
        Ok(bytes) => {
            tracing::info!(%account, sop = %sop.key, ending, "the runs were exported");
            Ok(Made { name: format!("Waktu {} versi {}.{ending}", sop.key.number, sop.key.version), bytes })
        }
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "the runs could not be exported");
            Err(Problem::Unwell)
        }
    }
}
