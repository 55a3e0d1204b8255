//! How much everybody has on the disk that the log does not name: begun, given up, in drafts, taken
//! out again. So that no agency can fill it.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use desk::problem::Problem;
use thiserror::Error;

use super::space::{Promise, Purpose, Shortage, Space};
use crate::store::holding::{Holder, Holding};

/// How much may lie on the disk. Bytes, and uploads that were begun and are not complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Of one agency, or one account of the office.
    pub each: Limit,
    /// Of all together.
    pub all: Limit,
}

/// A limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Bytes.
    pub bytes: u64,
    /// Uploads begun.
    pub begun: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { each: Limit { bytes: 1000 << 20, begun: 60 }, all: Limit { bytes: 20_000 << 20, begun: 2000 } }
    }
}

/// Why a file may not come. A sentence for the person.
#[derive(Debug, Error)]
pub(crate) enum NoRoom {
    /// Too many were begun by them.
    #[error(
        "Sudah ada {0} unggahan Anda yang belum selesai. Selesaikan dahulu salah satunya; unggahan yang terhenti dihapus setelah 24 jam."
    )]
    TooMany(usize),
    /// They have too much.
    #[error(
        "Ruang unggah Anda penuh: paling banyak {0} MB untuk unggahan yang belum selesai dan berkas yang belum terkirim, termasuk yang baru dihapus atau diganti. Hubungi administrator Alur di Biro Organisasi."
    )]
    TooMuch(u64),
    /// All together have too much, or the disk is nearly full.
    #[error(
        "Penyimpanan kantor penuh, jadi berkas belum dapat diterima. Yang sudah tersimpan tetap ada. Hubungi administrator Alur di Biro Organisasi, lalu coba lagi."
    )]
    Full,
    /// The disk is so full that not even what is typed can be kept.
    #[error(
        "Penyimpanan kantor penuh, jadi isian ini belum tersimpan. Biarkan halaman ini terbuka, hubungi administrator Alur di Biro Organisasi, lalu simpan lagi."
    )]
    FullForWork,
    /// It is not known.
    #[error("the disk does not say how much room it has: {0}")]
    Unknown(io::Error),
}

impl From<Shortage> for NoRoom {
    fn from(shortage: Shortage) -> Self {
        match shortage {
            Shortage::Full => Self::Full,
            Shortage::Unknown(error) => Self::Unknown(error),
        }
    }
}

impl From<NoRoom> for Problem {
    fn from(fault: NoRoom) -> Self {
        if let NoRoom::Unknown(error) = &fault {
            tracing::error!(%error, "the disk does not say how much room it has");
            return Self::Unwell;
        }
        tracing::warn!(?fault, "there is no room for a file");
        Self::NoRoom { message: fault.to_string() }
    }
}

/// What lies on the disk and is in nobody's log.
pub(crate) struct Ledger {
    limits: Limits,
    space: Arc<Space>,
    books: Mutex<Books>,
}

#[derive(Default)]
struct Books {
    /// Files on their way, by their name in the folder.
    begun: HashMap<String, (Holder, u64)>,
    /// Files that have come.
    held: HashMap<(Holder, String), u64>,
    each: HashMap<Holder, Sum>,
    all: Sum,
}

/// How much there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    /// Uploads begun.
    pub(crate) begun: usize,
    /// Their bytes.
    pub(crate) begun_bytes: u64,
    /// Bytes of files that have come and are in no log.
    pub(crate) held: u64,
}

impl Sum {
    fn bytes(&self) -> u64 {
        self.begun_bytes.saturating_add(self.held)
    }

    fn within(&self, limit: Limit, new: usize, bytes: u64) -> bool {
        (new == 0 || self.begun.saturating_add(new) <= limit.begun)
            && self.bytes().saturating_add(bytes) <= limit.bytes
    }
}

/// A file that may grow by so much; as before if this is dropped.
pub(crate) struct Growth {
    ledger: Arc<Ledger>,
    name: String,
    by: u64,
    fresh: bool,
    settled: bool,
    _promise: Promise,
}

impl Growth {
    /// The file has this length now; `None`: there is none.
    pub(crate) fn settle(mut self, length: Option<u64>) {
        self.settled = true;
        let mut books = self.ledger.books();
        match length {
            Some(length) => books.resize(&self.name, |_| length),
            None => books.forget(&self.name),
        }
    }
}

impl Drop for Growth {
    fn drop(&mut self) {
        if self.settled {
            return;
        }
        let mut books = self.ledger.books();
        if self.fresh {
            books.forget(&self.name);
        } else {
            books.resize(&self.name, |before| before.saturating_sub(self.by));
        }
    }
}

