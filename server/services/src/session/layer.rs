//! Finds out who sent a request, and keeps the session cookie as it should be.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use desk::cookie::Cookie;
use desk::request::{OverTls, RemoteAddress, SessionValue};

use super::Sessions;
use crate::account::Accounts;
use crate::audit::Whose;
use crate::clock::Clock;
use crate::remote::remote;
use crate::token::TokenHash;

/// What is needed to know who sent a request.
#[derive(Clone)]
pub struct Gate {
    /// Sessions.
    pub sessions: Arc<Sessions>,
    /// Accounts.
    pub accounts: Arc<Accounts>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted: Arc<[IpAddr]>,
}

/// Puts into the request's extensions who sent it: [`desk::account::Caller`] with
/// [`crate::live::SessionEnd`], or an agency's [`desk::report::AgencyCaller`]; [`SessionValue`] if
/// there is a session, and [`RemoteAddress`].
pub async fn identify(State(gate): State<Gate>, mut request: Request, next: Next) -> Response {
    let remote = remote(&gate.trusted, request.extensions(), request.headers());
    request.extensions_mut().insert(RemoteAddress(remote));
    let mut whose = None;
    let tls = request.extensions().get::<OverTls>().is_some_and(|tls| tls.0);
    let cookie = Cookie::Session.read(request.headers(), tls).map(str::to_owned);
    let present = cookie.as_deref().and_then(|value| gate.sessions.present(value, Clock::system().now()));
    if let Some(present) = present {
        whose = Some(Whose(present.account.clone()));
        let extensions = request.extensions_mut();
        let by_link = || crate::report::caller_of(&present.account);
        if let Some(caller) = gate.accounts.caller(&present.account) {
            extensions.insert(caller);
            extensions.insert(present.end);
            extensions.insert(SessionValue(cookie.clone().unwrap_or_default()));
        } else if let Some(agency) = gate.accounts.agency_caller(&present.account).or_else(by_link) {
            extensions.insert(agency);
            extensions.insert(SessionValue(cookie.clone().unwrap_or_default()));
        }
    }
    let mut response = next.run(request).await;
    if let Some(whose) = whose {
        response.extensions_mut().insert(whose);
    }
    if let Some(old) = cookie
        && replaces(response.headers(), &old, tls)
        && let Err(error) = gate.sessions.end(TokenHash::of(&old)).await
    {
        tracing::error!(%error, "a replaced session could not be removed from the database");
    }
    response
}

/// Whether the response gives the browser another session than the one it came with: whoever
/// signs in again leaves no session behind.
fn replaces(headers: &HeaderMap, old: &str, tls: bool) -> bool {
    Cookie::Session.set_by(headers, tls).is_some_and(|value| !value.is_empty() && value != old)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        headers
    }

    #[test]
    fn only_another_session_replaces_the_old_one() {
        assert!(replaces(&headers(&[("set-cookie", "alur_sesi=new; Path=/")]), "old", false));
        assert!(!replaces(&headers(&[("set-cookie", "alur_sesi=; Max-Age=0")]), "old", false));
        assert!(!replaces(&headers(&[("set-cookie", "other=new")]), "old", false));
    }
}
