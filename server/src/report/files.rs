//! The agencies' routes that are no pages: their link, their files, their receipt as PDF.

use std::sync::Arc;

use app::problem::Problem;
use app::shell::request::RemoteAddress;
use app::submission::AgencyCaller;
use axum::body::Bytes;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{DefaultBodyLimit, Multipart, Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post, put};
use axum::{Extension, Json, Router, middleware};
use domain::id::{AgencyCode, RunId};
use domain::report::FileRef;

use super::Reports;
use super::import::template;
use super::take::Piece;
use crate::files::Shelf;
use crate::files::send::hand_out;
use crate::forms;
use crate::forms::flash::FlashBox;
use crate::paper::receipt::{ReceiptFile, ReceiptPaper, receipt};
use crate::refuse::{refuse, refuse_as};
use crate::session::COOKIE;

/// How much larger than the largest file a form may be. What is beyond the largest file is read
/// and thrown away, because a browser hears no answer while it is still sending; who announces
/// even more than that is told at once.
const BEYOND: u64 = 44 * 1024 * 1024;
/// Largest piece of a file.
const LARGEST_PIECE: usize = 1024 * 1024;

/// `/pd/t/{token}`, `/pd/berkas/…`, `/pd/unggah/…`, `/pd/tanda-terima/…`.
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
        .route("/pd/t/{token}", get(open_link))
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
async fn within_limits(State(reports): State<Arc<Reports>>, request: Request, next: Next) -> Response {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    let length = length.and_then(|length| length.parse::<u64>().ok()).unwrap_or_default();
    if length > reports.largest_form() {
        return refuse_as(StatusCode::PAYLOAD_TOO_LARGE, &reports.too_large());
    }
    next.run(request).await
}

async fn open_link(
    Extension(reports): Extension<Arc<Reports>>,
    remote: Option<Extension<RemoteAddress>>,
    Path(token): Path<String>,
) -> Response {
    let from = remote.map_or([127, 0, 0, 1].into(), |Extension(remote)| remote.0);
    match reports.open_link(&token, from).await {
        Ok((session, data_year)) => {
            let cookie = format!("{COOKIE}={session}; Path=/; HttpOnly; SameSite=Lax");
            let cookie = HeaderValue::from_str(&cookie).ok().map(|cookie| [(header::SET_COOKIE, cookie)]);
            (cookie, Redirect::to(&format!("/pd/lkj/{data_year}"))).into_response()
        }
        // A page, because it is a person who follows the link.
        Err(Problem::Unwell) => refuse(&Problem::Unwell),
        Err(Problem::TooMany { seconds }) => refuse(&Problem::TooMany { seconds }),
        Err(_) => Redirect::to("/pd/tautan-tidak-berlaku").into_response(),
    }
}

/// A file in a form, from a browser without JavaScript.
async fn receive(
    Extension(reports): Extension<Arc<Reports>>,
    caller: Option<Extension<AgencyCaller>>,
    Path((run, kind)): Path<(RunId, String)>,
    body: Result<Multipart, MultipartRejection>,
) -> Response {
    let Some(caller) = admitted(caller, run) else { return refuse(&Problem::SignedOut) };
    let broken = || Problem::invalid("Berkas tidak terkirim utuh; unggah lagi.");
    let Ok(mut body) = body else { return refuse(&broken()) };
    loop {
        match body.next_field().await {
            Ok(Some(field)) if field.name() == Some("berkas") => {
                let taken = reports.take_field(&caller, run, kind == "lkj", field).await;
                return match taken {
                    Ok(file) => Json(file).into_response(),
                    Err(problem) => {
                        // A browser hears no answer while it is still sending.
                        while let Ok(Some(_)) = body.next_field().await {}
                        refuse(&problem)
                    }
                };
            }
            Ok(Some(_)) => {}
            Ok(None) => return refuse(&Problem::invalid("Belum ada berkas yang dipilih.")),
            Err(_) => return refuse(&broken()),
        }
    }
}

