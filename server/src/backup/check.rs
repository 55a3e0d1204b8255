//! Reading an archive: everything is checked before anything counts.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use domain::office::{Office, Recorded};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use tar::Archive;

use super::{ACCOUNTS, ADDRESSES, BackupError, FILES, FOLDER, FORMAT, LOG, MANIFEST, Manifest, OUTBOX, Part};
use crate::account::Account;
use crate::store::address::KeptAddress;
use crate::store::chain::{ChainEnd, Hash};
use crate::store::file::KeptFile;
use crate::store::log::Entry;
use crate::store::outbox::KeptLetter;
use crate::store::schema;
use crate::token::hex;

/// An archive that is whole.
pub struct Checked {
    /// What it holds.
    pub manifest: Manifest,
    /// The office that its log folds to.
    pub office: Office,
    /// The accounts.
    pub accounts: Vec<Account>,
    /// The received files.
    pub files: Vec<KeptFile>,
    /// The addresses for mail.
    pub addresses: Vec<KeptAddress>,
    /// The mails that went or are to go.
    pub outbox: Vec<KeptLetter>,
}

/// Reads a whole archive, and every byte of it twice hashed: as the manifest says, and as
/// the chain and the names of files say.
///
/// # Errors
/// [`BackupError`] with the first thing that is not as it should be.
pub fn check(path: &Path) -> Result<Checked, BackupError> {
    let file = File::open(path).map_err(BackupError::file(path))?;
    let mut found = Found::default();
    for entry in Archive::new(BufReader::new(file)).entries()? {
        let entry = entry?;
        let name = entry.path()?.to_string_lossy().into_owned();
        found.take(&name, entry)?;
    }
    found.compare()
}

/// The lines of the log in an archive, in order, for putting them into a database.
pub(super) fn each_entry(
    path: &Path,
    mut take: impl FnMut(Entry) -> Result<(), BackupError>,
) -> Result<(), BackupError> {
    let file = File::open(path).map_err(BackupError::file(path))?;
    for entry in Archive::new(BufReader::new(file)).entries()? {
        let entry = entry?;
        if entry.path()?.as_os_str() == LOG {
            let mut lines = Lines::new(LOG, entry);
            while let Some(row) = lines.next()? {
                take(row)?;
            }
        }
    }
    Ok(())
}

/// What was found in an archive so far.
#[derive(Default)]
struct Found {
    office: Office,
    end: ChainEnd,
    accounts: Vec<Account>,
    files: Vec<KeptFile>,
    addresses: Vec<KeptAddress>,
    outbox: Vec<KeptLetter>,
    parts: BTreeMap<&'static str, Part>,
    bytes: BTreeMap<String, u64>,
    manifest: Option<Manifest>,
}

impl Found {
    fn take(&mut self, name: &str, entry: impl Read) -> Result<(), BackupError> {
        match name {
            LOG => self.log(entry)?,
            ACCOUNTS => self.accounts = self.rows(ACCOUNTS, entry)?,
            ADDRESSES => self.addresses = self.rows(ADDRESSES, entry)?,
            OUTBOX => self.outbox = self.rows(OUTBOX, entry)?,
            FILES => self.files = self.rows(FILES, entry)?,
            MANIFEST => {
                let manifest = serde_json::from_reader(entry);
                let line = |source| BackupError::Line { part: MANIFEST, line: 1, source };
                self.manifest = Some(manifest.map_err(line)?);
            }
            _ => {
                let (sha256, size) = digest(entry)?;
                if name.strip_prefix(FOLDER).and_then(|name| name.strip_prefix('/')) != Some(&sha256) {
                    return Err(BackupError::Part(format!("isi {name} tidak sesuai dengan SHA-256-nya")));
                }
                self.bytes.insert(sha256, size);
            }
        }
        Ok(())
    }

    fn log(&mut self, entry: impl Read) -> Result<(), BackupError> {
        let (mut lines, mut end) = (Lines::new(LOG, entry), self.end);
        let mut fault = None;
        let records = std::iter::from_fn(|| match next_record(&mut lines, &mut end) {
            Ok(record) => record,
            Err(error) => {
                fault = Some(error);
                None
            }
        });
        let office = domain::office::replay(records);
        if let Some(fault) = fault {
            return Err(fault);
        }
        (self.office, self.end) = (office?, end);
        self.parts.insert(LOG, lines.part());
        Ok(())
    }

