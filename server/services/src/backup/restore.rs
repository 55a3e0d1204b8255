//! Putting an archive into an empty data folder.

use std::fmt;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use super::check::read;
use super::first::{self, Rows};
use super::lines::Lines;
use super::tape::{Item, each, odd};
use super::{
    BackupError, ClaimedKey, FOLDER, KEY_FILE, LOG, Manifest, OfficeKey, Seal, Source, Whole, table_of,
};
use crate::files;
use crate::store::Entry;
use crate::store::tables::{self, Row};
use crate::store::{Store, schema};
use crate::store::{VerifyError, verify};

/// A file of this name in a data folder says that it was not restored to the end. No office
/// is opened there.
pub const UNFINISHED: &str = "pemulihan-belum-selesai";

/// How many rows are written at once.
const PAGE: usize = 500;

/// Whose archive is accepted, beside those of the key that lies in the data folder.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// Those that this key signed.
    pub key: Option<ClaimedKey>,
    /// Any that is whole, whoever made it.
    pub unsigned: bool,
}

/// What was restored.
#[derive(Debug)]
pub struct Restored {
    /// What the archive held.
    pub manifest: Manifest,
    /// Who signed it.
    pub seal: Seal,
    /// How many mails were waiting, and are held now.
    pub held: u64,
}

/// Rows on their way into the database.
enum Batch {
    Log(Vec<Entry>),
    Table(&'static str, Vec<Row>),
    First(Rows),
}

/// Restores an archive into an empty data folder and an empty database. Everything is
/// checked before the first byte is written, and the log once more after the last.
///
/// # Errors
/// [`BackupError`]. If writing had begun, the data folder is marked as unfinished.
pub async fn restore(
    source: Source,
    data: &Path,
    database: &str,
    trust: &Trust,
    now: DateTime<Utc>,
) -> Result<Restored, BackupError> {
    let (source, known) = (Arc::new(source), OfficeKey::read(data)?);
    let Whole { manifest, seal } = apart(&source, Whole::of).await?;
    trust.accept(seal, known.as_ref())?;
    let copy = manifest.clone();
    apart(&source, move |source| read(source, &copy).map(drop)).await?;
    let mark = prepare(data)?;
    // The rows go into the tables that they come from; later changes of the schema follow them.
    let as_then = if manifest.format == 1 { schema::version() } else { manifest.schema };
    let store = Store::open_as(database, Some(data), as_then).await?;
    if !store.is_empty().await? {
        std::fs::remove_file(&mark).map_err(BackupError::file(&mark))?;
        return Err(BackupError::NotEmpty("Basis data".to_owned()));
    }
    write(&store, &source, data.join(files::FOLDER)).await?;
    store.upgrade().await?;
    let held = store.hold_letters(&held_note(manifest.made_at), now).await?;
    let written = verify(&store).await.map_err(|error| match error {
        VerifyError::Chain(error) => BackupError::Chain(error),
        VerifyError::Store(error) => BackupError::Store(error),
    })?;
    if !manifest.ends_at(written.records, written.last_hash) {
        return Err(BackupError::Part("riwayat yang tertulis berbeda dari arsip".to_owned()));
    }
    std::fs::remove_file(&mark).map_err(BackupError::file(&mark))?;
    sync_folder(data)?;
    Ok(Restored { manifest, seal, held })
}

impl Trust {
    fn accept(&self, seal: Seal, known: Option<&OfficeKey>) -> Result<(), BackupError> {
        let Seal::Of(key) = seal else {
            let why = if seal == Seal::None { "tidak bertanda tangan" } else { "bertanda tangan palsu" };
            return if self.unsigned { Ok(()) } else { Err(BackupError::Unsigned(why)) };
        };
        let told = self.key.is_some_and(|told| key.is(&told));
        let ours = known.is_some_and(|known| known.public() == key);
        if told || ours || self.unsigned { Ok(()) } else { Err(BackupError::Stranger(key.fingerprint())) }
    }
}

impl fmt::Display for Restored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { manifest, seal, held } = self;
        writeln!(f, "{}", manifest.words())?;
        let made = moment(manifest.made_at);
        match seal {
            Seal::Of(key) => writeln!(f, "Dibuat {made}, ditandatangani kunci {}.", key.fingerprint())?,
            Seal::None => writeln!(f, "Dibuat {made} menurut arsipnya sendiri; tanpa tanda tangan.")?,
            Seal::Wrong => writeln!(f, "Dibuat {made} menurut arsipnya sendiri; tanda tangannya palsu.")?,
        }
        for (table, why) in &manifest.left_out {
            writeln!(f, "Tidak termasuk: {table} ({why}).")?;
        }
        if *held > 0 {
            writeln!(
                f,
                "{held} surel yang waktu itu belum terkirim ditahan: mungkin sudah terkirim sesudahnya."
            )?;
        }
        write!(
            f,
            "Yang dicabut sesudah cadangan dibuat (akun, tautan, papan, alamat kalender) berlaku lagi; periksa di Kelola."
        )
    }
}

