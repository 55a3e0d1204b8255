//! Finds out whether a request comes from a display, and keeps its cookie alive.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;
use desk::cookie::Cookie;
use desk::display::{ClaimSecret, Viewer};
use desk::request::OverTls;

use super::Displays;
use crate::clock::Clock;

/// What is needed to know a display.
#[derive(Clone)]
pub struct Watchman {
    /// Displays.
    pub displays: Arc<Displays>,
    /// Whether this is a practice office, whose wall everybody may see.
    pub practice: bool,
}

/// Puts into the request's extensions whether it comes from a display: [`Viewer`],
/// [`super::DisplayCalls`] and [`ClaimSecret`]. A display is never a
/// [`Caller`](desk::account::Caller), so everything that asks for one refuses it.
pub async fn recognise(State(watchman): State<Watchman>, mut request: Request, next: Next) -> Response {
    let tls = request.extensions().get::<OverTls>().is_some_and(|tls| tls.0);
    let display = Cookie::Display.read(request.headers(), tls).map(str::to_owned);
    let claim = Cookie::Claim.read(request.headers(), tls).map(str::to_owned);
    let present = display.as_deref().map(|value| watchman.displays.present(value, Clock::system().now()));
    // Every page load renews the cookie; a display loads its page at least once a day.
    let renew = request.uri().path() == "/papan" && matches!(present, Some(Some(_)));
    let extensions = request.extensions_mut();
    match present {
        Some(Some(present)) => {
            extensions.insert(Viewer::Display { name: present.name });
            extensions.insert(present.calls);
        }
        Some(None) => drop(extensions.insert(Viewer::Revoked)),
        None if watchman.practice => drop(extensions.insert(Viewer::Practice)),
        None => {}
    }
    if let Some(secret) = claim {
        extensions.insert(ClaimSecret(secret));
    }
    let mut response = next.run(request).await;
    if let Some(value) = display.filter(|_| renew)
        && let Some(cookie) = Cookie::Display.set(&value, tls)
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
