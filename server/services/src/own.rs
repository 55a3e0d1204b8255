//! How people reach this server: its own address, the names it answers to, and whether a request
//! came over TLS. A request says all of that of itself, and is not believed.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use desk::problem::Problem;
use desk::request::OverTls;

use crate::forms::shows_pages;
use crate::refuse::Refusal;

/// On or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// On.
    On,
    /// Off.
    Off,
}

/// What a browser remembers for a year: this host is reached over TLS only. Not its neighbours.
const ONLY_TLS: &str = "max-age=31536000";
/// What machines ask, under whatever name they know this one.
const FOR_MACHINES: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// The server's own address.
#[derive(Clone, Debug)]
pub struct OwnAddress {
    url: String,
    listening: SocketAddr,
    secure: Option<Switch>,
    trusted: Arc<[IpAddr]>,
}

/// How a request came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Over TLS.
    Tls,
    /// Without it, as a proxy says that is believed.
    PlainAsTold,
    /// Without it, as far as anybody knows.
    Plain,
}

impl OwnAddress {
    /// The address. `url` is how people reach it, if that was told; else it is made from where the
    /// server listens. `secure` says whether there is TLS in front of it, if that was told.
    pub fn new(
        url: Option<String>,
        listening: SocketAddr,
        secure: Option<Switch>,
        trusted: Arc<[IpAddr]>,
    ) -> Self {
        let ip = if listening.ip().is_unspecified() { Ipv4Addr::LOCALHOST.into() } else { listening.ip() };
        let url = url.unwrap_or_else(|| format!("http://{}", SocketAddr::new(ip, listening.port())));
        Self { url, listening, secure, trusted }
    }

    /// How people reach it: `https://alur.example.go.id`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Whether a request for this host is for us. A name has to be the one of our address: a
    /// stranger's page can give any other name our number, and would then count as our own. What is
    /// asked for by number, or on the machine itself, cannot be led here that way, whatever its port.
    fn knows(&self, host: &str) -> bool {
        if self.is_own_name(host) {
            return true;
        }
        let ip = without_port(host).trim_matches(['[', ']']).parse::<IpAddr>().ok();
        let listening = self.listening.ip();
        is_this_machine(host) || ip.is_some_and(|ip| listening.is_unspecified() || ip == listening)
    }

    fn is_own_name(&self, host: &str) -> bool {
        crate::live::origin::is_host(&self.url, host)
    }

    /// Whether people are meant to come over TLS.
    fn is_for_tls(&self) -> bool {
        self.secure.map_or_else(|| self.url.starts_with("https://"), |secure| secure == Switch::On)
    }

    fn line(&self, headers: &HeaderMap, host: &str, peer: Option<IpAddr>) -> Way {
        let trusted = peer.is_some_and(|peer| self.trusted.contains(&peer.to_canonical()));
        let told = headers.get("x-forwarded-proto").filter(|_| trusted);
        match (self.secure, told.map(HeaderValue::as_bytes)) {
            (Some(Switch::On), _) | (None, Some(b"https")) => Way::Tls,
            (None, Some(_)) => Way::PlainAsTold,
            // A proxy that says nothing of it: it is the only one who is asked by that name.
            (None, None) if self.is_for_tls() && self.is_own_name(host) => Way::Tls,
            (Some(Switch::Off), _) | (None, None) => Way::Plain,
        }
    }
}

/// Refuses what is asked for under a name that is not ours, leads to TLS who came without it, and
/// puts into the request's extensions whether it came over TLS: [`OverTls`].
pub async fn reached(State(own): State<Arc<OwnAddress>>, mut request: Request, next: Next) -> Response {
    if FOR_MACHINES.contains(&request.uri().path()) {
        return next.run(request).await;
    }
    let host = host(&request).unwrap_or_default().to_owned();
    if !own.knows(&host) {
        tracing::warn!(host, "a request for another host was refused; ALUR_URL says what ours is");
        return elsewhere(&own, request.headers());
    }
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    let line = own.line(request.headers(), &host, peer);
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if own.is_for_tls() && line != Way::Tls && !is_this_machine(&host) {
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        match line {
            _ if !reads => return elsewhere(&own, request.headers()),
            // Only where that is certain, or it would lead in a circle; and only people: a program
            // that is led on would go on telling its secrets without TLS.
            Way::PlainAsTold if !shows_pages(request.headers()) => {
                return elsewhere(&own, request.headers());
            }
            Way::PlainAsTold => return Redirect::permanent(&format!("{}{path}", own.url)).into_response(),
            Way::Plain | Way::Tls => {}
        }
    }
    let tls = line == Way::Tls;
    request.extensions_mut().insert(OverTls(tls));
    let mut response = next.run(request).await;
    if tls {
        let value = HeaderValue::from_static(ONLY_TLS);
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, value);
    }
    response
}

