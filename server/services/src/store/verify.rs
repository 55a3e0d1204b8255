//! Reading the whole log to see whether its chain is whole.

use domain::id::Seq;
use thiserror::Error;

use super::chain::{ChainEnd, ChainError};
use super::entry::Entry;
use super::fault::StoreError;
use super::handle::Store;
use super::hash::Hash;

/// A log whose chain is whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many records it has.
    pub records: Seq,
    /// The hash of its last row. Whoever keeps it elsewhere can tell later that nothing up
    /// to here was changed, not even by rewriting the whole chain.
    pub last_hash: Hash,
}

/// Why a log could not be verified.
#[derive(Debug, Error)]
pub enum VerifyError {
    /// It was changed.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// It could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Reads the whole log and checks its chain.
///
/// # Errors
/// The first row that does not follow, or that the database cannot be read.
pub async fn verify(store: &Store) -> Result<Verified, VerifyError> {
    let mut end = ChainEnd::default();
    loop {
        let entries = store.entries_after(end.seq, Entry::PAGE).await?;
        if entries.is_empty() {
            return Ok(Verified { records: end.seq, last_hash: end.hash });
        }
        for entry in &entries {
            end.follow(entry)?;
        }
    }
}
