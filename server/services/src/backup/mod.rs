//! A whole office in one file: a tar with the log exactly as stored, every kept table, all files,
//! a manifest that says what there must be, and the office's signature under it.
//!
//! In this order: `log.jsonl`, `tables/<table>.jsonl` for each, `files/<sha256>` for each received
//! file and `files/<key>.unggah` for each that is still coming, `manifest.json`, `signature.json`.
//! What is left out, and why, stands in `store::tables` and in the manifest.

mod check;
mod first;
mod key;
mod lines;
mod restore;
mod source;
mod tape;
mod whole;
mod write;

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use domain::id::Seq;
use domain::office::CorruptLog;
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use check::check;
pub use key::{ClaimedKey, Fingerprint, KEY_FILE, OfficeKey, PublicKey};
pub use restore::{Restored, Trust, UNFINISHED, restore};
pub use source::{Identity, NoIdentity, Recipient, Source, encrypt};
pub use whole::{Seal, Whole};
pub use write::{spool, write};

use crate::store::Hash;
use crate::store::StoreError;
use crate::store::chain::ChainError;

/// The form of the archive that this build writes, and the newest that it reads.
const FORMAT: u32 = 2;

const LOG: &str = "log.jsonl";
const TABLES: &str = "tables";
const FOLDER: &str = "files";
const MANIFEST: &str = "manifest.json";
const SIGNATURE: &str = "signature.json";

/// What an archive must hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the archive.
    pub format: u32,
    /// The program that wrote it.
    pub program: String,
    /// The tables that the program knew.
    pub schema: u32,
    /// When it was begun.
    pub made_at: DateTime<Utc>,
    /// The hash of the last row of the log.
    pub last_hash: Hash,
    /// The log and each table, by name.
    pub parts: BTreeMap<String, Part>,
    /// The list of what is in `files/`: as `sha256sum` writes it, in the order of the archive.
    /// Archives of the first form have none.
    pub files: Option<Part>,
    /// The tables that are not in it, and why.
    pub left_out: BTreeMap<String, String>,
}

/// One part of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// How many lines it has.
    pub count: u64,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
}

/// The last entry: who signed the manifest.
#[derive(Debug, Serialize, Deserialize)]
struct Signature {
    /// The public key, in hex.
    key: String,
    /// The Ed25519 signature over the bytes of the manifest, in hex.
    signature: String,
}

/// Why a backup was not made or not restored. One line for the person.
#[derive(Debug, Error)]
pub enum BackupError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The log is not what it was when it was written.
    #[error("riwayat kantor rusak: {0}")]
    Chain(#[from] ChainError),
    /// The log says what cannot have happened.
    #[error("riwayat kantor rusak: {0}")]
    Corrupt(#[from] CorruptLog),
    /// A file or a folder failed.
    #[error("{}: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The office's key cannot be used.
    #[error("kunci kantor {} {why}", path.display())]
    Key {
        /// Where it lies.
        path: PathBuf,
        /// Why not.
        why: &'static str,
    },
    /// The archive cannot be read to its end.
    #[error("arsip tidak utuh: {0}")]
    Archive(#[from] io::Error),
    /// A part is missing, surplus, or not as the manifest says.
    #[error("arsip tidak utuh: {0}")]
    Part(String),
    /// A line is not what it should be.
    #[error("arsip tidak utuh: {part} baris {line}: {source}")]
    Line {
        /// Which part.
        part: String,
        /// Which line, from 1.
        line: u64,
        /// Why.
        source: serde_json::Error,
    },
    /// It was written by a newer program.
    #[error("arsip ini dibuat oleh Alur {program} yang lebih baru; pakai program yang lebih baru")]
    Newer {
        /// The program that wrote it.
        program: String,
    },
    /// It is signed by a key that is not known here.
    #[error(
        "arsip ini ditandatangani kunci {0}, yang tidak dikenal di sini; bandingkan dengan lembar kunci kantor, \
         dan bila sama ulangi dengan --key {0}"
    )]
    Stranger(Fingerprint),
    /// It is not signed, or not by the key that it names.
    #[error(
        "arsip ini {0}, jadi tidak ada yang menjamin isinya dari kantor ini; bila asalnya pasti, ulangi dengan --unsigned"
    )]
    Unsigned(&'static str),
    /// It is encrypted, and cannot be read.
    #[error("arsip terenkripsi: {0}")]
    Locked(String),
    /// There is something already where it should be restored to.
    #[error("{0} tidak kosong; pulihkan ke tempat yang kosong")]
    NotEmpty(String),
}

impl Signature {
    /// Its text, in the only form there is.
    fn text(&self) -> io::Result<Vec<u8>> {
        let mut text = serde_json::to_vec(self)?;
        text.push(b'\n');
        Ok(text)
    }

    fn read(text: &[u8]) -> Option<Self> {
        let signature: Self = serde_json::from_slice(text).ok()?;
        signature.text().is_ok_and(|ours| ours == text).then_some(signature)
    }
}

impl BackupError {
    fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }
}

impl Manifest {
    /// The archive in one line, for the person.
    pub fn words(&self) -> String {
        let rows = |name: &str| {
            let part = self.parts.get(&part_of(name)).or_else(|| self.parts.get(&format!("{name}.jsonl")));
            part.map_or(0, |part| part.count)
        };
        let files = self.files.as_ref().map_or_else(|| rows("files"), |files| files.count);
        let (log, accounts, hash) = (self.records(), rows("account").max(rows("accounts")), self.last_hash);
        format!("{log} catatan, {accounts} akun, {files} berkas; SHA-256 terakhir {hash}")
    }

    /// How many records the log has.
    pub fn records(&self) -> Seq {
        self.parts.get(LOG).map_or(0, |log| log.count)
    }

    /// Whether a log ends where this archive's does.
    fn ends_at(&self, records: u64, hash: Hash) -> bool {
        self.records() == records && self.last_hash == hash
    }
}

/// The part that holds a table.
fn part_of(table: &str) -> String {
    format!("{TABLES}/{table}.jsonl")
}

/// The table that a part holds.
fn table_of(part: &str) -> Option<&str> {
    part.strip_prefix(TABLES)?.strip_prefix('/')?.strip_suffix(".jsonl")
}
