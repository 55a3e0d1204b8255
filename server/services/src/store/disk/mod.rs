//! What the engine's files say of themselves, looked at before the engine opens them.
//!
//! surrealkv 0.21 trusts its disk: it does not check its filters and its large values at all, it
//! removes tables that its list does not name, and it cuts its write-ahead log off where that cannot
//! be read. Here every byte that counts is held against its checksum first, without changing any.
//! This is the one place that knows how the engine's files look; `tests` writes some with the engine
//! itself, so that a newer engine with other files is found out there. See decision 0029.

mod bytes;
mod crc;
mod damage;
mod files;
mod manifest;
mod table;
mod values;
mod wal;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

pub use self::damage::Damage;
use self::damage::failed;
use self::files::numbered;
use self::manifest::Manifest;
use self::values::Values;

/// What is in a database's folder.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing: it was never used.
    Nothing,
    /// A database whose tables are whole.
    Database {
        /// Whether the write-ahead log holds something: it was not stopped in order.
        unclean: bool,
        /// The end of the write-ahead log, if it cannot be read to its end.
        broken: Option<Broken>,
    },
}

/// A write-ahead log that cannot be read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Broken {
    /// Which file.
    pub(super) file: PathBuf,
    /// From which byte.
    pub(super) at: u64,
    /// Whether whole records follow: then it is damage, and not the end of a program that was killed.
    pub(super) goes_on: bool,
}

impl Broken {
    pub(super) fn damage(self) -> Damage {
        let why = format!("tidak terbaca mulai byte {}", self.at);
        Damage::new(&self.file, &why)
    }
}

/// Looks at every file of a database that nobody has open.
pub(super) fn inspect(folder: &Path) -> Result<Found, Damage> {
    let tables = numbered(&folder.join("sstables"), "sst")?;
    let logs = numbered(&folder.join("wal"), "wal")?;
    let mut filled = BTreeMap::new();
    let begun: BTreeSet<_> = logs.keys().copied().collect();
    for (number, path) in logs {
        if path.metadata().map_err(failed(&path))?.len() > 0 {
            filled.insert(number, path);
        }
    }
    let list = folder.join("manifest").join(format!("{:020}.manifest", 0));
    if !list.try_exists().map_err(failed(&list))? {
        if tables.is_empty() && filled.is_empty() {
            return Ok(Found::Nothing);
        }
        return Err(Damage::new(&list, "hilang"));
    }
    let manifest = Manifest::open(&list)?;
    // A table that was written when the program ended, but not listed yet: all of it stands in the
    // write-ahead log still, which goes only after the list is durable. Without that log the list is an
    // old one.
    let unlisted = tables.last_key_value().filter(|(number, _)| **number >= manifest.next_table);
    if let Some((_, path)) = unlisted.filter(|_| !begun.contains(&manifest.first_log)) {
        return Err(Damage::new(&list, &format!("tidak mengenal {}", path.display())));
    }
    check_tables(folder, &manifest, &list)?;
    let broken = check_logs(folder, &manifest, &list, &filled)?;
    let unclean = filled.keys().any(|number| *number >= manifest.first_log);
    Ok(Found::Database { unclean, broken })
}

/// Looks at the tables and values of a database, also of one that is at work.
pub(super) fn inspect_running(folder: &Path) -> Result<(), Damage> {
    let list = folder.join("manifest").join(format!("{:020}.manifest", 0));
    loop {
        let manifest = Manifest::open(&list)?;
        match check_tables(folder, &manifest, &list) {
            // A table was put together with others meanwhile, and is gone for that reason.
            Err(damage) if Manifest::open(&list)?.tables == manifest.tables => return Err(damage),
            Err(_) => {}
            Ok(()) => return Ok(()),
        }
    }
}

/// The newest of the files of large values, the only one that the engine goes on writing to.
pub(super) fn newest_values(folder: &Path) -> Result<Option<PathBuf>, Damage> {
    values::newest(&folder.join("vlog"))
}

/// How long the write-ahead log is, in bytes.
pub(super) fn log_size(folder: &Path) -> Result<u64, Damage> {
    let logs = numbered(&folder.join("wal"), "wal")?;
    logs.values().map(|path| Ok(path.metadata().map_err(failed(path))?.len())).sum()
}

fn check_tables(folder: &Path, manifest: &Manifest, list: &Path) -> Result<(), Damage> {
    let values = Values::open(folder.join("vlog"))?;
    let mut last_write = 0;
    for number in &manifest.tables {
        let path = folder.join("sstables").join(format!("{number:020}.sst"));
        last_write = last_write.max(table::check(&path, |pointer| values.check(&pointer))?);
    }
    if last_write != manifest.last_write {
        return Err(Damage::new(list, "tidak cocok dengan tabel-tabelnya"));
    }
    Ok(())
}

/// The write-ahead logs: none is missing in between, and what the list of tables calls done is done.
fn check_logs(
    folder: &Path,
    manifest: &Manifest,
    list: &Path,
    logs: &BTreeMap<u64, PathBuf>,
) -> Result<Option<Broken>, Damage> {
    let mut broken = None;
    for (number, path) in logs {
        let log = wal::walk(path)?;
        if *number < manifest.first_log {
            if log.newest > manifest.last_write {
                return Err(Damage::new(list, "melewati catatan yang belum masuk tabel"));
            }
            continue;
        }
        if *number > manifest.first_log && !logs.contains_key(&(number - 1)) {
            let missing = folder.join("wal").join(format!("{:020}.wal", number - 1));
            return Err(Damage::new(&missing, "hilang"));
        }
        if let (None, Some(at)) = (&broken, log.broken_at) {
            broken = Some(Broken { file: path.clone(), at, goes_on: log.goes_on });
        } else if let Some(broken) = &mut broken {
            broken.goes_on |= log.newest > 0;
        }
    }
    Ok(broken)
}
