//! The agencies' routes that are no pages: their link, their files, their receipt as PDF.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post, put};
use axum::{Extension, Json, Router, middleware};
use desk::cookie::Cookie;
use desk::problem::Problem;
use desk::request::OverTls;
use domain::id::{AgencyCode, RunId};
use domain::report::FileRef;

use super::Reports;
use super::slot::Slot;
use super::take::Piece;
use super::template::template;
use crate::audit::Trace;
use crate::callers::{Agency, Anyone};
use crate::files::Shelf;
use crate::files::send::hand_out;
use crate::forms;
use crate::forms::flash::FlashBox;
use crate::refuse::Refusal;
use paper::receipt::{PdfProblem, ReceiptFile, ReceiptPaper, receipt};

/// How much larger than the largest file a form may be. What is beyond the largest file is read
/// and thrown away, because a browser hears no answer while it is still sending; who announces
/// even more than that is told at once.
const BEYOND: u64 = 44 * 1024 * 1024;
/// Largest piece of a file.
const LARGEST_PIECE: usize = 1024 * 1024;

/// `POST /pd/t/{token}`, `/pd/berkas/…`, `/pd/unggah/…`, `/pd/tanda-terima/…`.
pub fn routes<S: Clone + Send + Sync + 'static>(
    reports: Arc<Reports>,
    shelf: Arc<Shelf>,
    flashes: Arc<FlashBox>,
) -> Router<S> {
    let largest = usize::try_from(reports.largest_form()).unwrap_or(usize::MAX);
    let announced = || middleware::from_fn_with_state(Arc::clone(&reports), within_limits);
    let form = post(receive)
        .layer(DefaultBodyLimit::max(largest))
        .layer(announced())
        .layer(middleware::from_fn_with_state(Arc::clone(&flashes), forms::upload));
    let import = post(super::import::import)
        .layer(DefaultBodyLimit::max(largest))
        .layer(announced())
        .layer(middleware::from_fn_with_state(Arc::clone(&flashes), forms::upload));
    let piece = put(take_piece).get(so_far).layer(DefaultBodyLimit::max(LARGEST_PIECE));
    Router::new()
        .route("/pd/t/{token}", post(open_link))
        .route("/pd/kirim-berkas/{run}/{kind}", form)
        .route("/pd/unggah/{run}/{kind}/{id}", piece)
        .route("/pd/impor/{run}", import)
        .route("/pd/templat/{run}", get(template))
        .route("/pd/berkas/{run}/{sha256}", get(hand_own))
        .route("/pd/tanda-terima/{run}/{round}", get(paper))
        .layer(Extension(reports))
        .layer(Extension(shelf))
}

/// Refuses a form that says itself that it is too large, before any of it is read.
async fn within_limits(
    State(reports): State<Arc<Reports>>,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    let length = length.and_then(|length| length.parse::<u64>().ok()).unwrap_or_default();
    if length > reports.largest_form() {
        return Err(Refusal::under(StatusCode::PAYLOAD_TOO_LARGE, reports.too_large()));
    }
    Ok(next.run(request).await)
}

/// Opens an agency's page with its link. The page at this address asks first: whoever merely looks at
/// a link, such as a messenger that makes a preview of it, changes nothing.
async fn open_link(
    Extension(reports): Extension<Arc<Reports>>,
    trace: Trace,
    tls: Option<Extension<OverTls>>,
    headers: HeaderMap,
    uri: Uri,
    Path(token): Path<String>,
) -> Result<Response, Refusal> {
    let shows_pages = forms::shows_pages(&headers);
    match reports.open_link(&token, &trace).await {
        Ok((session, data_year)) => {
            let tls = tls.is_some_and(|Extension(tls)| tls.0);
            let cookie = Cookie::Session.set(&session, tls).map(|cookie| [(header::SET_COOKIE, cookie)]);
            Ok((cookie, Redirect::to(&format!("/pd/lkj/{data_year}"))).into_response())
        }
        // A page, because it is a person who follows the link.
        Err(Problem::TooMany { .. }) if shows_pages => Ok(Redirect::to(uri.path()).into_response()),
        Err(problem @ (Problem::Unwell | Problem::TooMany { .. })) => Err(problem.into()),
        Err(_) => Ok(Redirect::to("/pd/tautan-tidak-berlaku").into_response()),
    }
}

/// A file in a form, from a browser without JavaScript.
async fn receive(
    Extension(reports): Extension<Arc<Reports>>,
    agency: Agency,
    Path((run, slot)): Path<(RunId, Slot)>,
    body: Result<Multipart, MultipartRejection>,
) -> Result<impl IntoResponse, Refusal> {
    let caller = agency.in_run(run)?;
    let broken = || Problem::invalid("Berkas tidak terkirim utuh; unggah lagi.");
    let mut body = body.map_err(|_| broken())?;
    while let Some(field) = body.next_field().await.map_err(|_| broken())? {
        if field.name() != Some("berkas") {
            continue;
        }
        let taken = reports.take_field(&caller, run, slot, field).await;
        if taken.is_err() {
            // A browser hears no answer while it is still sending.
            while let Ok(Some(_)) = body.next_field().await {}
        }
        return Ok(Json(taken?));
    }
    Err(Problem::invalid("Belum ada berkas yang dipilih.").into())
}

