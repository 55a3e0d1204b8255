//! Two offices in which the same was done, with hostile and with harmless texts.

use axum::body::Body;
use axum::http::{StatusCode, header};

use super::tree::Tree;
use super::words::{Room, Tone, Words};
use crate::harness::{Answer, House, Visitor};

/// One of them.
pub(super) struct Side {
    pub(super) house: House,
    pub(super) words: Words,
}

/// A browser, with what it was told to keep.
#[derive(Clone, Default)]
pub(super) struct Browser {
    cookies: Vec<(String, String)>,
}

impl Side {
    pub(super) fn say(&self, number: usize, room: Room) -> String {
        self.words.say(number, room)
    }
}

impl Browser {
    pub(super) fn of(visitor: &Visitor) -> Self {
        let session = visitor.session.iter().map(|session| ("alur_sesi".to_owned(), session.clone()));
        Self { cookies: session.collect() }
    }

    pub(super) async fn get(&mut self, side: &Side, path: &str) -> Answer {
        self.send(side, "GET", path, None, String::new()).await
    }

    /// Sends a form from a page, as a browser without scripts does.
    pub(super) async fn submit(
        &mut self,
        side: &Side,
        page: &str,
        path: &str,
        fields: &[(String, String)],
    ) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send(side, "POST", path, Some(page), body).await
    }

    /// Does something that has to be done.
    #[track_caller]
    pub(super) fn act<'a>(
        &'a mut self,
        side: &'a Side,
        path: &'a str,
        fields: &'a [(&'a str, String)],
    ) -> impl Future<Output = Answer> + 'a {
        let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        async move {
            let answer = self.submit(side, "/", path, &fields).await;
            let refused = answer.header("location").contains("gagal=");
            if refused {
                let page = self
                    .get(
                        side,
                        &answer.header("location").replace("/?", "/api/flash?").replace("gagal=", "id="),
                    )
                    .await;
                panic!("{path}: {} for {fields:?}", page.text());
            }
            assert!(answer.status == StatusCode::SEE_OTHER, "{path}: {} {}", answer.status, answer.text());
            answer
        }
    }

    async fn send(
        &mut self,
        side: &Side,
        method: &str,
        path: &str,
        from: Option<&str>,
        body: String,
    ) -> Answer {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Visitor::default()
            .request(method, path)
            .header(header::ACCEPT, "text/html,*/*;q=0.8")
            .header(header::COOKIE, cookies.join("; "));
        if let Some(page) = from {
            request = request
                .header(header::ORIGIN, "http://alur.kantor")
                .header(header::REFERER, format!("http://alur.kantor{page}"))
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let answer = side.house.send(request.body(Body::from(body)).unwrap()).await;
        for set in answer.headers.get_all(header::SET_COOKIE) {
            let (name, value) = set.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        answer
    }
}

/// The same page of both offices.
pub(super) struct Both {
    /// Where they differ by more than their texts.
    pub(super) differs: Option<String>,
    pub(super) harmless: Tree,
    pub(super) hostile: Tree,
}

impl Both {
    /// Reads two answers, if they are pages: as browsers with and without scripts do.
    pub(super) fn read(shown: &str, harmless: &Answer, hostile: &Answer) -> Option<Self> {
        assert_eq!(harmless.status, hostile.status, "{shown}");
        assert!(!hostile.status.is_server_error(), "{shown}: {}", hostile.text());
        if !hostile.header("content-type").starts_with("text/html") {
            return None;
        }
        let (one, other) = (harmless.text(), hostile.text());
        let differs = [false, true].into_iter().find_map(|scripting| {
            let (one, other) = (Tree::read(&one, scripting), Tree::read(&other, scripting));
            let differs = one.differs(&other)?;
            Some(format!("{shown} ({} elements, {}):\n  {differs}", one.elements(), other.elements()))
        });
        Some(Self { differs, harmless: Tree::read(&one, false), hostile: Tree::read(&other, false) })
    }
}

/// An office of each kind.
pub(super) async fn offices(seed: u64, open: impl AsyncFn() -> House) -> [Side; 2] {
    let (harmless, hostile) = futures::join!(open(), open());
    [(harmless, Tone::Harmless), (hostile, Tone::Hostile)]
        .map(|(house, tone)| Side { house, words: Words { seed, tone } })
}
