//! Refused forms of browsers without JavaScript, kept for the page that is shown next.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::Request;
use desk::cookie::Cookie;
use desk::problem::Problem;
use desk::request::{OverTls, SessionValue};
use desk::site::Flash;

use crate::token::{Token, TokenHash};

/// How long a refused form is kept.
const KEPT: Duration = Duration::from_secs(10 * 60);
/// How many are kept; beyond it the oldest is dropped,
const FORMS: usize = 1000;
/// as it is beyond so many bytes of what was typed.
const BYTES: usize = 8 * 1024 * 1024;

/// Refused forms, oldest first. Each belongs to who sent it: a link to it, sent to somebody else,
/// shows them nothing, least of all what a stranger typed for them to send on.
#[derive(Default)]
pub struct FlashBox(Mutex<Shelf>);

#[derive(Default)]
struct Shelf {
    forms: VecDeque<Kept>,
    bytes: usize,
}

struct Kept {
    id: String,
    of: TokenHash,
    at: Instant,
    bytes: usize,
    flash: Flash,
}

impl FlashBox {
    /// Keeps a refused form for who sent it. The answer is its id; `None` if there is no randomness
    /// for one.
    pub fn keep(
        &self,
        of: TokenHash,
        problem: Problem,
        path: &str,
        body: &[u8],
        now: Instant,
    ) -> Option<String> {
        let typed = typed(body);
        let bytes = typed.iter().map(|(name, value)| name.len() + value.len()).sum();
        let mut id = Token::fresh().ok()?.reveal();
        id.truncate(32);
        let flash = Flash { problem, path: path.to_owned(), typed };
        let mut shelf = self.shelf(now);
        shelf.bytes += bytes;
        shelf.forms.push_back(Kept { id: id.clone(), of, at: now, bytes, flash });
        while shelf.forms.len() > FORMS || shelf.bytes > BYTES {
            shelf.drop_oldest();
        }
        Some(id)
    }

    /// The refused form with this id, if it is theirs and still kept. It is gone afterwards.
    pub fn take(&self, of: TokenHash, id: &str, now: Instant) -> Option<Flash> {
        let mut shelf = self.shelf(now);
        let at = shelf.forms.iter().position(|kept| kept.of == of && kept.id == id)?;
        let kept = shelf.forms.remove(at)?;
        shelf.bytes -= kept.bytes;
        Some(kept.flash)
    }

    fn shelf(&self, now: Instant) -> MutexGuard<'_, Shelf> {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while shelf.forms.front().is_some_and(|kept| now.saturating_duration_since(kept.at) >= KEPT) {
            shelf.drop_oldest();
        }
        shelf
    }
}

impl Shelf {
    fn drop_oldest(&mut self) {
        if let Some(kept) = self.forms.pop_front() {
            self.bytes -= kept.bytes;
        }
    }
}

/// Whose the forms are that this request sends or asks for: its session's, or before signing in
/// those of a cookie of its own.
pub fn owner(request: &Request) -> Option<TokenHash> {
    let session = request.extensions().get::<SessionValue>().map(|session| session.0.as_str());
    let tls = request.extensions().get::<OverTls>().is_some_and(|tls| tls.0);
    session.or_else(|| Cookie::Form.read(request.headers(), tls)).map(TokenHash::of)
}

/// What was typed, without secrets.
fn typed(body: &[u8]) -> BTreeMap<String, String> {
    form_urlencoded::parse(body)
        .filter(|(name, _)| !is_secret(name))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}

fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    ["sandi", "password", "kunci"].iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn me() -> TokenHash {
        TokenHash::of("saya")
    }

    fn keep(flashes: &FlashBox, body: &str, now: Instant) -> String {
        flashes.keep(me(), Problem::Unwell, "/api/x", body.as_bytes(), now).unwrap()
    }

    #[test]
    fn a_form_is_kept_without_its_secrets() {
        let flashes = FlashBox::default();
        let id = keep(
            &flashes,
            "akun=budi&sandi=rahasia&draft%5Bpassword%5D=x&kunci=k&catatan=a+b%21",
            Instant::now(),
        );
        let typed = flashes.take(me(), &id, Instant::now()).unwrap().typed;
        let expected = [("akun", "budi"), ("catatan", "a b!")].map(|(k, v)| (k.to_owned(), v.to_owned()));
        assert_eq!(typed, BTreeMap::from(expected));
    }

    #[test]
    fn a_form_is_shown_to_who_sent_it_and_once() {
        let (flashes, now) = (FlashBox::default(), Instant::now());
        let id = keep(&flashes, "akun=budi", now);
        assert!(flashes.take(TokenHash::of("lain"), &id, now).is_none());
        assert!(flashes.take(me(), "lain", now).is_none());
        assert!(flashes.take(me(), &id, now).is_some());
        assert!(flashes.take(me(), &id, now).is_none());
        assert_eq!(flashes.0.lock().unwrap().bytes, 0);
    }

    #[test]
    fn forms_are_forgotten_after_a_while_and_when_there_are_too_many() {
        let flashes = FlashBox::default();
        let then = Instant::now();
        let first = keep(&flashes, "", then);
        for _ in 1..FORMS {
            keep(&flashes, "", then);
        }
        keep(&flashes, "", then);
        assert!(flashes.take(me(), &first, then).is_none());
        keep(&flashes, "", then + KEPT);
        assert_eq!(flashes.0.lock().unwrap().forms.len(), 1);
    }

    #[test]
    fn bytes_are_bounded_too() {
        let flashes = FlashBox::default();
        let large = "x".repeat(BYTES / 4);
        for _ in 0..20 {
            keep(&flashes, &format!("a={large}"), Instant::now());
        }
        let shelf = flashes.0.lock().unwrap();
        assert!(shelf.bytes <= BYTES && shelf.forms.len() == 3, "{}", shelf.forms.len());
    }
}
