//! The shelf: the bytes in the data folder under their hash, the rest in the database.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use desk::file::{FileView, Files, Storage};
use desk::problem::Problem;

use super::begun;
use super::disk::{Disk, Politeness};
use super::ledger::{Ledger, Limits, NoRoom};
use super::named::Named;
use super::space::{Purpose, Room, Space, Standing};
use crate::refuse::problem;
use crate::store::Store;
use crate::store::holding::Holding;
use crate::token::TokenHash;

/// Largest file, in bytes.
pub const LARGEST: u64 = 20 * 1024 * 1024;
/// Where received files lie in the data folder.
pub const FOLDER: &str = "files";

/// The received files of the office.
pub struct Shelf {
    pub(super) folder: PathBuf,
    pub(super) store: Store,
    pub(super) disk: Disk,
    pub(super) space: Arc<Space>,
    pub(super) ledger: Arc<Ledger>,
    /// Held while a file comes onto the shelf, and alone while one is taken off it.
    pub(super) moving: tokio::sync::RwLock<()>,
    /// What the log names; held while it is looked for what may go.
    pub(super) named: tokio::sync::Mutex<Named>,
    /// Bytes of files that the log names, as of the last look.
    pub(super) sent: AtomicU64,
}

/// What bounds a shelf.
pub struct Bounds {
    /// How much may lie there that the log does not name.
    pub limits: Limits,
    /// The room on the disk.
    pub space: Arc<Space>,
    /// What lies there already.
    pub held: Vec<Holding>,
    /// How its work on the disk stands back.
    pub politeness: Politeness,
}

impl Shelf {
    /// Opens the folder and removes what a crash left half received.
    ///
    /// # Errors
    /// If the folder cannot be made or read.
    pub fn open(folder: PathBuf, store: Store, bounds: Bounds) -> io::Result<Self> {
        std::fs::create_dir_all(&folder)?;
        let mut begun = Vec::new();
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            let path = entry.path();
            if path.extension().is_some_and(|extension| extension == begun::PARTIAL) {
                std::fs::remove_file(path)?;
            } else if let Some((name, holder)) = begun::of_name(&entry.file_name()) {
                begun.push((name, holder, entry.metadata()?.len()));
            }
        }
        let Bounds { limits, space, held, politeness } = bounds;
        let ledger = Ledger::new(limits, Arc::clone(&space), begun, held);
        let disk = Disk::start(politeness)?;
        let (moving, named, sent) = (Default::default(), Default::default(), 0.into());
        Ok(Self { folder, store, disk, space, ledger, moving, named, sent })
    }

    /// The room on the disk.
    pub fn space(&self) -> &Arc<Space> {
        &self.space
    }

    /// How much everybody has on the disk.
    pub(crate) fn ledger(&self) -> &Arc<Ledger> {
        &self.ledger
    }

    /// How it stands with the disk and what lies on it.
    ///
    /// # Errors
    /// If the system does not say.
    pub fn stock(&self) -> io::Result<Storage> {
        let Standing { room: Room { size, free }, reserve, state, .. } = self.space.standing()?;
        let all = self.ledger.all();
        let sent = self.sent.load(Ordering::Relaxed);
        let (uploads, begun, unsent) = (all.begun, all.begun_bytes, all.held);
        Ok(Storage { size, free, reserve, state, uploads, begun, unsent, sent })
    }

    /// Whether what somebody types may be kept: not when all that is left is for the log.
    ///
    /// # Errors
    /// A sentence for the person.
    pub(crate) fn may_write(&self) -> Result<(), Problem> {
        let none = self.space.promise(0, Purpose::Work);
        none.map(drop).map_err(|shortage| match NoRoom::from(shortage) {
            NoRoom::Full => NoRoom::FullForWork.into(),
            other => other.into(),
        })
    }

    /// What is said when a file could not be kept: that there is no room, if that is why. Whoever
    /// else has filled the disk, nobody is told of a fault of ours.
    pub(crate) fn fault(&self, error: &(dyn std::error::Error + 'static)) -> Problem {
        use io::ErrorKind::{QuotaExceeded, StorageFull};
        let full = |error: &io::Error| matches!(error.kind(), StorageFull | QuotaExceeded);
        let by_kind = error.downcast_ref::<io::Error>().is_some_and(full);
        let by_state = || self.space.standing().is_ok_and(|now| now.room.free < now.reserve);
        tracing::error!(%error, "a file could not be kept");
        if by_kind || by_state() { NoRoom::Full.into() } else { Problem::Unwell }
    }

    /// Whether any file was ever kept here.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn holds_any(&self) -> io::Result<bool> {
        for entry in std::fs::read_dir(&self.folder)? {
            if entry?.file_name().to_str().is_some_and(|name| self.path(name).is_some()) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Where the files lie.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where work on what was sent waits for its turn.
    pub(crate) fn disk(&self) -> &Disk {
        &self.disk
    }

    /// Where the bytes with this hash are; `None` if the text is no hash.
    pub fn path(&self, sha256: &str) -> Option<PathBuf> {
        path_in(&self.folder, sha256)
    }
}

/// Where the bytes with this hash are in a folder; `None` if the text is no hash.
pub fn path_in(folder: &Path, sha256: &str) -> Option<PathBuf> {
    let hash = TokenHash::from_hex(sha256)?;
    (hash.as_hex() == sha256).then(|| folder.join(sha256))
}

#[async_trait]
impl Files for Shelf {
    async fn find(&self, sha256: String) -> Result<Option<FileView>, Problem> {
        if self.path(&sha256).is_none() {
            return Ok(None);
        }
        let found = self.store.file(&sha256).await.map_err(|error| problem(error, "Berkas ini"))?;
        Ok(found.map(|file| file.view))
    }

    fn storage(&self) -> Result<Storage, Problem> {
        self.stock().map_err(|error| {
            tracing::error!(%error, "the disk does not say how much room it has");
            Problem::Unwell
        })
    }
}
