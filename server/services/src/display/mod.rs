//! The displays on the walls: a kind of caller of their own, who may see the wall and nothing else.

pub mod layer;
mod pairing;
mod port;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use chrono::{DateTime, TimeDelta, Utc};
use desk::display::DisplayView;
use tokio::sync::watch;

use self::pairing::Pairings;
use crate::account::rate::Limits;
use crate::clock::Clock;
use crate::store::display::KeptDisplay;
use crate::store::{Store, StoreError};
use crate::token::TokenHash;

/// How old its last known visit must be before a new one is written down.
const NOTE_EVERY: TimeDelta = TimeDelta::minutes(5);

/// Every display of the office.
pub struct Displays {
    store: Store,
    known: RwLock<HashMap<TokenHash, Known>>,
    pairings: Mutex<Pairings>,
    limits: Limits,
}

struct Known {
    kept: KeptDisplay,
    /// What is said to the display: how often it was asked to show its name, and that name.
    /// Dropped when the display is revoked: its open lines learn of it that way.
    calls: watch::Sender<(u32, String)>,
    noted: Option<DateTime<Utc>>,
}

/// The display that a request came from.
#[derive(Clone, Debug)]
pub struct Present {
    /// What the office calls it.
    pub name: String,
    /// What its open lines listen to.
    pub calls: DisplayCalls,
}

/// Tells the open lines of a display that it should show its name, and, when the sender is
/// dropped, that it was revoked. In the extensions of requests from displays.
#[derive(Clone, Debug)]
pub struct DisplayCalls(pub watch::Receiver<(u32, String)>);

impl Displays {
    /// Loads the displays.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn open(store: Store) -> Result<Self, StoreError> {
        // One that cannot be read is not let in.
        let kept = store.display_rows().await?.readable();
        let known = kept.into_iter().map(|kept| (kept.key, Known::new(kept))).collect();
        let known = RwLock::new(known);
        Ok(Self { store, known, pairings: Mutex::default(), limits: Limits::default() })
    }

    /// Takes over what other servers on the same database have paired, renamed and revoked.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn reload(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let kept: HashMap<_, _> =
            self.store.display_rows().await?.readable().into_iter().map(|kept| (kept.key, kept)).collect();
        let mut known = self.write();
        // One that is paired here at this moment may not be in what was read.
        let fresh = |known: &Known| now - known.kept.paired < TimeDelta::seconds(30);
        known.retain(|key, known| kept.contains_key(key) || fresh(known));
        for (key, kept) in kept {
            let entry = known.entry(key).or_insert_with(|| Known::new(kept.clone()));
            entry.kept.name = kept.name;
            entry.kept.seen = entry.kept.seen.max(kept.seen);
        }
        Ok(())
    }

    /// The display that this cookie value stands for, unless it was revoked. Its visit is noted.
    pub fn present(self: &Arc<Self>, cookie: &str, now: DateTime<Utc>) -> Option<Present> {
        let key = TokenHash::of(cookie);
        let mut all = self.write();
        let known = all.get_mut(&key)?;
        known.kept.seen = Some(now);
        let present = Present { name: known.kept.name.clone(), calls: DisplayCalls(known.calls.subscribe()) };
        if known.noted.is_none_or(|noted| now - noted >= NOTE_EVERY) {
            known.noted = Some(now);
            let store = self.store.clone();
            tokio::spawn(async move {
                if let Err(error) = store.touch_display(key, now).await {
                    tracing::warn!(%error, "the visit of a display could not be noted");
                }
            });
        }
        Some(present)
    }

    fn find(&self, id: &str) -> Option<TokenHash> {
        self.read().keys().find(|key| id_of(**key) == id).copied()
    }

    fn read(&self) -> RwLockReadGuard<'_, HashMap<TokenHash, Known>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<TokenHash, Known>> {
        self.known.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn new(kept: KeptDisplay) -> Self {
        let calls = watch::Sender::new((0, kept.name.clone()));
        Self { kept, calls, noted: None }
    }

    fn view(&self) -> DisplayView {
        let KeptDisplay { key, name, paired, seen } = &self.kept;
        let connected = self.calls.receiver_count() > 0;
        DisplayView { id: id_of(*key), name: name.clone(), paired: *paired, seen: *seen, connected }
    }
}

/// What the administrator's page calls a display: the beginning of the hash, which opens nothing.
fn id_of(key: TokenHash) -> String {
    let mut hex = key.as_hex();
    hex.truncate(16);
    hex
}

fn now() -> DateTime<Utc> {
    Clock::system().now()
}
