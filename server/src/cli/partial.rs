//! A file that has its name only once it is whole, and leaves nothing behind otherwise.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;

use super::failure::Failure;

/// Written as `<name>.part`, and removed when dropped.
pub(super) struct Partial {
    file: File,
    path: PathBuf,
    target: PathBuf,
    shown: String,
}

impl Partial {
    /// Makes it, for the owner's eyes only. One that a killed program left is taken over; one
    /// that a program is still writing is not.
    ///
    /// # Errors
    /// If there is a file of that name already, or none can be made.
    pub(super) fn of(target: &Path) -> Result<Self, Failure> {
        let shown = target.display().to_string();
        if target.exists() {
            return Err(Failure::Said(format!("{shown} sudah ada; pilih nama lain")));
        }
        let path = target.with_added_extension("part");
        let failed = || Failure::io(path.display().to_string());
        loop {
            let mut open = OpenOptions::new();
            open.read(true).write(true).create(true).truncate(false).mode(0o600);
            let flags = OFlags::NOFOLLOW.bits().cast_signed();
            let file = open.custom_flags(flags).open(&path).map_err(failed())?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(Failure::Said(format!("{shown} sedang dibuat oleh perintah lain")));
                }
                Err(TryLockError::Error(error)) => return Err(failed()(error)),
            }
            // Who held it may just have removed it or given it its name.
            let (mine, there) = (file.metadata().map_err(failed())?, std::fs::symlink_metadata(&path));
            if there.is_ok_and(|there| there.ino() == mine.ino() && there.dev() == mine.dev()) {
                let partial = Self { file, path: path.clone(), target: target.to_owned(), shown };
                partial.file.set_len(0).map_err(failed())?;
                let owner = std::fs::Permissions::from_mode(0o600);
                partial.file.set_permissions(owner).map_err(failed())?;
                return Ok(partial);
            }
        }
    }

    /// What to write to.
    ///
    /// # Errors
    /// If there are too many open files.
    pub(super) fn file(&self) -> Result<File, Failure> {
        self.file.try_clone().map_err(Failure::io(&self.shown))
    }

    /// Gives it its name, durably.
    ///
    /// # Errors
    /// If somebody else took the name meanwhile, or the disk fails.
    pub(super) fn finish(self) -> Result<(), Failure> {
        let failed = || Failure::io(&self.shown);
        self.file.sync_all().map_err(failed())?;
        if self.target.exists() {
            return Err(Failure::Said(format!("{} sudah ada; pilih nama lain", self.shown)));
        }
        std::fs::rename(&self.path, &self.target).map_err(failed())?;
        let folder = self.target.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = File::open(folder.unwrap_or(Path::new("."))).map_err(failed())?;
        folder.sync_all().map_err(failed())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // Once it has its name there is nothing of this one, which is as it should be.
        let _ = std::fs::remove_file(&self.path);
    }
}
