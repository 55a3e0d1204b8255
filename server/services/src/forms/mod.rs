//! Answers to forms: the right status for programs, a page to go back to for browsers
//! without JavaScript.

pub mod back;
pub mod flash;

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use desk::account::local_path;
use desk::cookie::Cookie;
use desk::problem::Problem;
use desk::request::{KeptForm, OverTls, SessionValue};

use crate::audit::Refused;
use crate::forms::flash::{FlashBox, owner};
use crate::refuse::Refusal;
use crate::token::{Token, TokenHash};

/// Largest body of a form or a call, in bytes.
pub const LARGEST: usize = 256 * 1024;
/// How long a client may take to send it.
const PATIENCE: Duration = Duration::from_secs(30);
/// Largest answer that is read to find out what it says. Refusals are far smaller.
const LARGEST_ANSWER: usize = 1024 * 1024;

/// The forms that are sent before anybody is signed in. What else is refused then is not kept: its
/// page leads to signing in, and nobody but its sender should ever find there what they typed.
const BEFORE_SIGNING_IN: [&str; 3] = ["/api/sign-in", "/api/first-admin", "/api/use-password-link"];

/// In the extensions of a request from a browser without JavaScript: the page it will be
/// sent back to, unless the handler sets a `Location` of its own.
#[derive(Clone, Debug)]
pub struct PlainForm(pub String);

/// Around the server functions: reads the body within limits, gives every refusal its
/// status, and turns the answer into a redirect for a browser without JavaScript.
pub async fn call(
    State(flashes): State<Arc<FlashBox>>,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    let refused = |status, sentence| Refusal::under(status, Problem::invalid(sentence));
    let late = |_| refused(StatusCode::REQUEST_TIMEOUT, "Isian terlalu lama dikirim.");
    let large = |_| refused(StatusCode::PAYLOAD_TOO_LARGE, "Isian terlalu besar.");
    let body = tokio::time::timeout(PATIENCE, to_bytes(body, LARGEST)).await.map_err(late)?.map_err(large)?;
    let request = Request::from_parts(parts, Body::from(body.clone()));
    Ok(answer(&flashes, request, &body, next).await)
}

/// The same around an upload, whose body is not read here.
pub async fn upload(State(flashes): State<Arc<FlashBox>>, request: Request, next: Next) -> Response {
    answer(&flashes, request, &[], next).await
}

/// Around everything that shows pages: takes the refused form that a page is asked for out of the
/// box, so that it is shown once, and puts it where all that makes the page finds it.
pub async fn hand_over(State(flashes): State<Arc<FlashBox>>, mut request: Request, next: Next) -> Response {
    let field = if request.uri().path() == "/api/flash" { "id" } else { "gagal" };
    let query = request.uri().query().unwrap_or_default().as_bytes();
    let asked = form_urlencoded::parse(query).find(|(name, _)| name == field);
    if let Some((_, id)) = asked.filter(|_| request.method() == Method::GET)
        && let Some(flash) = owner(&request).and_then(|of| flashes.take(of, &id, Instant::now()))
    {
        let kept = KeptForm { id: id.into_owned(), flash };
        request.extensions_mut().insert(kept);
    }
    next.run(request).await
}

async fn answer(flashes: &FlashBox, mut request: Request, typed: &[u8], next: Next) -> Response {
    let plain = is_plain_form(request.method(), request.headers());
    let path = request.uri().path().to_owned();
    let page = back::page_of(request.headers(), typed);
    let sender = Sender::of(&request);
    // The handlers always speak JSON; what a browser without JavaScript needs is made of it here.
    request.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    if plain {
        request.extensions_mut().insert(PlainForm(page.clone()));
    }
    let response = next.run(request).await;
    match refusal(response).await {
        Ok(done) if plain => {
            let wanted = done.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
            see(&wanted.map_or(page, |wanted| local_path(wanted).to_owned()), done.headers())
        }
        Ok(done) => done,
        Err((status, problem, headers)) if plain => {
            let (of, cookie) = sender.known(&path).unzip();
            let id = of.and_then(|of| flashes.keep(of, problem, &path, typed, Instant::now()));
            let page = id.map_or_else(|| page.clone(), |id| back::with(&page, "gagal", &id));
            let mut led = see(&page, &headers);
            led.headers_mut().extend(cookie.flatten().map(|cookie| (header::SET_COOKIE, cookie)));
            led.extensions_mut().insert(Refused(status));
            led
        }
        Err((status, problem, headers)) => {
            let mut response = Refusal::under(status, problem).into_response();
            keep_cookies(&headers, response.headers_mut());
            response
        }
    }
}

