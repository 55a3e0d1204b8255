//! How many are connected, in all and from one address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use crate::account::rate::network;

/// Open files beside connections: the database, files that are sent and received.
const OTHER_FILES: u64 = 500;

/// How many may be connected at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crowd {
    /// In all.
    pub all: usize,
    /// From one address: an office may be behind one. Also live pages.
    pub per_address: usize,
    /// Live pages of one session.
    pub per_session: usize,
}

impl Default for Crowd {
    fn default() -> Self {
        Self { all: 10_000, per_address: 2_000, per_session: 40 }
    }
}

impl Crowd {
    /// The same, but no more than so many open files leave room for.
    pub fn within(self, open_files: u64) -> Self {
        let room = usize::try_from(open_files.saturating_sub(OTHER_FILES)).unwrap_or(usize::MAX).max(1);
        if room < self.all {
            tracing::warn!(room, told = self.all, "the system lets in fewer connections (LimitNOFILE)");
        }
        Self { all: self.all.min(room), ..self }
    }
}

/// Who is connected.
#[derive(Default)]
pub(super) struct Count(Mutex<Connected>);

#[derive(Default)]
struct Connected {
    all: usize,
    from: HashMap<IpAddr, usize>,
}

/// A connection, for as long as it is one.
pub(super) struct Counted {
    count: Arc<Count>,
    from: Option<IpAddr>,
}

impl Count {
    /// Counts a connection, if it is not one too many. `from`: unless a proxy is there, behind which
    /// everybody may be.
    pub(super) fn enter(self: &Arc<Self>, from: Option<IpAddr>, crowd: &Crowd) -> Option<Counted> {
        let from = from.map(network);
        let mut connected = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let others = from.and_then(|from| connected.from.get(&from)).copied().unwrap_or_default();
        if connected.all >= crowd.all || others >= crowd.per_address {
            return None;
        }
        connected.all += 1;
        if let Some(from) = from {
            connected.from.insert(from, others + 1);
        }
        Some(Counted { count: Arc::clone(self), from })
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut connected = self.count.0.lock().unwrap_or_else(PoisonError::into_inner);
        connected.all = connected.all.saturating_sub(1);
        let Some(from) = self.from else { return };
        match connected.from.get_mut(&from) {
            Some(others) if *others > 1 => *others -= 1,
            _ => drop(connected.from.remove(&from)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_does_not_take_the_place_of_all() {
        let crowd = Crowd { all: 5, per_address: 2, per_session: 1 };
        let count = Arc::new(Count::default());
        let enter = |address: &str| count.enter(Some(address.parse().unwrap()), &crowd);
        let first = enter("10.0.0.1").unwrap();
        let _second = enter("10.0.0.1").unwrap();
        assert!(enter("10.0.0.1").is_none());
        let _others = [enter("10.0.0.2"), enter("2001:db8::1"), enter("2001:db8::2")].map(Option::unwrap);
        assert!(enter("10.0.0.3").is_none(), "five in all");
        drop(first);
        assert!(enter("2001:db8::3").is_none(), "one subscriber has a whole /64");
        assert!(enter("10.0.0.1").is_some());
    }

    #[test]
    fn a_proxy_is_everybody() {
        let crowd = Crowd { all: 3, per_address: 1, per_session: 1 };
        let count = Arc::new(Count::default());
        let all: Vec<_> = (0..3).filter_map(|_| count.enter(None, &crowd)).collect();
        assert_eq!(all.len(), 3);
        assert!(count.enter(None, &crowd).is_none());
    }

    #[test]
    fn what_the_system_allows_is_the_limit() {
        assert_eq!(Crowd::default().within(65_536).all, 10_000);
        assert_eq!(Crowd::default().within(4_096).all, 3_596);
        assert_eq!(Crowd::default().within(100).all, 1);
    }
}
