//! Refused forms of browsers without JavaScript, kept for the page that is shown next.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use app::problem::Problem;
use app::shell::port::{Flash, Flashes};

use crate::token::Token;

/// How long a refused form is kept.
const KEPT: Duration = Duration::from_secs(10 * 60);
/// How many are kept; beyond it the oldest is dropped,
const FORMS: usize = 1000;
/// as it is beyond so many bytes of what was typed.
const BYTES: usize = 8 * 1024 * 1024;

/// Refused forms, oldest first.
#[derive(Default)]
pub struct FlashBox(Mutex<Shelf>);

#[derive(Default)]
struct Shelf {
    forms: VecDeque<Kept>,
    bytes: usize,
}

struct Kept {
    id: String,
    at: Instant,
    bytes: usize,
    flash: Flash,
}

impl FlashBox {
    /// Keeps a refused form. The answer is its id; `None` if there is no randomness for one.
    pub fn keep(&self, problem: Problem, path: &str, body: &[u8], now: Instant) -> Option<String> {
        let typed = typed(body);
        let bytes = typed.iter().map(|(name, value)| name.len() + value.len()).sum();
        let mut id = Token::fresh().ok()?.reveal();
        id.truncate(32);
        let flash = Flash { problem, path: path.to_owned(), typed };
        let mut shelf = self.shelf(now);
        shelf.bytes += bytes;
        shelf.forms.push_back(Kept { id: id.clone(), at: now, bytes, flash });
        while shelf.forms.len() > FORMS || shelf.bytes > BYTES {
            shelf.drop_oldest();
        }
        Some(id)
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

impl Flashes for FlashBox {
    fn find(&self, id: &str) -> Option<Flash> {
        let shelf = self.shelf(Instant::now());
        shelf.forms.iter().find(|kept| kept.id == id).map(|kept| kept.flash.clone())
    }
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

    fn keep(flashes: &FlashBox, body: &str, now: Instant) -> String {
        flashes.keep(Problem::Unwell, "/api/x", body.as_bytes(), now).unwrap()
    }

    #[test]
    fn a_form_is_kept_without_its_secrets() {
        let flashes = FlashBox::default();
        let id = keep(
            &flashes,
            "akun=budi&sandi=rahasia&draft%5Bpassword%5D=x&kunci=k&catatan=a+b%21",
            Instant::now(),
        );
        let typed = flashes.find(&id).unwrap().typed;
        let expected = [("akun", "budi"), ("catatan", "a b!")].map(|(k, v)| (k.to_owned(), v.to_owned()));
        assert_eq!(typed, BTreeMap::from(expected));
        assert!(flashes.find("lain").is_none());
    }

    #[test]
    fn forms_are_forgotten_after_a_while_and_when_there_are_too_many() {
        let flashes = FlashBox::default();
        let then = Instant::now();
        let first = keep(&flashes, "", then);
        for _ in 1..FORMS {
            keep(&flashes, "", then);
        }
        assert!(flashes.find(&first).is_some());
        keep(&flashes, "", then);
        assert!(flashes.find(&first).is_none());
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
