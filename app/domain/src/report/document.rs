//! What is sent, and what is said to it: plain values, as the log keeps them.

use serde::{Deserialize, Serialize};

/// What a sent report is, in brief, and the hash that binds it to the log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// SHA-256 of the report as a document, lower-case hex.
    pub content: String,
    /// The files that belong to it; the report itself first.
    pub files: Vec<FileRef>,
    /// Rows of the capaian table.
    pub rows: u16,
    /// Rows whose capaian could be computed.
    pub measured: u16,
    /// Average capaian of those, in hundredths of a percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub average: Option<i64>,
    /// Rows in each category, the best first.
    pub categories: [u16; 5],
    /// The parts that the agency says are not in it, by key: see [`super::parts`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// Why it was sent although something is missing; empty if nothing is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// A file of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    /// SHA-256 of its bytes, lower-case hex.
    pub sha256: String,
    /// The name it was sent under.
    pub name: String,
    /// Its length in bytes.
    pub size: u64,
    /// Its type, by its content.
    pub media_type: String,
}

/// Row 7's judgement: whether the information that belongs in a report is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// The parts that the office misses, by key; empty: all is there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// A remark.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// What the office says to a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It has to be improved and sent again.
    Returned(Vec<Finding>),
    /// It is accepted.
    Accepted,
}

/// Something to be improved, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// `umum`, `berkas`, `baris.3`, or the key of a part: see [`super::parts::place`].
    pub place: String,
    /// What to improve.
    pub text: String,
}
