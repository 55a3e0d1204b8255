//! The database's files as they were before a start, kept until the start has proved that it may go on.
//!
//! The engine repairs what it opens: it cuts its log off, and removes what its list does not name.
//! So its files are put aside first: linked, because it never writes into a table or a log that is
//! there, and the newest file of values copied, because that is the one it appends to. If the start
//! finds that something acknowledged is missing, they take their place again. A start that was cut
//! short left them behind: then the next one puts them back and begins anew.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// The folders beside the database.
pub(super) struct Aside {
    folder: PathBuf,
    /// As it was before.
    before: PathBuf,
    /// In the making.
    making: PathBuf,
    /// Not needed any more.
    done: PathBuf,
}

impl Aside {
    /// Of the database in this folder.
    pub(super) fn of(folder: &Path) -> Self {
        let beside = |name: &str| folder.with_added_extension(name);
        let (before, making, done) = (beside("sebelum"), beside("salinan"), beside("usang"));
        Self { folder: folder.to_owned(), before, making, done }
    }

    /// Puts back what a start that did not come to its end left behind. To be called before
    /// anybody looks at the database.
    pub(super) fn settle(&self) -> io::Result<()> {
        remove(&self.making)?;
        remove(&self.done)?;
        if self.before.try_exists()? {
            if self.folder.try_exists()? {
                std::fs::rename(&self.folder, &self.done)?;
            }
            std::fs::rename(&self.before, &self.folder)?;
            self.sync()?;
            remove(&self.done)?;
        }
        Ok(())
    }

    /// Puts the files aside. `copied`: the one that the engine goes on writing to.
    pub(super) fn put(&self, copied: Option<&Path>) -> io::Result<()> {
        if self.folder.try_exists()? {
            link(&self.folder, &self.making, copied)?;
            std::fs::rename(&self.making, &self.before)?;
            self.sync()?;
        }
        Ok(())
    }

    /// The start may go on: they are not needed any more.
    pub(super) fn release(&self) -> io::Result<()> {
        if self.before.try_exists()? {
            // First by name, in one step: what is removed halfway must not be put back.
            std::fs::rename(&self.before, &self.done)?;
            self.sync()?;
            remove(&self.done)?;
        }
        Ok(())
    }

    /// The start may go on, and they are kept for whoever wants to look at them. Where.
    pub(super) fn keep(&self, name: &str) -> io::Result<PathBuf> {
        let kept = self.folder.with_added_extension(name);
        std::fs::rename(&self.before, &kept)?;
        self.sync()?;
        Ok(kept)
    }

    fn sync(&self) -> io::Result<()> {
        let parent = self.folder.parent().filter(|parent| !parent.as_os_str().is_empty());
        File::open(parent.unwrap_or(Path::new(".")))?.sync_all()
    }
}

fn link(from: &Path, to: &Path, copied: Option<&Path>) -> io::Result<()> {
    std::fs::create_dir(to)?;
    for entry in from.read_dir()? {
        let (entry, path) = entry.map(|entry| (entry.file_name(), entry.path()))?;
        let target = to.join(entry);
        let file = path.metadata()?;
        if file.is_dir() {
            link(&path, &target, copied)?;
        } else if file.len() == 0 || copied == Some(&path) {
            std::fs::copy(&path, &target)?;
            File::open(&target)?.sync_all()?;
        } else if std::fs::hard_link(&path, &target).is_err() {
            // A file system without links.
            std::fs::copy(&path, &target)?;
            File::open(&target)?.sync_all()?;
        }
    }
    File::open(to)?.sync_all()
}

fn remove(folder: &Path) -> io::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}
