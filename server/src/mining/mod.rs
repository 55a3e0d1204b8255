//! The runs of a procedure as data for others: a table (CSV) and event logs for process
//! mining (XES, OCEL 2.0). Cells, roles and agencies; no people, and nothing that somebody wrote.

mod acts;
mod ocel;
mod table;
mod xes;

use std::sync::Arc;

use app::account::Caller;
use app::problem::Problem;
use app::run::port::Desk;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use domain::id::RunId;
use domain::office::Office;
use domain::run::Run;
use domain::sop::Sop;
use serde::Deserialize;

pub use ocel::ocel;
pub use table::table;
pub use xes::xes;

use crate::files::name::disposition;
use crate::refuse::refuse;

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

type Asker = Option<Extension<Caller>>;
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

async fn as_table(Extension(desk): Extension<Arc<dyn Desk>>, caller: Asker, which: Which) -> Response {
    answer(&desk, caller, which, "text/csv; charset=utf-8", "csv", |office, sop, runs| {
        Ok(table(sop, runs, &office.calendar).into_bytes())
    })
}

async fn as_xes(Extension(desk): Extension<Arc<dyn Desk>>, caller: Asker, which: Which) -> Response {
    answer(&desk, caller, which, "application/xml", "xes", |office, sop, runs| {
        xes(sop, runs, &office.calendar)
    })
}

async fn as_ocel(Extension(desk): Extension<Arc<dyn Desk>>, caller: Asker, which: Which) -> Response {
    answer(&desk, caller, which, "application/json", "ocel.json", ocel)
}

fn answer(
    desk: &Arc<dyn Desk>,
    caller: Asker,
    (Path(number), Query(wanted)): Which,
    kind: &str,
    ending: &str,
    make: impl FnOnce(&Office, &Sop, &[&Run]) -> Result<Vec<u8>, MiningFault>,
) -> Response {
    let Some(Extension(caller)) = caller else { return refuse(&Problem::SignedOut) };
    let Some((version, run)) = wanted.read() else {
        return refuse(&Problem::invalid("Versi atau nomor pelaksanaan itu bukan angka."));
    };
    let office = desk.office();
    let versions = office.sops.iter().rev().filter(|(key, _)| key.number == number);
    let found = versions.map(|(_, sop)| sop).find(|sop| version.is_none_or(|v| v == sop.key.version));
    let Some(sop) = found else { return refuse(&Problem::not_found(format!("SOP {number}"))) };
    let runs: Vec<&Run> = office
        .runs
        .values()
        .map(AsRef::as_ref)
        .filter(|each| each.sop == sop.key && run.is_none_or(|id| id == each.id))
        .collect();
    match make(&office, sop, &runs) {
        Ok(bytes) => {
            tracing::info!(account = %caller.actor.account, sop = %sop.key, ending, "the runs were exported");
            let name = format!("Waktu {} versi {}.{ending}", sop.key.number, sop.key.version);
            let headers =
                [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition(&name))];
            (headers, bytes).into_response()
        }
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "the runs could not be exported");
            refuse(&Problem::Unwell)
        }
    }
}
