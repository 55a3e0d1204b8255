//! `GET /berkas/{sha256}`: a received file, as an attachment and never as a page.

use std::convert::Infallible;
use std::sync::Arc;

use app::account::Caller;
use app::problem::Problem;
use axum::Extension;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::id::AccountId;
use tower::ServiceExt;
use tower_http::services::ServeFile;

use super::{Shelf, name};
use crate::refuse::refuse;

/// What a PDF that is shown inside a page may do: nothing but be shown.
const SHOWN: &str =
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'";

/// Hands a file to somebody who is signed in.
pub(super) async fn send(
    Extension(shelf): Extension<Arc<Shelf>>,
    caller: Option<Extension<Caller>>,
    sha256: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let Some(Extension(caller)) = caller else { return refuse(&Problem::SignedOut) };
    let sha256 = sha256.map(|Path(sha256)| sha256).unwrap_or_default();
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
) -> Response {
    let shown = request.uri().query() == Some("lihat");
    let Some(path) = shelf.path(sha256) else { return refuse(&Problem::not_found("Berkas ini")) };
    let file = match shelf.store.file(sha256).await {
        Ok(Some(file)) => file.view,
        Ok(None) => return refuse(&Problem::not_found("Berkas ini")),
        Err(error) => {
            tracing::error!(%error, "a file could not be looked up");
            return refuse(&Problem::Unwell);
        }
    };
    let served: Result<_, Infallible> = ServeFile::new(path).oneshot(request).await;
    let mut response = served.into_response().map(Body::new);
    if response.status() == StatusCode::NOT_FOUND || response.status().is_server_error() {
        tracing::error!(sha256, status = %response.status(), "a known file could not be sent");
        return refuse(&Problem::Unwell);
    }
    let headers = response.headers_mut();
    let value = |text: &str| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("attachment"));
    headers.insert(header::CONTENT_TYPE, value(&file.media_type));
    let shown = shown && file.media_type == "application/pdf";
    let disposition =
        if shown { "inline".to_owned() } else { name::disposition(called.unwrap_or(&file.name)) };
    headers.insert(header::CONTENT_DISPOSITION, value(&disposition));
    if shown {
        headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SHOWN));
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    tracing::info!(%account, sha256, "a file was read");
    response
}
