//! Files that belong to a run, such as a signed scan, and the disk that they lie on. Bytes travel over
//! the server's own routes: `POST /berkas` (multipart, field `berkas`) and `GET /berkas/{sha256}`.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::problem::Problem;

/// A file that was received and is durable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileView {
    /// SHA-256 of its bytes, lower-case hex; also its address: `/berkas/{sha256}`.
    pub sha256: String,
    /// The name it was sent under, for people; never a path.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// What its content is: `application/pdf`, `image/png`, `image/jpeg`.
    pub media_type: String,
}

/// What lies on the office's disk, in bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Storage {
    /// The whole disk.
    pub size: u64,
    /// What is free of it.
    pub free: u64,
    /// What of that is kept for the log, and not for files.
    pub reserve: u64,
    /// In a word.
    pub state: StorageState,
    /// Uploads that are not complete.
    pub uploads: usize,
    /// Their bytes.
    pub begun: u64,
    /// Files that have come and were not sent: in drafts, or taken out again.
    pub unsent: u64,
    /// Files that the log names, which stay.
    pub sent: u64,
}

/// How the disk stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StorageState {
    /// There is room.
    Ample,
    /// There is less than the reserve once more.
    Low,
    /// There is no room for a large file any more.
    Full,
}

/// A length in bytes, in words: "59,2 GB", "850 MB".
pub fn room_words(bytes: u64) -> String {
    const GB: u64 = 1_000_000_000;
    if bytes < GB {
        return format!("{} MB", bytes / 1_000_000);
    }
    format!("{},{} GB", bytes / GB, bytes % GB / (GB / 10))
}

/// Received files, as the pages see them.
#[async_trait]
pub trait Files: Send + Sync {
    /// The file with this hash, if there is one.
    async fn find(&self, sha256: String) -> Result<Option<FileView>, Problem>;

    /// What lies on the disk.
    ///
    /// # Errors
    /// [`Problem::Unwell`], if the system does not say.
    fn storage(&self) -> Result<Storage, Problem>;
}

/// A length in bytes, in words: "8,4 MB".
pub fn size_words(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bita"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{},{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::room_words;

    #[test]
    fn room_is_said_in_words() {
        let words = [0, 999_999_999, 1_000_000_000, 59_290_000_000].map(room_words);
        assert_eq!(words, ["0 MB", "999 MB", "1,0 GB", "59,2 GB"]);
    }
}
