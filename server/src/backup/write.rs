//! Writing an archive while the office is at work.
//!
//! The log only grows, so what stood in it when we began is one consistent state. Accounts
//! and files are read after it: whatever the log mentions was there before the record.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{ACCOUNTS, ADDRESSES, BackupError, FILES, FOLDER, FORMAT, LOG, MANIFEST, Manifest, OUTBOX, Part};
use crate::account::Account;
use crate::files;
use crate::store::address::KeptAddress;
use crate::store::chain::ChainEnd;
use crate::store::file::KeptFile;
use crate::store::log::Entry;
use crate::store::outbox::KeptLetter;
use crate::store::{Store, schema};
use crate::token::{Token, hex};

/// Writes an archive. `folder` holds the received files and lends room for what has to be
/// put together first.
///
/// # Errors
/// [`BackupError`]; what was written so far is no archive.
pub async fn write(
    store: &Store,
    folder: &Path,
    to: File,
    now: DateTime<Utc>,
) -> Result<Manifest, BackupError> {
    let (log, last_hash) = spool_log(store, folder).await?;
    let (accounts, list) = (store.accounts().await?, store.files().await?);
    let (addresses, outbox) = (store.addresses().await?, store.all_letters().await?);
    let folder = folder.to_owned();
    let work = move || {
        let mut archive = Archive { tar: tar::Builder::new(BufWriter::new(to)), now };
        let log = archive.log(log)?;
        let accounts = archive.lines::<Account>(ACCOUNTS, &accounts)?;
        let addresses = Some(archive.lines::<KeptAddress>(ADDRESSES, &addresses)?);
        let outbox = Some(archive.lines::<KeptLetter>(OUTBOX, &outbox)?);
        let files = archive.lines::<KeptFile>(FILES, &list)?;
        for file in &list {
            archive.file(&folder, &file.view.sha256)?;
        }
        let program = env!("CARGO_PKG_VERSION").to_owned();
        let schema = schema::version();
        let manifest = Manifest {
            format: FORMAT,
            program,
            schema,
            made_at: now,
            log,
            last_hash,
            accounts,
            files,
            addresses,
            outbox,
        };
        let text = serde_json::to_vec_pretty(&manifest).map_err(io::Error::from)?;
        archive.entry(MANIFEST, text.len() as u64, &*text)?;
        archive.tar.into_inner()?.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        Ok(manifest)
    };
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}

/// A file without a name, gone when it is closed.
///
/// # Errors
/// If it cannot be made.
pub fn spool(folder: &Path) -> io::Result<File> {
    let name = Token::fresh().map_err(io::Error::other)?.reveal();
    // Named like a file on its way in, so that after a crash it is swept up with those.
    let path = folder.join(name).with_extension(files::PARTIAL);
    let file = File::options().read(true).write(true).create_new(true).open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(file)
}

struct Log {
    lines: File,
    part: Part,
}

/// The log up to now, checked on the way. Its length has to be known before it can be put
/// into the archive, so it is written aside first.
async fn spool_log(store: &Store, folder: &Path) -> Result<(Log, crate::store::chain::Hash), BackupError> {
    let spooled = spool(folder).map_err(BackupError::file(folder))?;
    let (mut lines, mut sha256, mut end) = (BufWriter::new(spooled), Sha256::new(), ChainEnd::default());
    loop {
        let entries = store.entries_after(end.seq, Entry::PAGE).await?;
        if entries.is_empty() {
            break;
        }
        for entry in &entries {
            end.follow(entry)?;
            let line = line_of(entry)?;
            sha256.update(&line);
            lines.write_all(&line)?;
        }
    }
    let lines = lines.into_inner().map_err(io::IntoInnerError::into_error)?;
    let part = Part { count: end.seq, sha256: hex(&sha256.finalize()) };
    Ok((Log { lines, part }, end.hash))
}

fn line_of(row: &impl Serialize) -> Result<Vec<u8>, BackupError> {
    let mut line = serde_json::to_vec(row).map_err(io::Error::from)?;
    line.push(b'\n');
    Ok(line)
}

struct Archive {
    tar: tar::Builder<BufWriter<File>>,
    now: DateTime<Utc>,
}

impl Archive {
    fn log(&mut self, mut log: Log) -> Result<Part, BackupError> {
        let length = log.lines.stream_position()?;
        log.lines.seek(SeekFrom::Start(0))?;
        self.entry(LOG, length, log.lines)?;
        Ok(log.part)
    }

    fn lines<T: Serialize>(&mut self, name: &str, rows: &[T]) -> Result<Part, BackupError> {
        let lines = rows.iter().map(line_of).collect::<Result<Vec<_>, _>>()?.concat();
        self.entry(name, lines.len() as u64, &*lines)?;
        Ok(Part { count: rows.len() as u64, sha256: hex(&Sha256::digest(&lines)) })
    }

    fn file(&mut self, folder: &Path, sha256: &str) -> Result<(), BackupError> {
        let path = files::path_in(folder, sha256).unwrap_or_else(|| PathBuf::from(sha256));
        let file = File::open(&path).map_err(BackupError::file(&path))?;
        let length = file.metadata().map_err(BackupError::file(&path))?.len();
        self.entry(&format!("{FOLDER}/{sha256}"), length, file)
    }

    fn entry(&mut self, name: &str, length: u64, bytes: impl Read) -> Result<(), BackupError> {
        let mut header = tar::Header::new_gnu();
        header.set_size(length);
        header.set_mode(0o600);
        header.set_mtime(u64::try_from(self.now.timestamp()).unwrap_or_default());
        self.tar.append_data(&mut header, name, bytes)?;
        Ok(())
    }
}
