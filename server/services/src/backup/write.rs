//! Writing an archive while the office is at work.
//!
//! The log only grows, so most of it is read beforehand; what came since, and every table, is
//! read in one transaction. The files that the tables mention were there before, under names
//! that say what is in them.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use chrono::{DateTime, Utc};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::key::OfficeKey;
use super::tape::head;
use super::whole::listed;
use super::{BackupError, FOLDER, FORMAT, LOG, MANIFEST, Manifest, Part, SIGNATURE, Signature, part_of};
use crate::files;
use crate::files::begun::{PARTIAL, PIECES};
use crate::store::Entry;
use crate::store::chain::ChainEnd;
use crate::store::tables::{self, Key, Row};
use crate::store::{Store, schema};
use crate::token::{Token, hex};

/// Writes an archive of the office in this data folder, signed with its key. The folder of
/// received files lends room for what has to be put together first.
///
/// # Errors
/// [`BackupError`]; what was written so far is no archive.
pub async fn write(
    store: &Store,
    data: &Path,
    to: File,
    now: DateTime<Utc>,
) -> Result<Manifest, BackupError> {
    store.inspect().await?;
    let folder = data.join(files::FOLDER);
    let key = OfficeKey::of(data)?;
    // Opened before the tables are read: what arrives meanwhile is either whole and in them, or here.
    let coming = coming(&folder).map_err(BackupError::file(&folder))?;
    let mut log = Log::to(spool(&folder).map_err(BackupError::file(&folder))?);
    loop {
        let entries = store.entries_after(log.end.seq, Entry::PAGE).await?;
        if entries.is_empty() {
            break;
        }
        log.add(&entries)?;
    }
    let snapshot = store.snapshot(log.end.seq).await?;
    log.add(&snapshot.log)?;
    let tables = snapshot.tables;
    let work = move || {
        let made = u64::try_from(now.timestamp()).unwrap_or_default();
        let mut archive =
            Archive { tar: tar::Builder::new(BufWriter::new(to)), made, parts: BTreeMap::new() };
        let last_hash = log.end.hash;
        archive.log(log)?;
        for (table, rows) in &tables {
            archive.lines(&part_of(table), rows)?;
        }
        let files = archive.files(&folder, tables.get("file").map_or(&[], Vec::as_slice), coming)?;
        let manifest = Manifest {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            schema: schema::version(),
            made_at: now,
            last_hash,
            parts: std::mem::take(&mut archive.parts),
            files: Some(files),
            left_out: tables::left_out().map(|(table, why)| (table.to_owned(), why.to_owned())).collect(),
        };
        archive.sign(&manifest, &key)?;
        archive.tar.into_inner()?.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        Ok::<_, BackupError>(manifest)
    };
    let manifest: Manifest = tokio::task::spawn_blocking(work).await.map_err(io::Error::other)??;
    store.remember_backup(manifest.records(), now).await?;
    Ok(manifest)
}

/// A file without a name, gone when it is closed.
///
/// # Errors
/// If it cannot be made.
pub fn spool(folder: &Path) -> io::Result<File> {
    let name = Token::fresh().map_err(io::Error::other)?.reveal();
    // Named like a file on its way in, so that after a crash it is swept up with those.
    let path = folder.join(name).with_extension(PARTIAL);
    let file = File::options().read(true).write(true).create_new(true).open(&path)?;
    std::fs::remove_file(&path)?;
    Ok(file)
}

/// The files that come piece by piece, each as long as it is now.
fn coming(folder: &Path) -> io::Result<BTreeMap<String, (File, u64)>> {
    let mut coming = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != PIECES) {
            continue;
        }
        match File::open(&path) {
            // Its last piece has just come.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            file => {
                let file = file?;
                let length = file.metadata()?.len();
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
                coming.insert(name.unwrap_or_default(), (file, length));
            }
        }
    }
    Ok(coming)
}

/// The log up to now, checked on the way. Its length has to be known before it can be put
/// into the archive, so it is written aside first.
struct Log {
    lines: BufWriter<File>,
    sha256: Sha256,
    end: ChainEnd,
}

