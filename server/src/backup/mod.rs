//! A whole office in one file: a tar with the log exactly as stored, accounts, files, and a
//! manifest that says what there must be.
//!
//! In this order: `log.jsonl`, `accounts.jsonl`, `addresses.jsonl`, `outbox.jsonl`, `files.jsonl`,
//! `files/<sha256>` for each, `manifest.json`. Sessions are not in it: whoever restores signs in
//! again. The outbox is, so that a restored office says nothing twice.

mod check;
mod restore;
mod write;

use std::io;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use domain::id::Seq;
use domain::office::CorruptLog;
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use check::check;
pub use restore::{UNFINISHED, restore};
pub use write::{spool, write};

use crate::store::StoreError;
use crate::store::chain::{ChainError, Hash};

/// The form of the archive that this build writes, and the newest that it reads.
const FORMAT: u32 = 1;

const LOG: &str = "log.jsonl";
const ACCOUNTS: &str = "accounts.jsonl";
const ADDRESSES: &str = "addresses.jsonl";
const OUTBOX: &str = "outbox.jsonl";
const FILES: &str = "files.jsonl";
const FOLDER: &str = "files";
const MANIFEST: &str = "manifest.json";

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
    /// The log.
    pub log: Part,
    /// The hash of the last row of the log.
    pub last_hash: Hash,
    /// The accounts.
    pub accounts: Part,
    /// The list of files.
    pub files: Part,
    /// The addresses for mail; not in archives from before there were any.
    #[serde(default)]
    pub addresses: Option<Part>,
    /// The mails that went or are to go; likewise.
    #[serde(default)]
    pub outbox: Option<Part>,
}

/// One part of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// How many lines it has.
    pub count: u64,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
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
        part: &'static str,
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
    /// There is something already where it should be restored to.
    #[error("{0} tidak kosong; pulihkan ke tempat yang kosong")]
    NotEmpty(String),
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
        let Self { log, accounts, files, last_hash, .. } = self;
        let (log, accounts, files) = (log.count, accounts.count, files.count);
        format!("{log} catatan, {accounts} akun, {files} berkas; SHA-256 terakhir {last_hash}")
    }

    /// How many records the log has.
    pub fn records(&self) -> Seq {
        self.log.count
    }
}
