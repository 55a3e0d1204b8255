//! Why the database did not do what it was asked.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use domain::id::Seq;
use surrealdb::types::QueryError;
use thiserror::Error;

use super::loss::{Damaged, Loss};
use super::mark::MarkError;
use super::row::Unreadable;
use super::schema::SchemaError;

/// How long the log may take to answer before those who wait are told that it does not: far
/// more than a disk needs, less than people bear.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// Why the database did not do what it was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The address cannot be used.
    #[error("alamat basis data tidak dapat dipakai: {0}")]
    Url(String),
    /// It cannot be opened or reached.
    #[error("basis data {url} tidak dapat dibuka: {source}")]
    Open {
        /// Its address, without a password.
        url: String,
        /// What the database said.
        source: Box<surrealdb::Error>,
    },
    /// Another program holds the folder.
    #[error("basis data {url} sedang dipakai program lain (barangkali server Alur yang lain)")]
    InUse {
        /// Its address.
        url: String,
    },
    /// What the last run left behind in the folder cannot be taken in.
    #[error("catatan terakhir di {url} tidak dapat dibaca: {why}")]
    WriteAhead {
        /// Its address.
        url: String,
        /// What the engine said.
        why: String,
    },
    /// It does not hold what was acknowledged.
    #[error("{0}")]
    Lost(Box<Loss>),
    /// A file of it is damaged or missing.
    #[error("{0}")]
    Damaged(Box<Damaged>),
    /// The engine does not come to an end with opening it.
    #[error("mesin basis data belum selesai membuka {url} setelah {seconds} detik; coba sekali lagi")]
    Stuck {
        /// Its address.
        url: String,
        /// How long it was given.
        seconds: u64,
    },
    /// Its folder cannot be used.
    #[error("{}: {source}", path.display())]
    Folder {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It cannot be written down what was acknowledged.
    #[error("tanda tentang yang sudah diakui tidak dapat ditulis: {0}")]
    Mark(#[from] MarkError),
    /// Something cannot be put into words. Nothing of it was written.
    #[error("isinya tidak dapat ditulis: {0}")]
    Unwritable(#[from] serde_json::Error),
    /// A row cannot be read. It stays as it is.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// The tables are not those of this build.
    #[error(transparent)]
    Schema(#[from] SchemaError),
    /// A row of the log carries something that is no hash.
    #[error("catatan {seq} diubah setelah ditulis: isinya bukan SHA-256")]
    BadHash {
        /// The row.
        seq: Seq,
    },
    /// It does not answer.
    #[error("basis data tidak menjawab dalam {} detik", PATIENCE.as_secs())]
    Silent,
    /// A row is not one that a backup can carry.
    #[error("satu baris basis data tidak dapat dicadangkan: {0}")]
    Row(String),
    /// A statement failed.
    #[error("basis data menjawab dengan kesalahan: {0}")]
    Database(#[source] Box<surrealdb::Error>),
}

impl From<surrealdb::Error> for StoreError {
    fn from(error: surrealdb::Error) -> Self {
        Self::Database(Box::new(error))
    }
}

impl StoreError {
    /// Whether another writer was first, or is just being first.
    pub(crate) fn is_conflict(&self) -> bool {
        let Self::Database(error) = self else { return false };
        error.is_already_exists() || self.is_retriable()
    }

    /// Whether another transaction touched the same row, so that the same may be tried again.
    pub(super) fn is_retriable(&self) -> bool {
        let Self::Database(error) = self else { return false };
        matches!(error.query_details(), Some(QueryError::TransactionConflict))
    }
}
