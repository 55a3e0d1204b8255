//! A row of the log.

use domain::id::Seq;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::hash::Hash;

/// One row of the log, as it is stored and as a backup carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place: 1, 2, 3 …
    pub seq: Seq,
    /// The hash of the row before it.
    pub prev: Hash,
    /// The record as JSON, exactly as it is hashed.
    pub body: String,
    /// The command, on the first of its events only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
}

impl Entry {
    /// How many rows are read at once: enough to forget the cost of asking, few enough to
    /// keep memory small (about 2 MB).
    pub const PAGE: u32 = 4000;
}

impl Entry {
    /// The hash that the next row carries.
    pub fn hash(&self) -> Hash {
        let mut sha = Sha256::new();
        sha.update(self.prev.to_string());
        sha.update(b"\n");
        sha.update(&self.body);
        Hash::from_bytes(sha.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_a_row_is_what_the_documents_say() {
        let entry = Entry { seq: 1, prev: Hash::default(), body: "{}".to_owned(), command: None };
        let text = format!("{}\n{{}}", "0".repeat(64));
        assert_eq!(entry.hash().to_string(), format!("{:x}", Sha256::digest(text)));
    }
}