fn moment(at: DateTime<Utc>) -> String {
    format!("{} WIB", domain::calendar::words::full(at))
}

fn held_note(made: DateTime<Utc>) -> String {
    let made = moment(made);
    format!("Dipulihkan dari cadangan {made}; mungkin sudah terkirim sesudah itu, jadi tidak dikirim lagi.")
}

/// Makes the data folder, which must be empty but for a key, and marks it as unfinished.
fn prepare(data: &Path) -> Result<PathBuf, BackupError> {
    std::fs::create_dir_all(data).map_err(BackupError::file(data))?;
    for entry in std::fs::read_dir(data).map_err(BackupError::file(data))? {
        if entry.map_err(BackupError::file(data))?.file_name() != KEY_FILE {
            return Err(BackupError::NotEmpty(format!("Folder {}", data.display())));
        }
    }
    let mark = data.join(UNFINISHED);
    File::create(&mark).and_then(|file| file.sync_all()).map_err(BackupError::file(&mark))?;
    sync_folder(data)?;
    Ok(mark)
}

async fn write(store: &Store, source: &Arc<Source>, folder: PathBuf) -> Result<(), BackupError> {
    let (sender, mut batches) = mpsc::channel(2);
    let reading = {
        let source = Arc::clone(source);
        spawn_blocking(move || unpack(&source, &folder, &sender))
    };
    while let Some(batch) = batches.recv().await {
        match batch {
            Batch::Log(entries) => store.append(&entries).await?,
            Batch::Table(table, rows) => store.put_rows(table, rows).await?,
            Batch::First(rows) => rows.put(store).await?,
        }
    }
    reading.await.map_err(io::Error::other)?
}

/// Writes the files, and hands on the rows.
fn unpack(source: &Source, folder: &Path, to: &mpsc::Sender<Batch>) -> Result<(), BackupError> {
    let send = |batch| to.blocking_send(batch).map_err(|_| io::Error::other("writing stopped"));
    std::fs::create_dir_all(folder).map_err(BackupError::file(folder))?;
    each(source.bytes()?, |Item { name, bytes, .. }| {
        if let Some(file) = name.strip_prefix(FOLDER).and_then(|name| name.strip_prefix('/')) {
            let path = folder.join(file);
            let mut file = File::create_new(&path).map_err(BackupError::file(&path))?;
            io::copy(bytes, &mut file).map_err(BackupError::file(&path))?;
            file.sync_all().map_err(BackupError::file(&path))?;
        } else if name == LOG {
            pages(Lines::new(name, bytes), |entries| Ok(send(Batch::Log(entries))?))?;
        } else if let Some(table) = table_of(name) {
            let known = tables::kept().find(|known| *known == table);
            let table = known.ok_or_else(|| odd(name, "adalah tabel yang tidak dikenal program ini"))?;
            pages(Lines::new(name, bytes), |rows| Ok(send(Batch::Table(table, rows))?))?;
        } else if first::PARTS.contains(&name) {
            send(Batch::First(Rows::of(name, bytes)?))?;
        }
        Ok(())
    })?;
    sync_folder(folder)
}

fn pages<T: serde::de::DeserializeOwned>(
    mut lines: Lines<impl io::Read>,
    mut take: impl FnMut(Vec<T>) -> Result<(), BackupError>,
) -> Result<(), BackupError> {
    let mut page = Vec::with_capacity(PAGE);
    while let Some(row) = lines.next()? {
        page.push(row);
        if page.len() == PAGE {
            take(std::mem::take(&mut page))?;
        }
    }
    if page.is_empty() { Ok(()) } else { take(page) }
}

/// Works on an archive where waiting for the disk does not matter.
async fn apart<T: Send + 'static>(
    source: &Arc<Source>,
    work: impl FnOnce(&Source) -> Result<T, BackupError> + Send + 'static,
) -> Result<T, BackupError> {
    let source = Arc::clone(source);
    spawn_blocking(move || work(&source)).await.map_err(io::Error::other)?
}

fn sync_folder(folder: &Path) -> Result<(), BackupError> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(BackupError::file(folder))
}