async fn so_far(
    Extension(reports): Extension<Arc<Reports>>,
    agency: Agency,
    Path((run, _, id)): Path<(RunId, String, String)>,
) -> Result<impl IntoResponse, Refusal> {
    Ok(Json(reports.taken_so_far(&agency.in_run(run)?, run, &id).await))
}

async fn take_piece(
    Extension(reports): Extension<Arc<Reports>>,
    agency: Agency,
    Path((run, slot, id)): Path<(RunId, Slot, String)>,
    Query(piece): Query<Piece>,
    request: Request,
) -> Result<impl IntoResponse, Refusal> {
    // Before anything is read of it: who is nobody here costs no memory.
    let caller = agency.in_run(run)?;
    let bytes = Bytes::from_request(request, &()).await.map_err(|cut| {
        let status = match cut.status() {
            StatusCode::PAYLOAD_TOO_LARGE => StatusCode::PAYLOAD_TOO_LARGE,
            _ => StatusCode::REQUEST_TIMEOUT,
        };
        let sentence = "Potongan berkas tidak terkirim utuh; dilanjutkan dari yang terakhir tiba.";
        Refusal::under(status, Problem::invalid(sentence))
    })?;
    Ok(Json(reports.take_piece(&caller, run, slot, &id, piece, bytes).await?))
}

/// An agency's own file; for others there is none of that name.
async fn hand_own(
    Extension(reports): Extension<Arc<Reports>>,
    Extension(shelf): Extension<Arc<Shelf>>,
    agency: Agency,
    Path((run, sha256)): Path<(RunId, String)>,
    request: Request,
) -> Result<Response, Refusal> {
    let caller = agency.in_run(run)?;
    let file = reports.own(run, &caller.agency, &sha256).await?;
    let file = file.ok_or_else(|| Problem::not_found("Berkas ini"))?;
    // Under the name that they gave it: others may have sent the same bytes under theirs.
    hand_out(&shelf, &sha256, Some(&file.name), &caller.account, request).await
}

/// A receipt as PDF: an agency's own, or for whoever works in the office any.
async fn paper(
    Extension(reports): Extension<Arc<Reports>>,
    anyone: Anyone,
    Path((run, round)): Path<(RunId, u16)>,
    Query(asked): Query<Asked>,
) -> Result<impl IntoResponse, Refusal> {
    let code = match anyone {
        Anyone::Agency(agency) => agency.in_run(run)?.agency,
        Anyone::Staff(_) => asked.pd.ok_or(Problem::SignedOut)?,
    };
    let paper = reports.paper(run, &code, round).map_err(|error| {
        tracing::error!(%error, run = run.0, round, "a receipt cannot be written");
        Problem::Unwell
    })?;
    let (name, bytes) = paper.ok_or_else(|| Problem::not_found("Tanda terima ini"))?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, crate::files::name::disposition(&name)),
    ];
    Ok((headers, bytes))
}

#[derive(serde::Deserialize)]
struct Asked {
    pd: Option<AgencyCode>,
}

impl Reports {
    fn largest_form(&self) -> u64 {
        self.sizes.file + BEYOND
    }

    /// A file of an agency's draft, or of what it has sent.
    async fn own(&self, run: RunId, agency: &AgencyCode, sha256: &str) -> Result<Option<FileRef>, Problem> {
        let office = self.desk.office();
        let report = office.runs.get(&run).and_then(|run| run.reports.get(agency));
        let mut sent = report.iter().flat_map(|report| &report.rounds).flat_map(|round| &round.digest.files);
        if let Some(file) = sent.find(|file| file.sha256 == sha256) {
            return Ok(Some(file.clone()));
        }
        let draft = self.read_draft(run, agency).await?.draft;
        Ok(draft.files().find(|file| file.sha256 == sha256).cloned())
    }

    /// The receipt of a round as a PDF, with its file name.
    fn paper(
        &self,
        run: RunId,
        agency: &AgencyCode,
        round: u16,
    ) -> Result<Option<(String, Vec<u8>)>, PdfProblem> {
        let office = self.desk.office();
        let Some(facts) = desk::report::Receipt::of(&office, run, agency, round) else { return Ok(None) };
        let files = facts.files.iter().map(|file| ReceiptFile {
            name: file.name.clone(),
            size_words: desk::file::size_words(file.size),
            sha256: file.sha256.clone(),
        });
        let name = format!("Tanda terima {}.pdf", facts.number.replace('/', "-"));
        let paper = ReceiptPaper {
            office: desk::report::OFFICE.to_owned(),
            number: facts.number,
            agency: facts.agency,
            data_year: facts.data_year,
            round,
            received_wib: facts.received_wib,
            received_utc: facts.received_utc,
            timing: facts.timing,
            files: files.collect(),
            content_sha256: facts.content,
            check_url: format!("{}/cek/{}", self.site, facts.code),
            practice: self.practice,
        };
        Ok(Some((name, receipt(&paper, facts.received)?)))
    }
}