/// Who sends a form.
struct Sender {
    session: Option<TokenHash>,
    tls: bool,
}

impl Sender {
    fn of(request: &Request) -> Self {
        let session = request.extensions().get::<SessionValue>().map(|session| TokenHash::of(&session.0));
        Self { session, tls: request.extensions().get::<OverTls>().is_some_and(|tls| tls.0) }
    }

    /// Whose a refused form is, and the cookie by which they will be known. It is a new one each time:
    /// one that somebody else has put into this browser is good for nothing.
    fn known(self, path: &str) -> Option<(TokenHash, Option<HeaderValue>)> {
        if let Some(session) = self.session {
            return Some((session, None));
        }
        let token = Token::fresh().ok().filter(|_| BEFORE_SIGNING_IN.contains(&path))?;
        Some((token.hash(), Cookie::Form.set(&token.reveal(), self.tls)))
    }
}

/// A browser that posts a form by itself accepts a page as the answer; our own script does not.
fn is_plain_form(method: &Method, headers: &HeaderMap) -> bool {
    method == Method::POST && shows_pages(headers)
}

/// Whether who asks can show a page.
pub fn shows_pages(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// Sorts answers from refusals, whatever form the refusal came in.
async fn refusal(response: Response) -> Result<Response, (StatusCode, Problem, HeaderMap)> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, LARGEST_ANSWER).await.unwrap_or_else(|_| Bytes::new());
    let (status, problem) = match serde_json::from_slice::<Problem>(&body) {
        Ok(problem) => (precise(status, &problem), problem),
        Err(_) => in_words(status, &body),
    };
    if status.is_server_error() {
        tracing::error!(%status, answer = %String::from_utf8_lossy(&body), "a call failed");
    }
    Err((status, problem, parts.headers))
}

/// Server functions answer every refusal with 500; other handlers know better.
fn precise(status: StatusCode, problem: &Problem) -> StatusCode {
    if status == StatusCode::INTERNAL_SERVER_ERROR {
        StatusCode::from_u16(problem.status()).unwrap_or(status)
    } else {
        status
    }
}

/// What the frameworks below answer in their own words.
fn in_words(status: StatusCode, body: &[u8]) -> (StatusCode, Problem) {
    let unknown = body.starts_with(b"Could not find a server function");
    match status {
        _ if unknown => (StatusCode::NOT_FOUND, Problem::not_found("Alamat ini")),
        StatusCode::NOT_FOUND => (status, Problem::not_found("Alamat ini")),
        StatusCode::PAYLOAD_TOO_LARGE => (status, Problem::invalid("Isian terlalu besar.")),
        _ if status.is_client_error() => {
            (status, Problem::invalid("Permintaan tidak dapat dibaca. Muat ulang halaman, lalu coba lagi."))
        }
        _ => (StatusCode::SERVICE_UNAVAILABLE, Problem::Unwell),
    }
}

fn see(page: &str, headers: &HeaderMap) -> Response {
    let Ok(location) = HeaderValue::from_str(page) else {
        return Refusal::from(Problem::invalid("Halaman asal tidak dikenal.")).into_response();
    };
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response();
    keep_cookies(headers, response.headers_mut());
    response
}

fn keep_cookies(from: &HeaderMap, to: &mut HeaderMap) {
    for cookie in from.get_all(header::SET_COOKIE) {
        to.append(header::SET_COOKIE, cookie.clone());
    }
}
