//! The server's own address: what it calls itself, whom it answers, and what it does over TLS.

use std::net::SocketAddr;

use app::wall::server::Pairing;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{StatusCode, header};
use desk::report::Submissions;

use crate::harness::{Answer, House, PASSWORD, RUN, Sender, Visitor, row, run};

/// A request of somebody who came through a proxy, as it says.
struct Came {
    host: &'static str,
    peer: &'static str,
    proto: Option<&'static str>,
}

/// Through the office's own proxy, over TLS.
const OVER_TLS: Came = Came { host: "alur.uji", peer: "10.0.0.1", proto: Some("https") };

impl Came {
    async fn ask(&self, house: &House, method: &str, path: &str, cookie: &str, body: &str) -> Answer {
        let peer: SocketAddr = format!("{}:5000", self.peer).parse().unwrap();
        let mut request = axum::http::Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, self.host)
            .header(header::COOKIE, cookie)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .extension(ConnectInfo(peer));
        if let Some(proto) = self.proto {
            request = request.header("x-forwarded-proto", proto);
        }
        house.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    /// The same by a browser, which asks for a page.
    async fn open(&self, house: &House, path: &str) -> Answer {
        let peer: SocketAddr = format!("{}:5000", self.peer).parse().unwrap();
        let mut request = axum::http::Request::builder().uri(path).header(header::HOST, self.host);
        request = request.header(header::ACCEPT, "text/html").extension(ConnectInfo(peer));
        if let Some(proto) = self.proto {
            request = request.header("x-forwarded-proto", proto);
        }
        house.send(request.body(Body::empty()).unwrap()).await
    }

    async fn sign_in(&self, house: &House) -> Answer {
        self.ask(house, "POST", "/api/sign-in", "", &format!("akun=staf&sandi={PASSWORD}")).await
    }
}

fn cookie(answer: &Answer) -> &str {
    answer.header("set-cookie").split(';').next().unwrap()
}

#[test]
fn a_host_that_is_not_ours_is_answered_nothing() {
    run(async || {
        let house = House::practice().await;
        let staff = house.signed_in("staf").await;
        for (method, path) in [
            ("GET", "/"),
            ("GET", "/masuk"),
            ("GET", "/api/overview"),
            ("POST", "/api/sign-out"),
            ("GET", "/live"),
        ] {
            for host in ["evil.example", "alur.kantor.evil.example", "alur.kantor:8080", ""] {
                let came = Came { host, peer: "10.9.9.9", proto: None };
                let session = format!("alur_sesi={}", staff.session.as_deref().unwrap());
                let answer = came.ask(&house, method, path, &session, "").await;
                assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{method} {path} {host}");
                let said = answer.problem().to_string();
                assert!(said.contains("Buka http://alur.kantor"), "{said}");
                assert_eq!(answer.header("x-content-type-options"), "nosniff");
            }
        }
        for path in ["/healthz", "/readyz", "/metrics"] {
            let came = Came { host: "10.7.7.7:3000", peer: "10.9.9.9", proto: None };
            assert_eq!(came.ask(&house, "GET", path, "", "").await.status, StatusCode::OK, "{path}");
        }
        assert_eq!(staff.get(&house, "/api/overview").await.status, StatusCode::OK, "nothing was done");
        let browser = staff.request("GET", "/").header(header::ACCEPT, "text/html");
        let mut request = browser.body(Body::empty()).unwrap();
        request.headers_mut().insert(header::HOST, "evil.example".parse().unwrap());
        let answer = house.send(request).await;
        assert!(answer.header("content-type").starts_with("text/plain"), "a person reads a sentence");
        assert!(answer.text().starts_with("Alur tidak dibuka lewat alamat ini."), "{}", answer.text());
    });
}

