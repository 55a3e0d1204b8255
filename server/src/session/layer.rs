//! Finds out who sent a request, and keeps the session cookie as it should be.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use app::shell::request::{RemoteAddress, SessionValue};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Extensions, HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use super::{COOKIE, Sessions};
use crate::account::Accounts;
use crate::clock::Clock;
use crate::config::Switch;
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
    /// Whether cookies are `Secure`; without a word, when the request came over https.
    pub secure: Option<Switch>,
}

/// Puts into the request's extensions who sent it: [`app::account::Caller`] with
/// [`crate::live::SessionEnd`], or an agency's [`app::submission::AgencyCaller`]; [`SessionValue`] if
/// there is a session, and [`RemoteAddress`].
pub async fn identify(State(gate): State<Gate>, mut request: Request, next: Next) -> Response {
    let remote = remote(&gate.trusted, request.extensions(), request.headers());
    request.extensions_mut().insert(RemoteAddress(remote));
    let cookie = session_cookie(request.headers()).map(str::to_owned);
    let present = cookie.as_deref().and_then(|value| gate.sessions.present(value, Clock::system().now()));
    if let Some(present) = present {
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
    let https = request.headers().get("x-forwarded-proto").is_some_and(|proto| proto == "https");
    let mut response = next.run(request).await;
    if gate.secure.map_or(https, |secure| secure == Switch::On) {
        mark_secure(response.headers_mut());
    }
    if let Some(old) = cookie
        && replaces(response.headers(), &old)
        && let Err(error) = gate.sessions.end(TokenHash::of(&old)).await
    {
        tracing::error!(%error, "a replaced session could not be removed from the database");
    }
    response
}

/// The address that a request came from: the peer's, or what a trusted proxy says of it.
fn remote(trusted: &[IpAddr], extensions: &Extensions, headers: &HeaderMap) -> IpAddr {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>();
    let mut remote = peer.map_or(IpAddr::from([127, 0, 0, 1]), |peer| peer.0.ip().to_canonical());
    let hops = headers.get_all("x-forwarded-for").into_iter().rev();
    let hops = hops.filter_map(|value| value.to_str().ok()).flat_map(|value| value.rsplit(','));
    for hop in hops {
        if !trusted.contains(&remote) {
            break;
        }
        match hop.trim().parse::<IpAddr>() {
            Ok(before) => remote = before.to_canonical(),
            Err(_) => break,
        }
    }
    remote
}

/// The value of the session cookie.
fn session_cookie(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, value)| *name == COOKIE && !value.is_empty()).map(|(_, value)| value)
}

/// Whether the response gives the browser another session than the one it came with: whoever
/// signs in again leaves no session behind.
fn replaces(headers: &HeaderMap, old: &str) -> bool {
    set_cookies(headers).any(|value| !value.is_empty() && value != old)
}

fn set_cookies(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let cookies = headers.get_all(header::SET_COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    cookies.filter_map(|cookie| {
        let (name, value) = cookie.split(';').next()?.trim().split_once('=')?;
        (name == COOKIE).then_some(value)
    })
}

fn mark_secure(headers: &mut HeaderMap) {
    let marked = |value: &HeaderValue| {
        let cookie = value.to_str().ok()?;
        let has = cookie.split(';').skip(1).any(|part| part.trim().eq_ignore_ascii_case("secure"));
        if has { None } else { HeaderValue::from_str(&format!("{cookie}; Secure")).ok() }
    };
    let all: Vec<_> = headers
        .get_all(header::SET_COOKIE)
        .iter()
        .map(|it| marked(it).unwrap_or_else(|| it.clone()))
        .collect();
    headers.remove(header::SET_COOKIE);
    for cookie in all {
        headers.append(header::SET_COOKIE, cookie);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn the_session_is_found_among_other_cookies() {
        let found =
            |pairs: &[(&'static str, &'static str)]| session_cookie(&headers(pairs)).map(str::to_owned);
        assert_eq!(found(&[("cookie", "a=b; alur_sesi=xyz; c=d")]), Some("xyz".to_owned()));
        assert_eq!(found(&[("cookie", "a=b"), ("cookie", "alur_sesi=xyz")]), Some("xyz".to_owned()));
        assert_eq!(found(&[("cookie", "xalur_sesi=xyz; alur_sesi=")]), None);
        assert_eq!(found(&[]), None);
    }

    #[test]
    fn secure_is_added_once_to_every_cookie() {
        let mut map = headers(&[("set-cookie", "alur_sesi=a; Path=/"), ("set-cookie", "b=c; Secure")]);
        mark_secure(&mut map);
        let all: Vec<_> = map.get_all("set-cookie").iter().collect();
        assert_eq!(all, ["alur_sesi=a; Path=/; Secure", "b=c; Secure"]);
    }

    #[test]
    fn only_another_session_replaces_the_old_one() {
        assert!(replaces(&headers(&[("set-cookie", "alur_sesi=new; Path=/")]), "old"));
        assert!(!replaces(&headers(&[("set-cookie", "alur_sesi=; Max-Age=0")]), "old"));
        assert!(!replaces(&headers(&[("set-cookie", "other=new")]), "old"));
    }

    #[test]
    fn an_address_is_believed_only_from_a_trusted_proxy() {
        let seen = |peer: &str, said: &[(&'static str, &'static str)]| {
            let mut extensions = Extensions::new();
            extensions.insert(ConnectInfo::<SocketAddr>(format!("{peer}:1").parse().unwrap()));
            let trusted = ["10.0.0.1", "10.0.0.2"].map(|address| address.parse().unwrap());
            remote(&trusted, &extensions, &headers(said)).to_string()
        };
        let name = "x-forwarded-for";
        assert_eq!(seen("10.9.9.9", &[(name, "1.2.3.4")]), "10.9.9.9");
        assert_eq!(seen("10.0.0.1", &[(name, "1.2.3.4")]), "1.2.3.4");
        assert_eq!(seen("10.0.0.1", &[(name, "6.6.6.6, 1.2.3.4")]), "1.2.3.4", "the rest may be made up");
        assert_eq!(seen("10.0.0.1", &[(name, "1.2.3.4, 10.0.0.2")]), "1.2.3.4");
        assert_eq!(seen("10.0.0.1", &[(name, "6.6.6.6"), (name, "1.2.3.4")]), "1.2.3.4");
        assert_eq!(seen("10.0.0.1", &[(name, "bukan alamat")]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", &[]), "10.0.0.1");
    }
}
