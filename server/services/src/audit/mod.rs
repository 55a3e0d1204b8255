//! The trail of who did what: the one service that writes it.
//!
//! An act on accounts, links, displays or settings has a line of its own, which is written before the
//! person is answered. What could not be written waits here, is told loudly, and stops further
//! such acts until it is. What people do often has a line each up to so many an hour; that and what anybody can
//! cause without limit is counted, in a bounded number of lines an hour.

pub mod export;
mod hour;
pub mod layer;
mod told;
mod trace;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use desk::problem::Problem;
use desk::trail::{KEPT_DAYS, Note, Sheet, Trail, Wanted, Weight};
use domain::calendar::start_of_day;
use metrics::{counter, gauge};

use self::hour::Hour;
pub use self::told::{Refused, Whose};
pub use self::trace::Trace;
use crate::clock::Clock;
use crate::store::trail::{Asked, KeptDeed, Place};
use crate::store::{Store, StoreError};

/// Lines of one page.
const PAGE: u32 = 50;
/// How many lines may wait; beyond it, what is no act is counted only.
const WAITING: usize = 1000;
/// How often a line is tried at another place, where another server took it.
const TRIES: usize = 3;

/// The trail. Cheap to clone; all clones are the same one.
#[derive(Clone)]
pub struct Journal(Arc<Inner>);

struct Inner {
    store: Store,
    clock: Clock,
    waiting: Mutex<VecDeque<KeptDeed>>,
    hour: Mutex<Hour>,
    /// One writer at a time, which writes whatever waits.
    writing: tokio::sync::Mutex<()>,
}

impl Journal {
    /// The trail in a database, by the machine's clock: a practice clock that is moved must not move it.
    pub fn new(store: Store) -> Self {
        Self::with_clock(store, Clock::system())
    }

    /// The same by another clock, for tests.
    pub fn with_clock(store: Store, clock: Clock) -> Self {
        let hour = Mutex::new(Hour::new(clock.now()));
        let (waiting, writing) = (Mutex::default(), tokio::sync::Mutex::default());
        Self(Arc::new(Inner { store, clock, waiting, hour, writing }))
    }

    /// Counts something that anybody can cause. It is written with the next [`Journal::settle`].
    pub fn count(&self, note: Note) {
        self.0.hour().count(note, self.0.clock.now());
    }

    /// Writes what was counted since the last time, and what waits.
    ///
    /// # Errors
    /// If the database cannot be written. It is kept, and tried again.
    pub async fn settle(&self) -> Result<(), StoreError> {
        let inner = Arc::clone(&self.0);
        // A task of its own: whoever waits for it may go away, and it must not stop halfway.
        let settled = tokio::spawn(async move { inner.settle().await }).await;
        settled.unwrap_or(Err(StoreError::Silent))
    }

    /// Removes what is older than two years.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn sweep(&self) -> Result<(), StoreError> {
        self.0.store.sweep_trail(self.0.clock.now() - TimeDelta::days(KEPT_DAYS)).await
    }

    /// Up to `limit` lines of those that are asked for, newest first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn read(
        &self,
        wanted: &Wanted,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<KeptDeed>, StoreError> {
        let next = before.map(|before| Place(before.saturating_add(1)));
        let day = wanted.day.map(|day| {
            let (first, end) = (start_of_day(day), start_of_day(day) + TimeDelta::days(1));
            (Place(Place::at(end).0 + 1), Place::at(first))
        });
        let (from, to) = day.unzip();
        let asked = Asked { from: next.max(from), to, who: wanted.who.clone(), kind: wanted.kind };
        self.0.store.trail(&asked, limit).await
    }

    async fn write(&self) -> Result<(), StoreError> {
        let inner = Arc::clone(&self.0);
        let written = tokio::spawn(async move { inner.write().await }).await;
        written.unwrap_or(Err(StoreError::Silent))
    }
}

#[async_trait]
impl Trail for Journal {
    async fn ready(&self) -> Result<(), Problem> {
        if self.0.waiting().is_empty() {
            return Ok(());
        }
        self.write().await.map_err(|error| {
            tracing::error!(%error, "an act was refused because the trail cannot be written");
            Problem::Unwell
        })
    }

    async fn note(&self, note: Note) {
        let now = self.0.clock.now();
        let full = self.0.waiting().len() >= WAITING;
        let kept = match note.kind.weight() {
            Weight::Act => self.0.hour().line(note, now),
            Weight::Often if !full => match self.0.hour().one_of_many(note, now) {
                Some(kept) => kept,
                None => return,
            },
            Weight::Often | Weight::Counted => return self.count(note),
        };
        self.0.waiting().push_back(kept);
        if let Err(error) = self.write().await {
            // Nothing is lost: it waits, and no act goes on before it is written.
            counter!("alur_trail_failures_total").increment(1);
            tracing::error!(%error, "a line of the trail could not be written and waits");
        }
    }