/// Asked under another name that is let in, it calls itself as it was told to.
#[test]
fn what_is_printed_sent_and_scanned_bears_the_own_address() {
    run(async || {
        let house = House::practice().await;
        let sender = Sender::fresh(&house).await;
        sender.send(&house, vec![row("Indikator", "100", "90")]).await;
        let local = Came { host: "localhost:3000", peer: "127.0.0.1", proto: Some("https") };
        let session = format!("alur_sesi={}", house.signed_in("staf").await.session.unwrap());
        let sheet = house.opened.deps.reports.make_links(RUN, vec![sender.code.clone()], "staf".into()).await;
        let path = format!("/api/links?run=1&lembar={}", sheet.unwrap());
        let links = local.ask(&house, "GET", &path, &session, "").await.text();
        assert!(links.contains("\"url\":\"http://alur.kantor/pd/t/"), "{links}");
        let slip: String = local.ask(&house, "POST", "/api/make-feed", &session, "").await.json();
        let told = local.ask(&house, "GET", &format!("/api/told?lembar={slip}"), &session, "").await.text();
        assert!(told.contains("http://alur.kantor/kalender/"), "{told}");
        let pairing = local.ask(&house, "GET", "/api/pairing", "", "").await.json::<Pairing>();
        assert!(
            matches!(pairing, Pairing::Waiting { place, .. } if place == "http://alur.kantor/kelola/papan")
        );
        let paper = format!("/pd/tanda-terima/1/1?pd={}", sender.code);
        let ours = Visitor { session: session.strip_prefix("alur_sesi=").map(str::to_owned) };
        let (here, there) =
            (ours.get(&house, &paper).await, local.ask(&house, "GET", &paper, &session, "").await);
        assert!(here.body.starts_with(b"%PDF-") && here.body == there.body, "whatever name it was asked by");
    });
}

#[test]
fn over_tls_only_cookies_of_this_very_host_are_set_and_read() {
    run(async || {
        let house = House::over_tls().await;
        let signed_in = OVER_TLS.sign_in(&house).await;
        let set = signed_in.header("set-cookie");
        assert!(set.starts_with("__Host-alur_sesi=") && set.ends_with("; Secure"), "{set}");
        assert_eq!(signed_in.header("strict-transport-security"), "max-age=31536000");
        let own = cookie(&signed_in).to_owned();
        let status =
            async |cookie: &str| OVER_TLS.ask(&house, "GET", "/api/overview", cookie, "").await.status;
        assert_eq!(status(&own).await, StatusCode::OK);
        let planted = own.strip_prefix("__Host-").unwrap();
        assert_eq!(status(planted).await, StatusCode::UNAUTHORIZED, "a neighbour can set the other name");
        let display = OVER_TLS.ask(&house, "GET", "/api/pairing", "", "").await;
        assert!(display.header("set-cookie").starts_with("__Host-alur_pasang="));
        let out = OVER_TLS.ask(&house, "POST", "/api/sign-out", &own, "").await;
        assert!(out.header("set-cookie").starts_with("__Host-alur_sesi=;"));
        let office = House::practice().await;
        assert_eq!(office.try_sign_in("staf", PASSWORD).await.header("strict-transport-security"), "");
    });
}

#[test]
fn who_comes_without_tls_is_led_to_it_and_signs_in_nowhere_else() {
    run(async || {
        let house = House::over_tls().await;
        let plain = Came { proto: Some("http"), ..OVER_TLS };
        let program = plain.ask(&house, "GET", "/api/frame", "", "").await;
        assert_eq!(program.status, StatusCode::MISDIRECTED_REQUEST, "it would go on telling its secrets");
        let page = plain.open(&house, "/masuk?ke=%2Fsop").await;
        assert_eq!(page.status, StatusCode::PERMANENT_REDIRECT);
        assert_eq!(page.header("location"), "https://alur.uji/masuk?ke=%2Fsop");
        let refused = plain.sign_in(&house).await;
        assert_eq!((refused.status, refused.header("set-cookie")), (StatusCode::MISDIRECTED_REQUEST, ""));
        assert!(refused.problem().to_string().contains("Buka https://alur.uji"));
        // A stranger cannot make it lead anybody anywhere, and a proxy that says nothing is no circle.
        let made_up = Came { peer: "10.9.9.9", ..plain };
        assert_eq!(made_up.ask(&house, "GET", "/masuk", "", "").await.status, StatusCode::OK);
        let silent = Came { proto: None, ..OVER_TLS };
        assert!(silent.sign_in(&house).await.header("set-cookie").starts_with("__Host-"));
        // On the machine itself there is no line to listen in on.
        let local = Came { host: "localhost:3000", peer: "127.0.0.1", proto: None };
        assert!(local.sign_in(&house).await.header("set-cookie").starts_with("alur_sesi="));
    });
}