impl Ledger {
    /// What was there when the server started.
    pub(crate) fn new(
        limits: Limits,
        space: Arc<Space>,
        begun: impl IntoIterator<Item = (String, Holder, u64)>,
        held: impl IntoIterator<Item = Holding>,
    ) -> Arc<Self> {
        let mut books = Books::default();
        for (name, holder, bytes) in begun {
            books.begin(&name, &holder, bytes);
        }
        for Holding { holder, sha256, size, .. } in held {
            books.hold(holder, sha256, size);
        }
        Arc::new(Self { limits, space, books: Mutex::new(books) })
    }

    /// Lets a file on its way grow by so many bytes, or begin. Checked and noted in one, so that many
    /// at once cannot have more than one after the other.
    pub(crate) fn grow(self: &Arc<Self>, holder: &Holder, name: &str, by: u64) -> Result<Growth, NoRoom> {
        let mut books = self.books();
        let fresh = !books.begun.contains_key(name);
        self.check(&books, holder, usize::from(fresh), by, self.limits)?;
        let promise = self.space.promise(by, Purpose::Upload)?;
        if fresh {
            books.begin(name, holder, by);
        } else {
            books.resize(name, |before| before.saturating_add(by));
        }
        drop(books);
        let (ledger, name) = (Arc::clone(self), name.to_owned());
        Ok(Growth { ledger, name, by, fresh, settled: false, _promise: promise })
    }

    /// Whether a file of this length would fit at this moment. Nothing is promised.
    pub(crate) fn fits(&self, holder: &Holder, bytes: u64) -> Result<(), NoRoom> {
        self.check(&self.books(), holder, 0, bytes, self.limits)?;
        self.space.promise(bytes, Purpose::Upload)?;
        Ok(())
    }

    /// Room for something of the server's own making in somebody's name, which may be a quarter
    /// beyond what they may bring: what is full for files is not full for sending.
    pub(crate) fn work(&self, holder: &Holder, bytes: u64) -> Result<Promise, NoRoom> {
        let Limits { each, all } = self.limits;
        let more = |limit: Limit| Limit { bytes: limit.bytes.saturating_add(limit.bytes / 4), ..limit };
        self.check(&self.books(), holder, 0, bytes, Limits { each: more(each), all: more(all) })?;
        Ok(self.space.promise(bytes, Purpose::Work)?)
    }

    fn check(
        &self,
        books: &Books,
        holder: &Holder,
        new: usize,
        bytes: u64,
        Limits { each, all }: Limits,
    ) -> Result<(), NoRoom> {
        let own = books.each.get(holder).copied().unwrap_or_default();
        if new > 0 && own.begun >= each.begun {
            return Err(NoRoom::TooMany(own.begun));
        }
        if !own.within(each, new, bytes) {
            return Err(NoRoom::TooMuch(each.bytes >> 20));
        }
        if books.all.within(all, new, bytes) { Ok(()) } else { Err(NoRoom::Full) }
    }

    /// A file on its way is there no longer: it has come, or was given up.
    pub(crate) fn forget(&self, name: &str) {
        self.books().forget(name);
    }

    /// A file has come.
    pub(crate) fn hold(&self, holder: &Holder, sha256: &str, size: u64) {
        self.books().hold(holder.clone(), sha256.to_owned(), size);
    }

    /// Somebody holds a file no longer: it stands in the log, or is gone.
    pub(crate) fn release(&self, holder: &Holder, sha256: &str) {
        let mut books = self.books();
        if let Some(size) = books.held.remove(&(holder.clone(), sha256.to_owned())) {
            books.sums(holder, |sum| sum.held = sum.held.saturating_sub(size));
        }
    }

    /// Whether somebody of the office holds a file.
    pub(crate) fn is_held_by_office(&self, sha256: &str) -> bool {
        self.books().held.keys().any(|(holder, held)| held == sha256 && holder.as_agency().is_none())
    }

    /// Names of files on their way.
    pub(crate) fn begun(&self) -> Vec<String> {
        self.books().begun.keys().cloned().collect()
    }

    /// What all have together.
    pub(crate) fn all(&self) -> Sum {
        self.books().all
    }

