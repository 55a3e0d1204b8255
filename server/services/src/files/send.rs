//! `GET /berkas/{sha256}`: a received file, as an attachment and never as a page.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use desk::office::Desk;
use desk::problem::Problem;
use desk::trail::Kind;
use domain::id::AccountId;
use tower::ServiceExt;
use tower_http::services::ServeFile;

use super::named::is_named;
use super::{Shelf, name};
use crate::audit::Trace;
use crate::callers::Staff;
use crate::refuse::{Refusal, problem};
use paper::content::Kind as Content;

/// What a file is called to who asks for it.
const WHAT: &str = "Berkas ini";
/// What a PDF that is shown inside a page may do: nothing but be shown.
const SHOWN: &str =
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'";

/// Hands a file to somebody who is signed in: one that something done in the office names, or that
/// somebody of the office has brought. What agencies have not sent, or have taken out again, is nobody
/// else's.
pub(super) async fn send(
    Extension(shelf): Extension<Arc<Shelf>>,
    Extension(desk): Extension<Arc<dyn Desk>>,
    Staff(caller): Staff,
    sha256: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, Refusal> {
    let sha256 = sha256.map(|Path(sha256)| sha256).unwrap_or_default();
    if !is_named(&desk.office(), &sha256) && !shelf.ledger.is_held_by_office(&sha256) {
        return Err(missing().into());
    }
    hand_out(&shelf, &sha256, None, &caller.actor.account, request).await
}

/// Hands a file to somebody who may have it. With `?lihat` a PDF is shown in the page that
/// asks for it, instead of being saved. `called`: the name to hand it out under.
pub(crate) async fn hand_out(
    shelf: &Shelf,
    sha256: &str,
    called: Option<&str>,
    account: &AccountId,
    request: Request,
) -> Result<Response, Refusal> {
    let shown = request.uri().query() == Some("lihat");
    let (trace, begins) = (Trace::of(request.extensions()), begins(request.headers()));
    let path = shelf.path(sha256).ok_or_else(missing)?;
    let file = shelf.store.file(sha256).await.map_err(|error| problem(error, WHAT))?;
    let file = file.ok_or_else(missing)?.view;
    let served: Result<_, Infallible> = ServeFile::new(path).oneshot(request).await;
    let mut response = served.into_response().map(Body::new);
    if response.status() == StatusCode::NOT_FOUND || response.status().is_server_error() {
        tracing::error!(sha256, status = %response.status(), "a known file could not be sent");
        return Err(Problem::Unreadable { what: format!("{WHAT} ({sha256})") }.into());
    }
    let headers = response.headers_mut();
    let value = |text: &str| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("attachment"));
    headers.insert(header::CONTENT_TYPE, value(&file.media_type));
    let shown = shown && file.media_type == "application/pdf";
    let disposition = if shown {
        "inline".to_owned()
    } else {
        name::disposition(&name::fitting(
            called.unwrap_or(&file.name),
            Content::of_media_type(&file.media_type),
        ))
    };
    headers.insert(header::CONTENT_DISPOSITION, value(&disposition));
    if shown {
        headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SHOWN));
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if begins && response.status().is_success() {
        tracing::info!(%account, sha256, "a file was read");
        let name = called.unwrap_or(&file.name);
        trace.note(account, Kind::FileRead, name, format!("SHA-256 {sha256}")).await;
    }
    Ok(response)
}

fn missing() -> Problem {
    Problem::not_found(WHAT)
}

/// Whether a request begins to read a file: what a viewer asks for piece by piece is read once.
fn begins(headers: &HeaderMap) -> bool {
    let range = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
    range.is_none_or(|range| range.trim().starts_with("bytes=0-"))
}
