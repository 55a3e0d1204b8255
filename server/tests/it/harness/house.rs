//! The whole server in this process: what a browser would be answered, without a socket.

use std::future::pending;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use chrono::{DateTime, Utc};
use desk::problem::Problem;
use desk::report::Sizes;
use serde::de::DeserializeOwned;
use server::opening::{Keeping, Opened, Opening, OpeningError, open};
use server::router;
use services::clock::Clock;
use services::door::{Crowd, Door};
use services::mail::Sender;
use services::store::StoreError;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::time::timeout;
use tower::ServiceExt;

use super::{LiveServer, now, when_free};

/// Longer than any answer takes; a request that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(40);
/// The password of every practice account.
pub(crate) const PASSWORD: &str = "latihan-alur";

/// How people reach the office of a test.
const URL: &str = "http://alur.kantor";

/// An office with everything open.
pub(crate) struct House {
    folder: TempDir,
    /// Its parts.
    pub(crate) opened: Opened,
    /// Its clock, which stands still until it is moved.
    pub(crate) clock: Clock,
    router: Router,
}

/// Somebody at a browser or a program, with or without a session.
#[derive(Clone, Default)]
pub(crate) struct Visitor {
    /// The value of the session cookie.
    pub(crate) session: Option<String>,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    /// Status.
    pub(crate) status: StatusCode,
    /// Headers.
    pub(crate) headers: HeaderMap,
    /// Body.
    pub(crate) body: Vec<u8>,
}

impl House {
    /// The practice office, in memory.
    pub(crate) async fn practice() -> Self {
        Self::open(TempDir::new().unwrap(), "mem://", true, now(), None).await
    }

    /// An office that nobody has an account in, in memory.
    pub(crate) async fn empty() -> Self {
        Self::open(TempDir::new().unwrap(), "mem://", false, now(), None).await
    }

    /// The practice office on a disk.
    pub(crate) async fn on_disk() -> Self {
        let folder = TempDir::new().unwrap();
        let database = format!("surrealkv://{}/db?sync=every", folder.path().display());
        Self::open(folder, &database, true, now(), None).await
    }

    /// The practice office at a moment, which sends mail to this port of this machine.
    pub(crate) async fn mailing(moment: &str, port: u16) -> Self {
        let moment = moment.parse().unwrap();
        Self::open(TempDir::new().unwrap(), "mem://", true, moment, Some(sender(port))).await
    }

    /// The practice office, in memory, with these bounds on its disk. With a port it sends mail to
    /// there.
    pub(crate) async fn bounded(keeping: Keeping, port: Option<u16>) -> Self {
        Self::open_with(TempDir::new().unwrap(), "mem://", true, now(), port.map(sender), keeping).await
    }

    /// Stops it, does something to its database behind its back, and opens it again.
    pub(crate) async fn tampered(self, statement: &str) -> Result<Self, OpeningError> {
        let Self { folder, opened, clock: _, router } = self;
        opened.office.stop().await;
        drop((opened, router));
        let db = super::raw(folder.path()).await;
        db.query(statement).await.unwrap().check().unwrap();
        drop(db);
        let database = format!("surrealkv://{}/db?sync=every", folder.path().display());
        Self::try_open(URL, folder, &database, true, now(), None, unreserved()).await
    }

    /// The practice office behind a proxy with TLS at 10.0.0.1, known as `https://alur.uji`.
    pub(crate) async fn over_tls() -> Self {
        let (folder, url) = (TempDir::new().unwrap(), "https://alur.uji");
        Self::try_open(url, folder, "mem://", true, now(), None, unreserved()).await.unwrap()
    }

    async fn open(
        folder: TempDir,
        database: &str,
        practice: bool,
        moment: DateTime<Utc>,
        sender: Option<Sender>,
    ) -> Self {
        Self::open_with(folder, database, practice, moment, sender, unreserved()).await
    }

    async fn open_with(
        folder: TempDir,
        database: &str,
        practice: bool,
        moment: DateTime<Utc>,
        sender: Option<Sender>,
        keeping: Keeping,
    ) -> Self {
        Self::try_open(URL, folder, database, practice, moment, sender, keeping).await.unwrap()
    }

