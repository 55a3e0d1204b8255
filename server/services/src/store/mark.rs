//! The mark: what was acknowledged, remembered in a small file beside the database.
//!
//! A disk that lies takes the newest writes without a word, and the engine opens what is left.
//! So before anybody is answered, it is noted here how far the log and the other tables have come.
//! A database that holds less than its mark is not opened. See decision 0029.
//!
//! Two slots, each with a SHA-256, are written in turn, so that a write that is cut short leaves the
//! other. Who has the file open holds its lock, and with it the database.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use domain::id::Seq;
use rustix::fs::{FlockOperation, flock};
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::chain::ChainEnd;
use super::hash::Hash;
use crate::clock::Clock;

/// How far the slots are apart: a page, so that no write touches both.
const APART: u64 = 4096;
const MAGIC: &[u8; 8] = b"ALURMARK";
/// Bytes of a slot before its checksum, and with it.
const BODY: usize = 96;
const SLOT: usize = BODY + 32;

/// What was acknowledged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remembered {
    /// The end of the log.
    pub log: ChainEnd,
    /// How many writes to the other tables.
    pub writes: u64,
    /// When the last of them was.
    pub at: DateTime<Utc>,
    /// Whether the office has ever had an administrator.
    pub had_admin: bool,
    /// The newest backup: the last record in it, and when it was made.
    pub backup: Option<(Seq, DateTime<Utc>)>,
}

impl Remembered {
    /// Whether anything was acknowledged.
    pub(super) fn is_something(&self) -> bool {
        self.log.seq > 0 || self.writes > 0 || self.had_admin
    }
}

/// The file cannot be made, read or written. Then nobody is answered.
#[derive(Debug, Error)]
#[error("{}: {source}", path.display())]
pub struct MarkError {
    path: PathBuf,
    source: io::Error,
}

/// What stood in the file when it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read {
    /// There was none.
    New,
    /// It was read.
    Whole,
    /// It is there and says nothing.
    Unreadable,
}

/// The file, held by this program.
pub(super) struct Mark {
    path: PathBuf,
    /// The last record that is durably remembered.
    reached: AtomicU64,
    wanted: Mutex<Wanted>,
    slots: Arc<tokio::sync::Mutex<Slots>>,
}

struct Wanted {
    what: Remembered,
    /// How often it was changed.
    version: u64,
}

struct Slots {
    file: File,
    /// How often a slot was written; says which is the newer one.
    generation: u64,
    /// The newest version that is durable.
    durable: u64,
}

impl Mark {
    /// Opens the file, which is made if there is none. `None` if another program holds it.
    pub(super) fn open(path: &Path) -> Result<Option<(Self, Read)>, MarkError> {
        Self::try_open(path).map_err(failed(path))
    }

    fn try_open(path: &Path) -> io::Result<Option<(Self, Read)>> {
        let mut options = OpenOptions::new();
        let file = options.read(true).write(true).create(true).truncate(false).mode(0o600).open(path)?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        let (found, read) = if file.metadata()?.len() == 0 {
            (None, Read::New)
        } else {
            let newest = [0, 1].into_iter().filter_map(|slot| read_slot(&file, slot)).max_by_key(|(n, _)| *n);
            let read = if newest.is_some() { Read::Whole } else { Read::Unreadable };
            (newest, read)
        };
        let (generation, what) = found.unwrap_or_default();
        let slots = Slots { file, generation, durable: 0 };
        let (wanted, slots) = (Wanted { what, version: 0 }, Arc::new(tokio::sync::Mutex::new(slots)));
        let (path, reached) = (path.to_owned(), AtomicU64::new(wanted.what.log.seq));
        Ok(Some((Self { path, reached, wanted: Mutex::new(wanted), slots }, read)))
    }

    /// What is remembered.
    pub(super) fn now(&self) -> Remembered {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner).what.clone()
    }

    /// Writes both slots anew: there was no file, or it could not be read. From now on it has its
    /// full length.
    pub(super) async fn begin(&self, log: ChainEnd, writes: u64) -> Result<(), MarkError> {
        for _ in 0..2 {
            self.remember(|what| (what.log, what.writes) = (log, writes)).await?;
        }
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let synced = File::open(folder.unwrap_or(Path::new("."))).and_then(|folder| folder.sync_all());
        synced.map_err(failed(&self.path))
    }

    /// Remembers a change. When this returns, it is durable. Those who come while another one's is
    /// being written share the next.
    pub(super) async fn remember(&self, change: impl FnOnce(&mut Remembered)) -> Result<(), MarkError> {
        let version = {
            let mut wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
            change(&mut wanted.what);
            wanted.what.at = Clock::system().now();
            wanted.version += 1;
            wanted.version
        };
        let mut slots = Arc::clone(&self.slots).lock_owned().await;
        if slots.durable >= version {
            return Ok(());
        }
        let (what, version) = {
            let wanted = self.wanted.lock().unwrap_or_else(PoisonError::into_inner);
            (wanted.what.clone(), wanted.version)
        };
        // Whoever waits here may go away; the slots stay held until they are written.
        let work = move || slots.write(&what, version);
        let written = tokio::task::spawn_blocking(work).await;
        written.unwrap_or_else(|error| Err(io::Error::other(error))).map_err(failed(&self.path))
    }

    /// Remembers the end of the log, unless it is remembered already.
    pub(super) async fn reach(&self, end: ChainEnd) -> Result<(), MarkError> {
        if self.reached.load(Ordering::SeqCst) >= end.seq {
            return Ok(());
        }
        let further = |what: &mut Remembered| {
            if what.log.seq < end.seq {
                what.log = end;
            }
        };
        self.remember(further).await?;
        self.reached.fetch_max(end.seq, Ordering::SeqCst);
        Ok(())
    }
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> MarkError {
    let path = path.to_owned();
    move |source| MarkError { path, source }
}

