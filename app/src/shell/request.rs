//! What a server function knows about the request that it answers.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use domain::id::AccountId;
use http::request::Parts;
use leptos::prelude::*;

use super::AgencyHere;
use super::port::Ports;
use crate::account::Caller;
use crate::problem::Problem;
use crate::submission::AgencyCaller;

/// The value of the session cookie, as the server's middleware found it.
#[derive(Clone, Debug)]
pub struct SessionValue(pub String);

/// The address that a request came from, as far as it can be believed.
#[derive(Clone, Copy, Debug)]
pub struct RemoteAddress(pub IpAddr);

/// The ports.
pub fn ports() -> Ports {
    expect_context()
}

/// Who is signed in, if anybody.
pub fn caller() -> Option<Caller> {
    extension()
}

/// Who is signed in.
///
/// # Errors
/// [`Problem::SignedOut`].
pub fn require_caller() -> Result<Caller, Problem> {
    caller().ok_or(Problem::SignedOut)
}

/// The administrator who is signed in.
///
/// # Errors
/// [`Problem::SignedOut`], or [`Problem::Forbidden`] for others.
pub fn require_admin() -> Result<Caller, Problem> {
    let caller = require_caller()?;
    let who = "administrator".to_owned();
    if caller.actor.admin { Ok(caller) } else { Err(Problem::Forbidden { who }) }
}

/// The agency that is here, by an account of its own or by its link.
pub fn agency() -> Option<AgencyCaller> {
    extension()
}

/// How the agency that is here is called on its pages.
pub fn agency_here() -> Option<AgencyHere> {
    let (agency, ports) = (agency()?, ports());
    let known = ports.desk.office().agencies.get(&agency.agency).map(|agency| agency.short.clone());
    let account = Some(agency.account.clone()).filter(|_| !agency.by_link());
    let person = ports.people.names().get(&agency.account).cloned().unwrap_or_default();
    Some(AgencyHere { short: known.unwrap_or(agency.agency.0), account, person })
}

/// The agency that is here.
///
/// # Errors
/// [`Problem::SignedOut`].
pub fn require_agency() -> Result<AgencyCaller, Problem> {
    agency().ok_or(Problem::SignedOut)
}

/// The account that is signed in, of the office or of an agency. Who came by a link has none.
///
/// # Errors
/// [`Problem::SignedOut`].
pub fn require_account() -> Result<AccountId, Problem> {
    let of_agency = || agency().filter(|agency| !agency.by_link()).map(|agency| agency.account);
    caller().map(|caller| caller.actor.account).or_else(of_agency).ok_or(Problem::SignedOut)
}

/// How this server is reached by whoever asks: `https://alur.example.go.id`.
pub fn site_address() -> String {
    let parts = use_context::<Parts>();
    let header = |name: &str| {
        let parts = parts.as_ref()?;
        Some(parts.headers.get(name)?.to_str().ok()?.to_owned())
    };
    let https =
        ports().site.secure_cookies || header("x-forwarded-proto").is_some_and(|proto| proto == "https");
    format!("{}://{}", if https { "https" } else { "http" }, header("host").unwrap_or_default())
}

/// The session cookie's value, if there is a session.
pub fn session() -> Option<String> {
    extension::<SessionValue>().map(|value| value.0)
}

/// The address that the request came from.
pub fn remote() -> IpAddr {
    let known = extension::<RemoteAddress>().map(|remote| remote.0);
    let socket = || extension::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    known.or_else(socket).unwrap_or(IpAddr::from([127, 0, 0, 1]))
}

fn extension<T: Clone + Send + Sync + 'static>() -> Option<T> {
    use_context::<Parts>().and_then(|parts| parts.extensions.get::<T>().cloned())
}

/// Tells the browser to keep a new session, or to forget the old one (`None`).
pub fn set_session(value: Option<&str>) {
    let secure = if ports().site.secure_cookies { "; Secure" } else { "" };
    let cookie = match value {
        Some(value) => format!("alur_sesi={value}; Path=/; HttpOnly; SameSite=Lax{secure}"),
        None => format!("alur_sesi=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}"),
    };
    if let Ok(cookie) = http::HeaderValue::from_str(&cookie) {
        expect_context::<leptos_axum::ResponseOptions>().append_header(http::header::SET_COOKIE, cookie);
    }
}

/// Answers the request for a page with a problem: its status, and whoever is not signed in
/// is led to the sign-in page and back here afterwards.
pub fn answer(problem: &Problem) {
    let path = use_context::<Parts>().and_then(|parts| parts.uri.path_and_query().map(ToString::to_string));
    if let (Problem::SignedOut, Some(path)) = (problem, path) {
        // An agency has pages of its own, and no other.
        if require_agency().is_ok() && !path.starts_with("/pd") {
            leptos_axum::redirect("/pd");
            return;
        }
        leptos_axum::redirect(&format!("/masuk?ke={}", leptos_router::location::Url::escape(&path)));
        return;
    }
    let status = http::StatusCode::from_u16(problem.status());
    if let (Some(options), Ok(status)) = (use_context::<leptos_axum::ResponseOptions>(), status) {
        options.set_status(status);
    }
}
