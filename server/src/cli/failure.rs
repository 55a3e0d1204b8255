//! Why a command did not do what it should.

use services::backup::BackupError;
use services::clock::NoTime;
use services::store::StoreError;
use thiserror::Error;

use crate::opening::OpeningError;

/// Why a command did not do what it should. One line for the person.
#[derive(Debug, Error)]
pub enum Failure {
    /// It was said in words already.
    #[error("{0}")]
    Said(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A backup failed.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// The office could not be opened.
    #[error(transparent)]
    Opening(#[from] OpeningError),
    /// The practice clock was not told as it should.
    #[error("ALUR_NOW {0}")]
    Clock(#[from] NoTime),
    /// A file, a folder or a connection failed.
    #[error("{what}: {source}")]
    Io {
        /// Which.
        what: String,
        /// What the system said.
        source: std::io::Error,
    },
}

impl Failure {
    /// Something of this name failed.
    pub(crate) fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }
}