async fn so_far(
    Extension(reports): Extension<Arc<Reports>>,
    caller: Option<Extension<AgencyCaller>>,
    Path((run, _, id)): Path<(RunId, String, String)>,
) -> Response {
    match admitted(caller, run) {
        Some(caller) => Json(reports.taken_so_far(&caller, run, &id).await).into_response(),
        None => refuse(&Problem::SignedOut),
    }
}

async fn take_piece(
    Extension(reports): Extension<Arc<Reports>>,
    caller: Option<Extension<AgencyCaller>>,
    Path((run, kind, id)): Path<(RunId, String, String)>,
    Query(piece): Query<Piece>,
    bytes: Bytes,
) -> Response {
    let Some(caller) = admitted(caller, run) else { return refuse(&Problem::SignedOut) };
    match reports.take_piece(&caller, run, kind == "lkj", &id, piece, bytes).await {
        Ok(taken) => Json(taken).into_response(),
        Err(problem) => refuse(&problem),
    }
}

/// An agency's own file; for others there is none of that name.
async fn hand_own(
    Extension(reports): Extension<Arc<Reports>>,
    Extension(shelf): Extension<Arc<Shelf>>,
    caller: Option<Extension<AgencyCaller>>,
    Path((run, sha256)): Path<(RunId, String)>,
    request: Request,
) -> Response {
    let Some(caller) = admitted(caller, run) else { return refuse(&Problem::SignedOut) };
    match reports.own(run, &caller.agency, &sha256).await {
        // Under the name that they gave it: others may have sent the same bytes under theirs.
        Ok(Some(file)) => hand_out(&shelf, &sha256, Some(&file.name), &caller.account, request).await,
        Ok(None) => refuse(&Problem::not_found("Berkas ini")),
        Err(problem) => refuse(&problem),
    }
}

/// A receipt as PDF: an agency's own, or for whoever works in the office any.
async fn paper(
    Extension(reports): Extension<Arc<Reports>>,
    agency: Option<Extension<AgencyCaller>>,
    staff: Option<Extension<app::account::Caller>>,
    Path((run, round)): Path<(RunId, u16)>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let code = match (admitted(agency, run), staff, asked.pd) {
        (Some(caller), _, _) => caller.agency,
        (None, Some(_), Some(code)) => code,
        _ => return refuse(&Problem::SignedOut),
    };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let https = headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https");
    let site = format!("{}://{host}", if https { "https" } else { "http" });
    match reports.paper(run, &code, round, &site) {
        Some((name, bytes)) => {
            let disposition = crate::files::name::disposition(&name);
            let kinds = [
                (header::CONTENT_TYPE, "application/pdf".to_owned()),
                (header::CONTENT_DISPOSITION, disposition),
            ];
            (kinds, bytes).into_response()
        }
        None => (StatusCode::NOT_FOUND, Json(Problem::not_found("Tanda terima ini"))).into_response(),
    }
}

#[derive(serde::Deserialize)]
struct Asked {
    pd: Option<AgencyCode>,
}

/// The caller, if this run is open to them.
pub(super) fn admitted(caller: Option<Extension<AgencyCaller>>, run: RunId) -> Option<AgencyCaller> {
    let Extension(caller) = caller?;
    Some(caller).filter(|caller| caller.run.is_none_or(|only| only == run))
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
    fn paper(&self, run: RunId, agency: &AgencyCode, round: u16, site: &str) -> Option<(String, Vec<u8>)> {
        let office = self.desk.office();
        let facts = app::submission::Receipt::of(&office, run, agency, round)?;
        let files = facts.files.iter().map(|file| ReceiptFile {
            name: file.name.clone(),
            size_words: app::submission::size_words(file.size),
            sha256: file.sha256.clone(),
        });
        let name = format!("Tanda terima {}.pdf", facts.number.replace('/', "-"));
        let paper = ReceiptPaper {
            office: "Biro Organisasi Setda Provinsi Jambi".to_owned(),
            number: facts.number,
            agency: facts.agency,
            data_year: facts.data_year,
            round,
            received_wib: facts.received_wib,
            received_utc: facts.received_utc,
            timing: facts.timing,
            files: files.collect(),
            content_sha256: facts.content,
            check_url: format!("{site}/cek/{}", facts.code),
            practice: self.practice,
        };
        Some((name, receipt(&paper, facts.received)))
    }
}
