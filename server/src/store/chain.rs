//! The chain: each row of the log carries the SHA-256 of the row before it.

use std::fmt;
use std::str::FromStr;

use domain::id::Seq;
use domain::office::Recorded;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::store::log::Entry;
use crate::store::record::{read_record, write_record};
use crate::store::{Store, StoreError};

/// The SHA-256 of a row: of what it carries about the row before (64 lower-case hex
/// digits), a line feed, and its body exactly as stored.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hash([u8; 32]);

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

impl Entry {
    /// The hash that the next row carries.
    pub fn hash(&self) -> Hash {
        let mut sha = Sha256::new();
        sha.update(self.prev.to_string());
        sha.update(b"\n");
        sha.update(&self.body);
        Hash(sha.finalize().into())
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = [0; 64];
        for (pair, byte) in text.chunks_exact_mut(2).zip(self.0) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        f.write_str(str::from_utf8(&text).unwrap_or_default())
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is no SHA-256 in lower-case hex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("bukan SHA-256 dalam heksadesimal huruf kecil")]
pub struct NoHash;

impl FromStr for Hash {
    type Err = NoHash;

    fn from_str(text: &str) -> Result<Self, NoHash> {
        let digit = |c: u8| match c {
            b'0'..=b'9' => Ok(c - b'0'),
            b'a'..=b'f' => Ok(c - b'a' + 10),
            _ => Err(NoHash),
        };
        let text: &[u8; 64] = text.as_bytes().try_into().map_err(|_| NoHash)?;
        let mut hash = Self::default();
        for (byte, pair) in hash.0.iter_mut().zip(text.chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Ok(hash)
    }
}

impl TryFrom<String> for Hash {
    type Error = NoHash;

    fn try_from(text: String) -> Result<Self, NoHash> {
        text.parse()
    }
}

impl From<Hash> for String {
    fn from(hash: Hash) -> Self {
        hash.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_its_text() {
        let text = "00ff".repeat(16);
        assert_eq!(text.parse::<Hash>().unwrap().to_string(), text);
        assert_eq!(Hash::default().to_string(), "0".repeat(64));
        assert!("00FF".repeat(16).parse::<Hash>().is_err());
        assert!("00".parse::<Hash>().is_err());
    }

    #[test]
    fn the_hash_of_a_row_is_what_the_documents_say() {
        let entry = Entry { seq: 1, prev: Hash::default(), body: "{}".to_owned(), command: None };
        let text = format!("{}\n{{}}", "0".repeat(64));
        assert_eq!(entry.hash().to_string(), format!("{:x}", Sha256::digest(text)));
    }
}
