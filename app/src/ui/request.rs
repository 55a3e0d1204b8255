//! What a server function knows about the request that it answers.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use desk::account::{Caller, SignedIn};
use desk::cookie::Cookie;
use desk::display::{ClaimSecret, Viewer};
use desk::problem::Problem;
use desk::report::AgencyCaller;
use desk::request::{KeptForm, OverTls, RemoteAddress, SessionValue};
use desk::site::{Flash, Ports};
use desk::trail::{Kind, Note};
use domain::id::AccountId;
use http::request::Parts;
use leptos::prelude::*;

use super::AgencyHere;

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

/// How people reach this server: `https://alur.example.go.id`. Never what the request says of
/// itself: what is printed, sent and scanned would lead to where a stranger wants it to.
pub fn site_address() -> String {
    ports().site.address.clone()
}

/// Who looks at the wall, as the middleware found out.
pub fn viewer() -> Option<Viewer> {
    extension()
}

/// By what a display that is being paired is known.
pub fn claim_secret() -> Option<String> {
    extension::<ClaimSecret>().map(|secret| secret.0)
}

/// The refused form with this id, if it is for this page.
pub fn kept_form(id: &str) -> Option<Flash> {
    extension::<KeptForm>().filter(|kept| kept.id == id).map(|kept| kept.flash)
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

/// Whoever sent this request: an account of the office or of an agency, or a link; empty for nobody.
pub fn who() -> AccountId {
    let office = caller().map(|caller| caller.actor.account);
    office.or_else(|| agency().map(|agency| agency.account)).unwrap_or_else(|| AccountId(String::new()))
}

/// Something that whoever sent this request did.
pub fn note(kind: Kind) -> Note {
    Note::new(who(), remote(), kind)
}

/// Carries out an act that belongs in the trail, and writes it there. `told` says of what it led to
/// whom it touched and what more there is to say.
///
/// # Errors
/// Those of the act, and [`Problem::Unwell`] before it if earlier acts are not written down yet.
pub async fn act<T>(
    kind: Kind,
    told: impl FnOnce(&T) -> (String, String),
    work: impl Future<Output = Result<T, Problem>>,
) -> Result<T, Problem> {
    let trail = ports().trail;
    trail.ready().await?;
    let done = work.await?;
    let (whom, facts) = told(&done);
    trail.note(note(kind).on(whom).with(facts)).await;
    Ok(done)
}

/// By what this browser is known, if it has signed in before.
pub fn browser() -> Option<String> {
    let parts = use_context::<Parts>()?;
    let tls = parts.extensions.get::<OverTls>().is_some_and(|tls| tls.0);
    Cookie::Browser.read(&parts.headers, tls).map(str::to_owned)
}

/// Gives the browser a new session, and by what it will be known.
pub fn admit(signed_in: &SignedIn) {
    set_session(Some(&signed_in.session));
    if let Some(browser) = &signed_in.browser {
        set_cookie(Cookie::Browser, Some(browser));
    }
}

fn extension<T: Clone + Send + Sync + 'static>() -> Option<T> {
    use_context::<Parts>().and_then(|parts| parts.extensions.get::<T>().cloned())
}

/// Tells the browser to keep a new session, or to forget the old one (`None`) and what it holds
/// of our pages. Not the cookies: a browser would drop those of all neighbours under the domain.
pub fn set_session(value: Option<&str>) {
    set_cookie(Cookie::Session, value);
    if let (None, Some(options)) = (value, use_context::<leptos_axum::ResponseOptions>()) {
        let kept = http::HeaderValue::from_static("\"cache\", \"storage\"");
        options.insert_header(http::HeaderName::from_static("clear-site-data"), kept);
    }
}

/// Tells the browser to keep a cookie, or to forget it (`None`).
pub fn set_cookie(cookie: Cookie, value: Option<&str>) {
    let tls = extension::<OverTls>().is_some_and(|tls| tls.0);
    let cookie = value.map_or_else(|| cookie.forget(tls), |value| cookie.set(value, tls));
    if let (Some(cookie), Some(options)) = (cookie, use_context::<leptos_axum::ResponseOptions>()) {
        options.append_header(http::header::SET_COOKIE, cookie);
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
