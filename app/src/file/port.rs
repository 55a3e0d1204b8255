//! What the pages need to know about files. Bytes travel over the server's own routes:
//! `POST /berkas` (multipart, field `berkas`) and `GET /berkas/{sha256}`.

use crate::file::FileView;
use crate::shell::port::Answer;

/// Received files, as the pages see them.
pub trait Files: Send + Sync {
    /// The file with this hash.
    fn find(&self, sha256: String) -> Answer<'_, Option<FileView>>;
}