impl Log {
    fn to(file: File) -> Self {
        Self { lines: BufWriter::new(file), sha256: Sha256::new(), end: ChainEnd::default() }
    }

    fn add(&mut self, entries: &[Entry]) -> Result<(), BackupError> {
        for entry in entries {
            self.end.follow(entry)?;
            let line = line_of(entry)?;
            self.sha256.update(&line);
            self.lines.write_all(&line)?;
        }
        Ok(())
    }
}

fn line_of(row: &impl Serialize) -> Result<Vec<u8>, BackupError> {
    let mut line = serde_json::to_vec(row).map_err(io::Error::from)?;
    line.push(b'\n');
    Ok(line)
}

struct Archive {
    tar: tar::Builder<BufWriter<File>>,
    made: u64,
    parts: BTreeMap<String, Part>,
}

impl Archive {
    fn log(&mut self, log: Log) -> Result<(), BackupError> {
        let Log { lines, sha256, end } = log;
        let mut lines = lines.into_inner().map_err(io::IntoInnerError::into_error)?;
        let length = lines.stream_position()?;
        lines.seek(SeekFrom::Start(0))?;
        self.entry(LOG, length, lines)?;
        self.parts.insert(LOG.to_owned(), Part { count: end.seq, sha256: hex(&sha256.finalize()) });
        Ok(())
    }

    fn lines(&mut self, name: &str, rows: &[Row]) -> Result<(), BackupError> {
        let lines = rows.iter().map(line_of).collect::<Result<Vec<_>, _>>()?.concat();
        self.entry(name, lines.len() as u64, &*lines)?;
        let part = Part { count: rows.len() as u64, sha256: hex(&Sha256::digest(&lines)) };
        self.parts.insert(name.to_owned(), part);
        Ok(())
    }

    /// Every file that is listed and every one that is coming, by name.
    fn files(
        &mut self,
        folder: &Path,
        listed_rows: &[Row],
        mut coming: BTreeMap<String, (File, u64)>,
    ) -> Result<Part, BackupError> {
        let mut names: Vec<String> = coming.keys().cloned().collect();
        names.extend(listed_rows.iter().filter_map(|row| match &row.id {
            Key::Text(sha256) => Some(sha256.clone()),
            Key::Number(_) => None,
        }));
        names.sort_unstable();
        let (mut part, mut list) = (Part::default(), Sha256::new());
        for name in &names {
            let path = folder.join(name);
            let (file, length) = match coming.remove(name) {
                Some(coming) => coming,
                None => {
                    let file = File::open(&path).map_err(BackupError::file(&path))?;
                    let length = file.metadata().map_err(BackupError::file(&path))?.len();
                    (file, length)
                }
            };
            let mut hashed = Hashed { from: file.take(length), sha256: Sha256::new() };
            self.entry(&format!("{FOLDER}/{name}"), length, &mut hashed)?;
            list.update(listed(&hex(&hashed.sha256.finalize()), name));
            part.count += 1;
        }
        part.sha256 = hex(&list.finalize());
        Ok(part)
    }

    fn sign(&mut self, manifest: &Manifest, key: &OfficeKey) -> Result<(), BackupError> {
        let text = serde_json::to_vec_pretty(manifest).map_err(io::Error::from)?;
        self.entry(MANIFEST, text.len() as u64, &*text)?;
        let signature = Signature { key: key.public().to_string(), signature: key.sign(&text) };
        let text = signature.text()?;
        self.entry(SIGNATURE, text.len() as u64, &*text)
    }

    fn entry(&mut self, name: &str, length: u64, bytes: impl Read) -> Result<(), BackupError> {
        self.tar.append(&head(name, length, self.made)?, bytes)?;
        Ok(())
    }
}

/// Reads, and hashes what it reads.
struct Hashed<R> {
    from: R,
    sha256: Sha256,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let length = self.from.read(to)?;
        self.sha256.update(&to[..length]);
        Ok(length)
    }
}