/// The host that a request is for: of its address if it has one, as in HTTP/2, else of its header.
/// Two headers are none.
fn host(request: &Request) -> Option<&str> {
    let mut named = request.headers().get_all(header::HOST).iter();
    let header = named.next().filter(|_| named.next().is_none()).and_then(|host| host.to_str().ok());
    request.uri().authority().map(axum::http::uri::Authority::as_str).or(header)
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    }
}

fn is_this_machine(host: &str) -> bool {
    let name = without_port(host);
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|local| name.eq_ignore_ascii_case(local))
}

/// Says where Alur is. A person reads a sentence, a program a problem.
fn elsewhere(own: &OwnAddress, headers: &HeaderMap) -> Response {
    let sentence = format!("Alur tidak dibuka lewat alamat ini. Buka {}, lalu ulangi di sana.", own.url);
    if shows_pages(headers) {
        let plain = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
        return (StatusCode::MISDIRECTED_REQUEST, plain, format!("{sentence}\n")).into_response();
    }
    Refusal::under(StatusCode::MISDIRECTED_REQUEST, Problem::invalid(sentence)).into_response()
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderName;

    use super::*;

    fn own(url: Option<&str>, listening: &str) -> OwnAddress {
        let trusted = ["10.0.0.1".parse().unwrap()].into();
        OwnAddress::new(url.map(str::to_owned), listening.parse().unwrap(), None, trusted)
    }

    #[test]
    fn without_a_word_the_address_is_where_it_listens() {
        assert_eq!(own(Some("https://alur.uji"), "127.0.0.1:3000").url(), "https://alur.uji");
        assert_eq!(own(None, "127.0.0.1:4321").url(), "http://127.0.0.1:4321");
        assert_eq!(own(None, "0.0.0.0:3000").url(), "http://127.0.0.1:3000");
        assert_eq!(own(None, "192.168.7.5:3000").url(), "http://192.168.7.5:3000");
        assert_eq!(own(None, "[::1]:3000").url(), "http://[::1]:3000");
    }

    #[test]
    fn a_name_is_ours_or_nobodys() {
        let behind = own(Some("https://alur.uji"), "127.0.0.1:3000");
        for host in ["alur.uji", "ALUR.uji:443", "localhost:3000", "127.0.0.1:9", "[::1]:3000", "[::1]"] {
            assert!(behind.knows(host), "{host}");
        }
        for host in [
            "",
            "alur.uji:8443",
            "alur.uji.",
            "evil.example",
            "alur.uji.evil.example",
            "192.168.7.5:3000",
            "localhost.evil",
            "127.0.0.1.evil:1",
            "a@alur.uji",
        ] {
            assert!(!behind.knows(host), "{host}");
        }
        let everywhere = own(Some("http://alur.uji:3000"), "0.0.0.0:3000");
        for host in ["alur.uji:3000", "192.168.7.5:3000", "192.168.7.5:8080", "[fe80::1]:3000", "10.1.2.3"] {
            assert!(everywhere.knows(host), "{host}");
        }
        for host in ["alur.uji", "kantor:3000", "192.168.7.5.evil.example:3000"] {
            assert!(!everywhere.knows(host), "{host}");
        }
        let one = own(None, "192.168.7.5:3000");
        assert!(one.knows("192.168.7.5:3000") && !one.knows("192.168.7.6:3000"));
    }

    #[test]
    fn tls_is_believed_only_of_who_may_say_so() {
        let line = |own: &OwnAddress, host: &str, peer: &str, said: Option<&'static str>| {
            let headers = said
                .map(|said| (HeaderName::from_static("x-forwarded-proto"), HeaderValue::from_static(said)));
            own.line(&headers.into_iter().collect(), host, Some(peer.parse().unwrap()))
        };
        let plain = own(None, "127.0.0.1:3000");
        assert_eq!(line(&plain, "localhost", "10.9.9.9", Some("https")), Way::Plain);
        assert_eq!(line(&plain, "localhost", "10.0.0.1", Some("https")), Way::Tls);
        let office = own(Some("https://alur.uji"), "127.0.0.1:3000");
        assert_eq!(line(&office, "alur.uji", "10.9.9.9", Some("http")), Way::Tls);
        assert_eq!(line(&office, "alur.uji", "10.0.0.1", Some("http")), Way::PlainAsTold);
        assert_eq!(line(&office, "127.0.0.1", "127.0.0.1", None), Way::Plain);
        let off = OwnAddress { secure: Some(Switch::Off), ..office.clone() };
        assert_eq!(line(&off, "alur.uji", "10.0.0.1", Some("https")), Way::Plain);
        let on = OwnAddress { secure: Some(Switch::On), ..plain };
        assert_eq!(line(&on, "localhost", "10.9.9.9", None), Way::Tls);
    }
}
