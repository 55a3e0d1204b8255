//! What is seen of every request: a line in the log, numbers, and a fault of ours kept to it.

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use desk::problem::Problem;
use futures::FutureExt;
use metrics::{counter, histogram};
use tracing::Instrument;

use crate::refuse::Refusal;

/// The header that names a request, so that a person can say which one failed.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Logs and counts a request, and answers calmly where a handler panics.
pub async fn request(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = fresh_id();
    let method = request.method().clone();
    let pattern = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    // The path only: a query may carry a secret, such as that of a one-time link.
    let span = tracing::info_span!("request", id, %method, path = without_secret(request.uri().path()));
    let handled = AssertUnwindSafe(next.run(request)).catch_unwind().instrument(span.clone()).await;
    let _entered = span.enter();
    let mut response = handled.unwrap_or_else(|_| {
        tracing::error!("a handler panicked");
        Refusal::from(Problem::Unwell).into_response()
    });
    let (status, taken) = (response.status().as_u16(), begun.elapsed());
    tracing::debug!(status, micros = taken.as_micros(), "answered");
    // Labels come from our own routes, so their number is bounded.
    let route = pattern.unwrap_or_else(|| "other".to_owned());
    let labels =
        [("route", route), ("method", known_method(&method).to_owned()), ("status", status.to_string())];
    counter!("alur_http_requests_total", &labels).increment(1);
    histogram!("alur_http_request_seconds", &labels[..1]).record(taken);
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// A path as it may stand in the log: some end with a secret.
fn without_secret(path: &str) -> &str {
    let secret = ["/pd/t/", "/kalender/"].into_iter().find(|start| path.starts_with(start));
    secret.unwrap_or(path)
}

fn known_method(method: &axum::http::Method) -> &str {
    match method.as_str() {
        known @ ("GET" | "HEAD" | "POST") => known,
        _ => "other",
    }
}

fn fresh_id() -> String {
    let mut bits = [0; 8];
    // Without randomness requests are told apart by time alone, which is no reason to fail.
    let _ = getrandom::fill(&mut bits);
    crate::token::hex(&bits)
}