    fn rows<T: DeserializeOwned>(
        &mut self,
        part: &'static str,
        entry: impl Read,
    ) -> Result<Vec<T>, BackupError> {
        let (mut lines, mut rows) = (Lines::new(part, entry), Vec::new());
        while let Some(row) = lines.next()? {
            rows.push(row);
        }
        self.parts.insert(part, lines.part());
        Ok(rows)
    }

    fn compare(self) -> Result<Checked, BackupError> {
        let fault = |text: &str| Err(BackupError::Part(text.to_owned()));
        let Some(manifest) = self.manifest else { return fault("berhenti sebelum selesai (tanpa manifest)") };
        if manifest.format > FORMAT || manifest.schema > schema::version() {
            return Err(BackupError::Newer { program: manifest.program });
        }
        let told = [
            (LOG, Some(&manifest.log)),
            (ACCOUNTS, Some(&manifest.accounts)),
            (FILES, Some(&manifest.files)),
            (ADDRESSES, manifest.addresses.as_ref()),
            (OUTBOX, manifest.outbox.as_ref()),
        ];
        for (name, told) in told {
            if self.parts.get(name) != told {
                return fault(&format!("{name} tidak sesuai dengan manifest"));
            }
        }
        if manifest.last_hash != self.end.hash {
            return fault("akhir riwayat tidak sesuai dengan manifest");
        }
        let listed: BTreeMap<_, _> =
            self.files.iter().map(|file| (file.view.sha256.clone(), file.view.size)).collect();
        if listed != self.bytes {
            return fault("ada berkas yang hilang, berlebih atau tidak sesuai ukurannya");
        }
        let Self { office, accounts, files, addresses, outbox, .. } = self;
        Ok(Checked { manifest, office, accounts, files, addresses, outbox })
    }
}

fn next_record<R: Read>(lines: &mut Lines<R>, end: &mut ChainEnd) -> Result<Option<Recorded>, BackupError> {
    let Some(entry) = lines.next::<Entry>()? else { return Ok(None) };
    Ok(Some(end.follow(&entry)?))
}

/// The lines of a part, counted and hashed as they are read.
struct Lines<R> {
    part: &'static str,
    from: BufReader<R>,
    line: Vec<u8>,
    count: u64,
    sha256: Sha256,
}

impl<R: Read> Lines<R> {
    fn new(part: &'static str, from: R) -> Self {
        Self { part, from: BufReader::new(from), line: Vec::new(), count: 0, sha256: Sha256::new() }
    }

    fn next<T: DeserializeOwned>(&mut self) -> Result<Option<T>, BackupError> {
        self.line.clear();
        if self.from.read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        self.count += 1;
        self.sha256.update(&self.line);
        let (part, line) = (self.part, self.count);
        serde_json::from_slice(&self.line).map(Some).map_err(|source| BackupError::Line {
            part,
            line,
            source,
        })
    }

    fn part(self) -> Part {
        Part { count: self.count, sha256: hex(&self.sha256.finalize()) }
    }
}

fn digest(mut bytes: impl Read) -> io::Result<(String, u64)> {
    let mut sha256 = Sha256::new();
    let size = io::copy(&mut bytes, &mut sha256)?;
    Ok((hex(&sha256.finalize()), size))
}

/// The bytes of every received file in an archive, in order.
pub(super) fn each_file(
    path: &Path,
    mut take: impl FnMut(&str, &mut dyn Read) -> Result<(), BackupError>,
) -> Result<(), BackupError> {
    let file = File::open(path).map_err(BackupError::file(path))?;
    for entry in Archive::new(BufReader::new(file)).entries()? {
        let mut entry = entry?;
        let name = entry.path()?.to_string_lossy().into_owned();
        if let Some(sha256) = name.strip_prefix(FOLDER).and_then(|name| name.strip_prefix('/')) {
            take(sha256, &mut entry)?;
        }
    }
    Ok(())
}

impl Manifest {
    /// Whether a log ends where this archive's does.
    pub(super) fn ends_at(&self, records: u64, hash: Hash) -> bool {
        self.log.count == records && self.last_hash == hash
    }
}
