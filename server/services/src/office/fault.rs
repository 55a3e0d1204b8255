//! Why an office cannot be opened.

use domain::office::CorruptLog;
use thiserror::Error;

use crate::store::StoreError;
use crate::store::chain::ChainError;

/// Why an office cannot be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The database cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The log was changed after it was written.
    #[error("riwayat kantor rusak: {0}")]
    Chain(#[from] ChainError),
    /// The log says what cannot have happened.
    #[error("riwayat kantor rusak: {0}")]
    Corrupt(#[from] CorruptLog),
    /// Reading it was cut short.
    #[error("riwayat kantor tidak selesai dibaca")]
    CutShort,
}