    /// What one has.
    #[cfg(test)]
    fn of(&self, holder: &Holder) -> Sum {
        self.books().each.get(holder).copied().unwrap_or_default()
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        // Every change of the books is whole after each statement that may panic.
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Books {
    fn sums(&mut self, holder: &Holder, change: impl Fn(&mut Sum)) {
        change(&mut self.all);
        let own = self.each.entry(holder.clone()).or_default();
        change(own);
        if *own == Sum::default() {
            self.each.remove(holder);
        }
    }

    fn begin(&mut self, name: &str, holder: &Holder, bytes: u64) {
        self.forget(name);
        self.begun.insert(name.to_owned(), (holder.clone(), bytes));
        self.sums(holder, |sum| {
            sum.begun += 1;
            sum.begun_bytes = sum.begun_bytes.saturating_add(bytes);
        });
    }

    fn resize(&mut self, name: &str, length: impl Fn(u64) -> u64) {
        let Some((holder, before)) = self.begun.get(name).cloned() else { return };
        let after = length(before);
        self.begun.insert(name.to_owned(), (holder.clone(), after));
        self.sums(&holder, |sum| {
            sum.begun_bytes = sum.begun_bytes.saturating_sub(before).saturating_add(after);
        });
    }

    fn forget(&mut self, name: &str) {
        let Some((holder, bytes)) = self.begun.remove(name) else { return };
        self.sums(&holder, |sum| {
            sum.begun = sum.begun.saturating_sub(1);
            sum.begun_bytes = sum.begun_bytes.saturating_sub(bytes);
        });
    }

    fn hold(&mut self, holder: Holder, sha256: String, size: u64) {
        if self.held.insert((holder.clone(), sha256), size).is_none() {
            self.sums(&holder, |sum| sum.held = sum.held.saturating_add(size));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::super::space::{Gauge, Room};
    use super::*;

    struct Wide;

    impl Gauge for Wide {
        fn room(&self) -> io::Result<Room> {
            Ok(Room { size: u64::MAX, free: u64::MAX })
        }
    }

    fn ledger() -> Arc<Ledger> {
        let limits = Limits { each: Limit { bytes: 100, begun: 3 }, all: Limit { bytes: 150, begun: 5 } };
        Ledger::new(limits, Space::new(Arc::new(Wide), Some(0), 10), [], [])
    }

    fn agency(code: &str) -> Holder {
        Holder::agency(&code.into())
    }

    #[test]
    fn what_was_begun_counts_until_it_is_given_up() {
        let (ledger, a) = (ledger(), agency("a"));
        for name in ["1", "2", "3"] {
            ledger.grow(&a, name, 10).unwrap().settle(Some(10));
        }
        assert!(matches!(ledger.grow(&a, "4", 1), Err(NoRoom::TooMany(3))));
        ledger.grow(&a, "1", 10).unwrap().settle(Some(20));
        ledger.forget("2");
        ledger.grow(&a, "4", 60).unwrap().settle(Some(60));
        assert!(matches!(ledger.grow(&a, "4", 11), Err(NoRoom::TooMuch(_))));
        assert_eq!(ledger.of(&a), Sum { begun: 3, begun_bytes: 90, held: 0 });
    }

    #[test]
    fn what_did_not_come_about_does_not_count() {
        let (ledger, a) = (ledger(), agency("a"));
        drop(ledger.grow(&a, "1", 10).unwrap());
        ledger.grow(&a, "2", 10).unwrap().settle(None);
        assert_eq!(ledger.all(), Sum::default());
        ledger.grow(&a, "3", 10).unwrap().settle(Some(10));
        drop(ledger.grow(&a, "3", 10).unwrap());
        assert_eq!(ledger.of(&a).begun_bytes, 10);
    }

    #[test]
    fn all_together_have_a_limit_of_their_own_and_the_same_bytes_count_for_each() {
        let (ledger, a, b) = (ledger(), agency("a"), agency("b"));
        ledger.hold(&a, "x", 90);
        ledger.hold(&a, "x", 90);
        assert!(ledger.fits(&b, 60).is_ok());
        ledger.hold(&b, "x", 60);
        assert_eq!((ledger.of(&a).held, ledger.of(&b).held), (90, 60));
        assert!(matches!(ledger.fits(&b, 1), Err(NoRoom::Full)));
        assert!(ledger.work(&b, 30).is_ok(), "sending goes on");
        ledger.release(&a, "x");
        assert!(ledger.fits(&b, 40).is_ok());
    }

    #[test]
    fn many_at_once_have_no_more_than_one_after_the_other() {
        let (ledger, a) = (ledger(), agency("a"));
        let askers: Vec<_> = (0..4)
            .map(|n| {
                let (ledger, a) = (Arc::clone(&ledger), a.clone());
                std::thread::spawn(move || {
                    let name = (n % 3).to_string();
                    (0..100).filter_map(|_| ledger.grow(&a, &name, 1).ok()).collect::<Vec<_>>()
                })
            })
            .collect();
        let given: Vec<_> = askers.into_iter().flat_map(|asker| asker.join().unwrap()).collect();
        assert_eq!((given.len(), ledger.of(&a).begun_bytes), (100, 100));
    }
}
