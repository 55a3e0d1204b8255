//! The calendar of a year as a file: handed out, and brought in to be looked at first.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart, Path};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Extension, Router};
use desk::calendar::{ADDRESS, command};
use desk::office::Desk;
use desk::problem::Problem;
use desk::request::SessionValue;
use domain::calendar::to_csv;
use domain::office::decide;

use crate::callers::Admin;
use crate::forms::flash::FlashBox;
use crate::refuse::Refusal;
use crate::token::TokenHash;
use domain::csv::MEDIA_TYPE;

/// Largest file with the days off of a year.
const LARGEST: usize = 256 * 1024;

/// `/kelola/kalender/{tahun}/hari-libur.csv` and `/kelola/kalender/{tahun}/impor`.
pub fn routes<S: Clone + Send + Sync + 'static>(desk: Arc<dyn Desk>, flashes: Arc<FlashBox>) -> Router<S> {
    Router::new()
        .route("/kelola/kalender/{tahun}/hari-libur.csv", get(hand_out))
        .route("/kelola/kalender/{tahun}/impor", post(bring_in).layer(DefaultBodyLimit::max(LARGEST)))
        .layer(Extension(desk))
        .layer(Extension(flashes))
}

async fn hand_out(
    Extension(desk): Extension<Arc<dyn Desk>>,
    _: Admin,
    Path(year): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    let year = number(&year)?;
    let headers = [
        (header::CONTENT_TYPE, MEDIA_TYPE.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"hari-libur-{year}.csv\"")),
    ];
    Ok((headers, to_csv(desk.office().calendar.days_off(year))))
}

/// Changes nothing: leads back to the page, which shows what the file would change.
async fn bring_in(
    Extension(desk): Extension<Arc<dyn Desk>>,
    Extension(flashes): Extension<Arc<FlashBox>>,
    Admin(caller): Admin,
    session: Option<Extension<SessionValue>>,
    Path(year): Path<String>,
    body: Result<Multipart, MultipartRejection>,
) -> Result<impl IntoResponse, Refusal> {
    let (year, csv) = (number(&year)?, read(body).await?);
    let fields = [("tahun".to_owned(), year.to_string()), ("csv".to_owned(), csv.clone())].into();
    let decided = command("impor", &fields).and_then(|wanted| {
        let office = desk.office();
        let decided = decide(&office, &caller.actor, wanted, desk.now());
        decided.map_err(|refusal| Problem::Refused { refusal, seq: office.seq })
    });
    let problem = decided.err().unwrap_or(Problem::Confirm);
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("apa", "impor")
        .append_pair("isian[tahun]", &year.to_string())
        .append_pair("isian[csv]", &csv)
        .finish();
    let of = session.map(|Extension(session)| TokenHash::of(&session.0));
    let id = of.and_then(|of| flashes.keep(of, problem, ADDRESS, form.as_bytes(), Instant::now()));
    let id = id.ok_or(Problem::Unwell)?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, format!("/kelola/kalender/{year}?gagal={id}"))]))
}

/// The file of the form, as text. What is not UTF-8 is shown with marks in its place, so that
/// its lines can be named and put right.
async fn read(body: Result<Multipart, MultipartRejection>) -> Result<String, Problem> {
    let broken = || Problem::invalid("Berkas tidak terkirim utuh, atau lebih dari 256 KB; unggah lagi.");
    let mut body = body.map_err(|_| broken())?;
    while let Some(field) = body.next_field().await.map_err(|_| broken())? {
        if field.name() == Some("berkas") {
            let bytes = field.bytes().await.map_err(|_| broken())?;
            return Ok(String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    Err(Problem::invalid("Belum ada berkas yang dipilih."))
}

fn number(year: &str) -> Result<i32, Problem> {
    let year = year.parse().ok().filter(|year| (2000..=2200).contains(year));
    year.ok_or_else(|| Problem::not_found("Tahun ini"))
}
