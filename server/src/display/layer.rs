//! Finds out whether a request comes from a display, and keeps its cookie alive.

use std::sync::Arc;

use app::wall::{ClaimSecret, Viewer};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use super::{CLAIM_COOKIE, COOKIE, Displays};
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
/// [`Caller`](app::account::Caller), so everything that asks for one refuses it.
pub async fn recognise(State(watchman): State<Watchman>, mut request: Request, next: Next) -> Response {
    let display = cookie(request.headers(), COOKIE).map(str::to_owned);
    let claim = cookie(request.headers(), CLAIM_COOKIE).map(str::to_owned);
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
        && let Ok(cookie) = HeaderValue::from_str(&app::wall::display_cookie(&value))
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

fn cookie<'a>(headers: &'a HeaderMap, wanted: &str) -> Option<&'a str> {
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, value)| *name == wanted && !value.is_empty()).map(|(_, value)| value)
}