    async fn try_open(
        url: &str,
        folder: TempDir,
        database: &str,
        practice: bool,
        moment: DateTime<Utc>,
        sender: Option<Sender>,
        keeping: Keeping,
    ) -> Result<Self, OpeningError> {
        let site = folder.path().join("site");
        std::fs::create_dir_all(site.join("pkg")).unwrap();
        std::fs::write(site.join("pkg/alur.js"), "// alur").unwrap();
        std::fs::write(site.join("ikon.svg"), "<svg/>").unwrap();
        let clock = Clock::frozen(moment);
        let opening = Opening {
            data: folder.path().to_owned(),
            database: database.to_owned(),
            site,
            clock: clock.clone(),
            practice,
            listening: "127.0.0.1:3000".parse().unwrap(),
            secure: None,
            sizes: Sizes::default(),
            keeping,
            crowd: Crowd::default(),
            trusted: ["10.0.0.1".parse().unwrap()].into(),
            sender,
            url: Some(url.to_owned()),
        };
        let in_use = |error: &OpeningError| matches!(error, OpeningError::Store(StoreError::InUse { .. }));
        let opened = when_free(async || open(opening.clone()).await, in_use).await?;
        let router = router(opened.deps.clone());
        Ok(Self { folder, opened, clock, router })
    }

    /// The data folder.
    pub(crate) fn data(&self) -> &Path {
        self.folder.path()
    }

    /// Sends a request as it is.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let shown = format!("{} {}", request.method(), request.uri());
        let answer = async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let body = to_bytes(body, 64 << 20).await.unwrap().to_vec();
            Answer { status: parts.status, headers: parts.headers, body }
        };
        timeout(PATIENCE, answer).await.unwrap_or_else(|_| panic!("no answer: {shown}"))
    }

    /// Serves it on a socket, for live pages.
    pub(crate) async fn serve(&self) -> LiveServer {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (router, door) = (self.router.clone(), Door::new(Crowd::default(), Arc::new([])));
        tokio::spawn(async move { door.serve(listener, router, pending(), Duration::ZERO).await });
        LiveServer { address }
    }

    /// Somebody who has signed in with a practice account.
    pub(crate) async fn signed_in(&self, account: &str) -> Visitor {
        let answer = self.try_sign_in(account, PASSWORD).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        Visitor { session: Some(answer.session().unwrap()) }
    }

    /// Tries to sign in.
    pub(crate) async fn try_sign_in(&self, account: &str, password: &str) -> Answer {
        let fields = [("akun", account), ("sandi", password)];
        Visitor::default().post(self, "/api/sign-in", &fields).await
    }
}

impl Visitor {
    /// Asks for an address.
    pub(crate) async fn get(&self, house: &House, path: &str) -> Answer {
        house.send(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    /// Calls a server function as our own script does.
    pub(crate) async fn post(&self, house: &House, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.request("POST", path).header(header::ACCEPT, "application/json");
        house.send(form(request, fields)).await
    }

    /// Sends a form as a browser without JavaScript does, from a page of ours.
    pub(crate) async fn submit(
        &self,
        house: &House,
        page: &str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let request = self
            .request("POST", path)
            .header(header::ACCEPT, "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")
            .header(header::ORIGIN, "http://alur.kantor")
            .header(header::REFERER, format!("http://alur.kantor{page}"));
        house.send(form(request, fields)).await
    }

    /// A request of this visitor's, with the session cookie.
    pub(crate) fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        let request = Request::builder().method(method).uri(path).header(header::HOST, "alur.kantor");
        match &self.session {
            Some(session) => request.header(header::COOKIE, format!("alur_sesi={session}")),
            None => request,
        }
    }
}

/// A mail server on a port of this machine.
fn sender(port: u16) -> Sender {
    let server = format!("smtp://127.0.0.1:{port}").parse().unwrap();
    let from = "Biro Organisasi <biro@uji.go.id>".parse().unwrap();
    Sender { server, from }
}

fn form(request: axum::http::request::Builder, fields: &[(&str, &str)]) -> Request<Body> {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(body)).unwrap()
}

impl Answer {
    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    #[track_caller]
    pub(crate) fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The problem that it says.
    #[track_caller]
    pub(crate) fn problem(&self) -> Problem {
        self.json()
    }

    /// A header; empty if it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The session that it sets; `None` if it sets none.
    pub(crate) fn session(&self) -> Option<String> {
        let cookie = self.header("set-cookie").strip_prefix("alur_sesi=")?;
        Some(cookie.split(';').next()?.to_owned()).filter(|value| !value.is_empty())
    }
}

/// The machine that runs the tests may be fuller than an office's should be.
fn unreserved() -> Keeping {
    Keeping { reserve: Some(0), ..Keeping::default() }
}