    async fn sheet(&self, wanted: Wanted, before: Option<i64>) -> Result<Sheet, Problem> {
        if let Err(error) = self.settle().await {
            tracing::error!(%error, "the trail could not be brought up to date");
        }
        let mut kept = self.read(&wanted, before, PAGE + 1).await.map_err(|error| {
            tracing::error!(%error, "the trail could not be read");
            Problem::Unwell
        })?;
        let more = kept.len() > PAGE as usize;
        kept.truncate(PAGE as usize);
        let next = kept.last().map(|last| last.place.0).filter(|_| more);
        let deeds = kept.into_iter().map(|kept| kept.deed).collect();
        Ok(Sheet { deeds, next, waiting: self.0.waiting().len() })
    }
}

impl Inner {
    /// Writes every line that waits; on a failure they wait on, in their order.
    async fn write(&self) -> Result<(), StoreError> {
        let _held = self.writing.lock().await;
        let mut batch: Vec<_> = self.waiting().drain(..).collect();
        let mut written = Ok(());
        for _ in 0..TRIES {
            if batch.is_empty() {
                break;
            }
            written = self.store.add_deeds(&batch).await;
            match &written {
                Ok(()) => batch.clear(),
                // Another server on the same database took one of the places.
                Err(error) if error.is_conflict() => self.hour().place_anew(&mut batch),
                Err(_) => break,
            }
        }
        let mut waiting = self.waiting();
        for kept in batch.into_iter().rev() {
            waiting.push_front(kept);
        }
        gauge!("alur_trail_waiting").set(u32::try_from(waiting.len()).unwrap_or(u32::MAX));
        written
    }

    async fn settle(&self) -> Result<(), StoreError> {
        self.write().await?;
        let _held = self.writing.lock().await;
        let counted = self.hour().changed(self.clock.now());
        if counted.is_empty() {
            return Ok(());
        }
        let written = self.store.count_deeds(&counted).await;
        if written.is_err() {
            self.hour().not_written(counted);
        }
        written
    }

    fn waiting(&self) -> MutexGuard<'_, VecDeque<KeptDeed>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hour(&self) -> MutexGuard<'_, Hour> {
        self.hour.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The moment of a line, for who reads it as a file.
pub(crate) fn moment(at: DateTime<Utc>) -> String {
    at.with_timezone(&domain::calendar::wib()).format("%Y-%m-%d %H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use desk::trail::Kind;

    use super::*;

    fn note(whom: &str) -> Note {
        Note::new("admin".into(), "10.0.0.1", Kind::AccountAdded).on(whom)
    }

    async fn whom(journal: &Journal) -> Vec<String> {
        let sheet = journal.sheet(Wanted::default(), None).await.unwrap();
        sheet.deeds.into_iter().map(|deed| deed.note.whom).collect()
    }

    /// While a line cannot be written no further act goes on; it waits and is written first.
    #[tokio::test]
    async fn a_line_that_cannot_be_written_waits_and_stops_further_acts() {
        let store = Store::open("mem://").await.unwrap();
        let journal = Journal::new(store.clone());
        journal.note(note("satu")).await;
        let change = async |field: &str| drop(store.db().query(field).await.unwrap().check().unwrap());
        change("DEFINE FIELD OVERWRITE kind ON trail TYPE string ASSERT false").await;
        journal.note(note("dua")).await;
        assert_eq!(journal.ready().await, Err(Problem::Unwell));
        assert_eq!(journal.sheet(Wanted::default(), None).await.unwrap().waiting, 1, "the page says so");
        for n in 0..2 * WAITING {
            journal.0.waiting().push_back(journal.0.hour().line(note(&n.to_string()), Utc::now()));
        }
        let often = Note::new("staf".into(), "10.0.0.1", Kind::FileRead);
        journal.note(often).await;
        assert_eq!(journal.0.waiting().len(), 1 + 2 * WAITING, "what is no act is only counted now");
        change("DEFINE FIELD OVERWRITE kind ON trail TYPE string").await;
        assert_eq!(journal.ready().await, Ok(()));
        journal.note(note("akhir")).await;
        let asked = Wanted::default();
        let all = journal.read(&asked, None, 10_000).await.unwrap();
        assert_eq!(all.len(), 3 + 2 * WAITING);
        assert_eq!(whom(&journal).await[..2], ["akhir".to_owned(), String::new()], "the reading was counted");
    }

    /// Another server on the same database may take the same place at the same moment.
    #[tokio::test]
    async fn two_servers_lose_nothing_to_each_other() {
        let store = Store::open("mem://").await.unwrap();
        let (one, other) = (Journal::new(store.clone()), Journal::new(store.clone()));
        one.note(note("satu")).await;
        let taken = one.read(&Wanted::default(), None, 1).await.unwrap().remove(0);
        let clash = KeptDeed { place: taken.place, ..other.0.hour().line(note("dua"), Utc::now()) };
        other.0.waiting().push_back(clash);
        other.settle().await.unwrap();
        let mut all = whom(&one).await;
        all.sort();
        assert_eq!(all, ["dua", "satu"]);
    }
}
