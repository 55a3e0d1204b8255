//! Putting an archive into an empty data folder.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use tokio::sync::mpsc;

use super::check::{Checked, check, each_entry, each_file};
use super::{BackupError, Manifest};
use crate::files;
use crate::store::Store;
use crate::store::chain::{self, VerifyError};
use crate::store::log::Entry;

/// A file of this name in a data folder says that it was not restored to the end. No office
/// is opened there.
pub const UNFINISHED: &str = "pemulihan-belum-selesai";

/// How many rows are written at once.
const PAGE: usize = 500;

/// Restores an archive into an empty data folder and an empty database. Everything is
/// checked before the first byte is written, and the log once more after the last.
///
/// # Errors
/// [`BackupError`]. If writing had begun, the data folder is marked as unfinished.
pub async fn restore(archive: &Path, data: &Path, database: &str) -> Result<Manifest, BackupError> {
    let path = archive.to_owned();
    let checked = tokio::task::spawn_blocking(move || check(&path)).await.map_err(io::Error::other)??;
    let mark = prepare(data)?;
    let store = Store::open(database).await?;
    if !store.entries_after(0, 1).await?.is_empty() || !store.accounts().await?.is_empty() {
        std::fs::remove_file(&mark).map_err(BackupError::file(&mark))?;
        return Err(BackupError::NotEmpty("Basis data".to_owned()));
    }
    let Checked { manifest, accounts, files: list, addresses, outbox, .. } = checked;
    write_log(&store, archive).await?;
    for account in &accounts {
        store.add_account(account).await?;
    }
    for kept in &addresses {
        store.put_address(&kept.of, &kept.mail).await?;
    }
    for kept in &outbox {
        store.put_letter(kept).await?;
    }
    unpack(archive.to_owned(), data.join(files::FOLDER)).await?;
    for file in &list {
        store.note_file(file).await?;
    }
    let written = chain::verify(&store).await.map_err(|error| match error {
        VerifyError::Chain(error) => BackupError::Chain(error),
        VerifyError::Store(error) => BackupError::Store(error),
    })?;
    if !manifest.ends_at(written.records, written.last_hash) {
        return Err(BackupError::Part("riwayat yang tertulis berbeda dari arsip".to_owned()));
    }
    std::fs::remove_file(&mark).map_err(BackupError::file(&mark))?;
    sync_folder(data)?;
    Ok(manifest)
}

/// Makes the data folder, which must be empty, and marks it as unfinished.
fn prepare(data: &Path) -> Result<PathBuf, BackupError> {
    std::fs::create_dir_all(data).map_err(BackupError::file(data))?;
    let mut entries = std::fs::read_dir(data).map_err(BackupError::file(data))?;
    if entries.next().is_some() {
        return Err(BackupError::NotEmpty(format!("Folder {}", data.display())));
    }
    let mark = data.join(UNFINISHED);
    File::create(&mark).and_then(|file| file.sync_all()).map_err(BackupError::file(&mark))?;
    sync_folder(data)?;
    Ok(mark)
}

async fn write_log(store: &Store, archive: &Path) -> Result<(), BackupError> {
    let (sender, mut pages) = mpsc::channel::<Vec<Entry>>(2);
    let path = archive.to_owned();
    let reading = tokio::task::spawn_blocking(move || {
        let mut page = Vec::with_capacity(PAGE);
        let gone = |_| io::Error::other("writing stopped");
        each_entry(&path, |entry| {
            page.push(entry);
            if page.len() == PAGE {
                sender.blocking_send(std::mem::take(&mut page)).map_err(gone)?;
            }
            Ok(())
        })?;
        Ok(sender.blocking_send(page).map_err(gone)?)
    });
    while let Some(page) = pages.recv().await {
        if !page.is_empty() {
            store.append(&page).await?;
        }
    }
    reading.await.map_err(io::Error::other)?
}

async fn unpack(archive: PathBuf, folder: PathBuf) -> Result<(), BackupError> {
    let work = move || {
        std::fs::create_dir_all(&folder).map_err(BackupError::file(&folder))?;
        each_file(&archive, |sha256, bytes| {
            let Some(path) = files::path_in(&folder, sha256) else {
                return Err(BackupError::Part(format!("nama berkas {sha256} tidak dikenal")));
            };
            let mut file = File::create_new(&path).map_err(BackupError::file(&path))?;
            io::copy(bytes, &mut file).map_err(BackupError::file(&path))?;
            file.sync_all().map_err(BackupError::file(&path))
        })?;
        sync_folder(&folder)
    };
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}

fn sync_folder(folder: &Path) -> Result<(), BackupError> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(BackupError::file(folder))
}
