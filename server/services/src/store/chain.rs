//! The chain: each row of the log carries the SHA-256 of the row before it.

use domain::id::Seq;
use domain::log::Recorded;
use thiserror::Error;

use super::entry::Entry;
use super::hash::Hash;
use super::record::{read_record, write_record};

/// The end of a chain: what the next row has to follow. The default is an empty log, whose
/// hash is all zeros.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChainEnd {
    /// The last record.
    pub seq: Seq,
    /// The hash of its row.
    pub hash: Hash,
}

/// Where a log was changed after it was written.
#[derive(Debug, Error)]
pub enum ChainError {
    /// A row is missing, or there is one too many.
    #[error("catatan {found} mengikuti catatan {after}: ada yang hilang atau disisipkan")]
    Gap {
        /// The last row in order.
        after: Seq,
        /// The one that came next.
        found: Seq,
    },
    /// A row does not carry the hash of the row before it.
    #[error("catatan {after} atau {seq} diubah setelah ditulis: rantai SHA-256 putus")]
    Broken {
        /// The row that was followed.
        after: Seq,
        /// The row that does not follow.
        seq: Seq,
    },
    /// A body cannot be read.
    #[error("catatan {seq} tidak dapat dibaca: {source}")]
    Unreadable {
        /// The row.
        seq: Seq,
        /// Why.
        source: serde_json::Error,
    },
    /// A body says another place than its row has.
    #[error("catatan {row} menyebut dirinya {body}")]
    Misplaced {
        /// Where it stands.
        row: Seq,
        /// Where it says that it stands.
        body: Seq,
    },
}

impl ChainEnd {
    /// Writes a record as the row that follows.
    ///
    /// # Errors
    /// As [`write_record`].
    pub fn link(&mut self, record: &Recorded, opens_command: bool) -> Result<Entry, serde_json::Error> {
        let body = write_record(record)?;
        let command = opens_command.then(|| record.command_id.0.clone());
        let entry = Entry { seq: record.seq, prev: self.hash, body, command };
        *self = Self { seq: record.seq, hash: entry.hash() };
        Ok(entry)
    }

    /// Checks that a row is the one that follows, and reads its record.
    ///
    /// # Errors
    /// [`ChainError`]; the end stays where it was.
    pub fn follow(&mut self, entry: &Entry) -> Result<Recorded, ChainError> {
        let (after, seq) = (self.seq, entry.seq);
        if seq != after + 1 {
            return Err(ChainError::Gap { after, found: seq });
        }
        if entry.prev != self.hash {
            return Err(ChainError::Broken { after, seq });
        }
        let record = read_record(&entry.body).map_err(|source| ChainError::Unreadable { seq, source })?;
        if record.seq != seq {
            return Err(ChainError::Misplaced { row: seq, body: record.seq });
        }
        *self = Self { seq, hash: entry.hash() };
        Ok(record)
    }
}
