//! Links to set a password that were just made, each to be looked at once.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use domain::id::AccountId;

/// How long a slip with a fresh link waits to be looked at.
const SLIP_LASTS: Duration = Duration::from_secs(15 * 60);

/// Links that were just made, by the name of their slip. In memory only.
#[derive(Default)]
pub(super) struct Slips(Mutex<HashMap<String, Slip>>);

/// A link on its way to who made it.
pub(super) struct Slip {
    pub(super) made: Instant,
    pub(super) by: AccountId,
    pub(super) of: AccountId,
    pub(super) secret: String,
    pub(super) expires: DateTime<Utc>,
}

impl Slips {
    /// Keeps a slip under a name, and forgets those whose time is over.
    pub(super) fn put(&self, name: String, slip: Slip) {
        let mut slips = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        slips.retain(|_, slip| slip.made.elapsed() < SLIP_LASTS);
        slips.insert(name, slip);
    }

    /// The slip of this name, if it was made by this account; it is gone afterwards.
    pub(super) fn take(&self, name: &str, by: &AccountId) -> Option<Slip> {
        let mut slips = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let own = slips.get(name).is_some_and(|slip| slip.by == *by && slip.made.elapsed() < SLIP_LASTS);
        own.then(|| slips.remove(name)).flatten()
    }
}