impl Slots {
    /// A write that fails may have spoilt its slot, so the next one goes there again.
    fn write(&mut self, what: &Remembered, version: u64) -> io::Result<()> {
        let generation = self.generation + 1;
        self.file.write_all_at(&encode(generation, what), generation % 2 * APART)?;
        self.file.sync_data()?;
        (self.generation, self.durable) = (generation, version);
        Ok(())
    }
}

fn read_slot(file: &File, slot: u64) -> Option<(u64, Remembered)> {
    let mut bytes = [0; SLOT];
    file.read_exact_at(&mut bytes, slot * APART).ok()?;
    decode(&bytes)
}

fn encode(generation: u64, what: &Remembered) -> [u8; SLOT] {
    let Remembered { log, writes, at, had_admin, backup } = what;
    let (records, made) = backup.map_or((0, 0), |(records, at)| (records, at.timestamp()));
    let mut bytes = Vec::with_capacity(SLOT);
    bytes.extend_from_slice(MAGIC);
    for number in [generation, log.seq, *writes, u64::from(*had_admin), records] {
        bytes.extend_from_slice(&number.to_le_bytes());
    }
    for time in [at.timestamp(), made] {
        bytes.extend_from_slice(&time.to_le_bytes());
    }
    bytes.extend_from_slice(log.hash.as_bytes());
    let sum = Sha256::digest(&bytes);
    bytes.extend_from_slice(&sum);
    let mut slot = [0; SLOT];
    slot.copy_from_slice(&bytes);
    slot
}

fn decode(slot: &[u8; SLOT]) -> Option<(u64, Remembered)> {
    let (body, sum) = slot.split_at(BODY);
    if sum != Sha256::digest(body).as_slice() || !body.starts_with(MAGIC) {
        return None;
    }
    let word = |at: usize| <[u8; 8]>::try_from(body.get(8 * at..8 * at + 8)?).ok();
    let number = |at: usize| word(at).map(u64::from_le_bytes);
    let time = |at: usize| DateTime::from_timestamp(i64::from_le_bytes(word(at)?), 0);
    let hash = Hash::from_bytes(body.get(64..BODY)?.try_into().ok()?);
    let log = ChainEnd { seq: number(2)?, hash };
    let backup = (number(7)? != 0 || number(5)? != 0).then_some((number(5)?, time(7)?));
    let had_admin = number(4)? != 0;
    Some((number(1)?, Remembered { log, writes: number(3)?, at: time(6)?, had_admin, backup }))
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    fn open(folder: &TempDir) -> (Mark, Read) {
        Mark::open(&folder.path().join("db.mark")).unwrap().unwrap()
    }

    fn end(seq: Seq) -> ChainEnd {
        ChainEnd { seq, hash: "ab".repeat(32).parse().unwrap() }
    }

    #[tokio::test]
    async fn what_is_remembered_is_there_again() {
        let folder = TempDir::new().unwrap();
        let (mark, read) = open(&folder);
        assert_eq!(read, Read::New);
        mark.begin(ChainEnd::default(), 0).await.unwrap();
        mark.reach(end(137)).await.unwrap();
        mark.reach(end(90)).await.unwrap();
        let backup = Some((120, DateTime::from_timestamp(1_800_000_000, 0).unwrap()));
        let change = |what: &mut Remembered| (what.writes, what.had_admin, what.backup) = (9, true, backup);
        mark.remember(change).await.unwrap();
        let before = mark.now();
        assert_eq!((before.log, before.writes, before.backup), (end(137), 9, backup));
        assert!(Mark::open(&folder.path().join("db.mark")).unwrap().is_none(), "one program at a time");
        drop(mark);
        let (mark, read) = open(&folder);
        assert_eq!((mark.now().log, read), (before.log, Read::Whole));
        assert_eq!((mark.now().writes, mark.now().had_admin, mark.now().backup), (9, true, backup));
    }

    #[tokio::test]
    async fn any_flipped_bit_leaves_the_other_slot() {
        let folder = TempDir::new().unwrap();
        let (mark, _) = open(&folder);
        for seq in 1..=7 {
            mark.reach(end(seq)).await.unwrap();
        }
        drop(mark);
        let path = folder.path().join("db.mark");
        let whole = std::fs::read(&path).unwrap();
        let newest = if read_slot(&File::open(&path).unwrap(), 0).unwrap().1.log.seq == 7 { 0 } else { 4096 };
        for bit in 0..8 * SLOT {
            for slot in [0, 4096] {
                let mut bytes = whole.clone();
                bytes[slot + bit / 8] ^= 1 << (bit % 8);
                std::fs::write(&path, &bytes).unwrap();
                let (mark, read) = open(&folder);
                let left = if slot == newest { 6 } else { 7 };
                assert_eq!((mark.now().log, read), (end(left), Read::Whole));
            }
        }
        std::fs::write(&path, vec![0; whole.len()]).unwrap();
        assert_eq!(open(&folder).1, Read::Unreadable);
    }

    #[tokio::test]
    async fn those_who_come_at_once_share_a_write() {
        let folder = TempDir::new().unwrap();
        let (mark, _) = open(&folder);
        let all = (1..=200).map(|seq| mark.reach(end(seq)));
        for done in futures::future::join_all(all).await {
            done.unwrap();
        }
        let generation = mark.slots.lock().await.generation;
        assert!(generation <= 3, "{generation} writes");
        drop(mark);
        assert_eq!(open(&folder).0.now().log, end(200));
    }
}
