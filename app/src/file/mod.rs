//! Files that belong to a run, such as a signed scan.

mod field;
#[cfg(feature = "ssr")]
pub mod port;
#[cfg(feature = "hydrate")]
mod upload;

use serde::{Deserialize, Serialize};

pub(crate) use field::{FileField, UPLOAD_FORM};

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
