//! `GET /kelola/jejak.csv`: the trail as a file, for administrators.

use axum::extract::Query;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Extension, Router};
use desk::problem::Problem;
use desk::trail::{Deed, Kind, Note, Wanted};
use serde::Deserialize;

use super::{Journal, Trace, moment};
use crate::callers::Admin;
use crate::refuse::Refusal;
use crate::store::StoreError;
use domain::csv::{Csv, MEDIA_TYPE, Style};

/// Lines that are read at once.
const PAGE: u32 = 2000;
/// Most lines of a file: more than a spreadsheet is pleasant with; a day or an account narrows it.
const MOST: usize = 50_000;
/// The columns.
const COLUMNS: [&str; 8] =
    ["waktu_wib", "terakhir_wib", "kali", "siapa", "apa", "terhadap", "keterangan", "dari"];

/// What is asked for, as on the page.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    siapa: String,
    #[serde(default)]
    jenis: String,
    #[serde(default)]
    hari: String,
}

/// `/kelola/jejak.csv`.
pub fn routes<S: Clone + Send + Sync + 'static>(journal: Journal) -> Router<S> {
    Router::new().route("/kelola/jejak.csv", get(hand_out)).layer(Extension(journal))
}

async fn hand_out(
    Extension(journal): Extension<Journal>,
    Admin(caller): Admin,
    trace: Trace,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, Refusal> {
    let csv = as_csv(&journal, &Wanted::read(&asked.siapa, &asked.jenis, &asked.hari)).await;
    let csv = csv.map_err(|error| {
        tracing::error!(%error, "the trail could not be exported");
        Problem::Unwell
    })?;
    trace.note(&caller.actor.account, Kind::Exported, "jejak.csv", "").await;
    let headers = [
        (header::CONTENT_TYPE, MEDIA_TYPE),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"jejak.csv\""),
    ];
    Ok((headers, csv))
}

async fn as_csv(journal: &Journal, wanted: &Wanted) -> Result<String, StoreError> {
    journal.settle().await?;
    let mut csv = Csv::of(Style::FILE, &COLUMNS);
    let (mut before, mut lines) = (None, 0);
    loop {
        let page = journal.read(wanted, before, PAGE).await?;
        for kept in &page {
            add(&mut csv, &kept.deed);
        }
        lines += page.len();
        before = page.last().map(|last| last.place.0);
        if page.len() < PAGE as usize || lines >= MOST {
            return Ok(csv.into_text());
        }
    }
}

fn add(csv: &mut Csv, deed: &Deed) {
    let Deed { at, until, times, note } = deed;
    let Note { who, origin, kind, whom, facts } = note;
    let (at, until, times) = (moment(*at), until.map(moment).unwrap_or_default(), times.to_string());
    csv.line([&at, &until, &times, who.as_str(), kind.words(), whom, facts, origin]);
}
