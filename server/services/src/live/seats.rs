//! How many live pages somebody may have open: of one session, one display, one address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use desk::display::Viewer;
use desk::problem::Problem;
use desk::request::{RemoteAddress, SessionValue};
use http::{Extensions, StatusCode};

use crate::account::rate::network;
use crate::door::Crowd;
use crate::refuse::Refusal;
use crate::token::TokenHash;

/// What is said to who has too many.
const TOO_MANY: &str = "Terlalu banyak halaman Alur yang terbuka sekaligus. Tutup beberapa di antaranya, lalu muat ulang halaman ini.";

/// Who has how many live pages open.
pub struct Seats {
    crowd: Crowd,
    taken: Mutex<HashMap<Key, usize>>,
}

/// Whose they are. A page has several at once.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Session(TokenHash),
    Display(String),
    Address(IpAddr),
}

/// A live page, while it is open.
pub(super) struct Seat {
    seats: Arc<Seats>,
    keys: Vec<Key>,
}

impl Seats {
    /// Nobody is there yet.
    pub fn new(crowd: Crowd) -> Self {
        Self { crowd, taken: Mutex::default() }
    }

    /// Takes a seat for a page.
    ///
    /// # Errors
    /// If there are too many.
    pub(super) fn take(self: &Arc<Self>, of: &Extensions) -> Result<Seat, Refusal> {
        let keys = keys(of);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let most = |key: &Key| match key {
            Key::Session(_) | Key::Display(_) => self.crowd.per_session,
            Key::Address(_) => self.crowd.per_address,
        };
        if keys.iter().any(|key| taken.get(key).is_some_and(|count| *count >= most(key))) {
            return Err(Refusal::under(StatusCode::TOO_MANY_REQUESTS, Problem::invalid(TOO_MANY)));
        }
        for key in &keys {
            *taken.entry(key.clone()).or_default() += 1;
        }
        Ok(Seat { seats: Arc::clone(self), keys })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.taken.lock().unwrap_or_else(PoisonError::into_inner);
        for key in &self.keys {
            match taken.get_mut(key) {
                Some(count) if *count > 1 => *count -= 1,
                _ => drop(taken.remove(key)),
            }
        }
    }
}

fn keys(of: &Extensions) -> Vec<Key> {
    let session = of.get::<SessionValue>().map(|SessionValue(value)| Key::Session(TokenHash::of(value)));
    let display = match of.get::<Viewer>() {
        Some(Viewer::Display { name }) => Some(Key::Display(name.clone())),
        _ => None,
    };
    let address = of.get::<RemoteAddress>().map(|RemoteAddress(address)| Key::Address(network(*address)));
    session.into_iter().chain(display).chain(address).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(session: &str, address: &str) -> Extensions {
        let mut of = Extensions::new();
        of.insert(SessionValue(session.to_owned()));
        of.insert(RemoteAddress(address.parse().unwrap()));
        of
    }

    #[test]
    fn a_session_and_an_address_have_so_many_and_get_them_back() {
        let crowd = Crowd { all: 100, per_address: 3, per_session: 2 };
        let seats = Arc::new(Seats::new(crowd));
        let first = seats.take(&page("a", "10.0.0.1")).unwrap();
        let _second = seats.take(&page("a", "10.0.0.1")).unwrap();
        assert!(seats.take(&page("a", "10.0.0.2")).is_err(), "of one session, wherever it is");
        let _third = seats.take(&page("b", "10.0.0.1")).unwrap();
        assert!(seats.take(&page("c", "10.0.0.1")).is_err(), "of one address");
        assert!(seats.take(&page("c", "10.0.0.2")).is_ok(), "and what was refused takes no seat");
        drop(first);
        assert!(seats.take(&page("a", "10.0.0.1")).is_ok());
    }
}
