//! A report (LKj) while it is written and once it is sent.

pub mod import;
mod link;
mod matrix;
mod port;
mod receipt;
mod version;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::achievement::{Row, Summary};
use domain::agency::Agency;
use domain::id::{AccountId, AgencyCode, RunId};
use domain::report::parts::PARTS;
use domain::report::{Digest, FileRef};
use serde::{Deserialize, Serialize};

pub use link::{FreshLink, LinkView};
pub use matrix::{MatrixLine, Standing, lines};
pub use port::Submissions;
pub use receipt::Receipt;
pub use version::{Seen, Writer};

/// Who collects the reports.
pub const OFFICE: &str = "Biro Organisasi Setda Provinsi Jambi";

/// Who sends reports for an agency. Not a [`Caller`](crate::account::Caller), so that nothing that is
/// made for the office's own people ever takes one for the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgencyCaller {
    /// The account, or the link, that it came with.
    pub account: AccountId,
    /// The agency.
    pub agency: AgencyCode,
    /// The only run that it came for; a link is for one.
    pub run: Option<RunId>,
}

impl AgencyCaller {
    /// Whether it came by its link, and not by an account of its own.
    pub fn by_link(&self) -> bool {
        self.run.is_some()
    }
}

/// A report as a document: what stands behind [`Digest::content`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The agency as it was called when it sent it.
    pub agency: Agency,
    /// The year that it is about.
    pub data_year: i32,
    /// Which sending it was, from 1.
    pub round: u16,
    /// The table of achievement.
    pub rows: Vec<Row>,
    /// The parts that the agency says are in it, by key.
    pub have: BTreeSet<String>,
    /// The report itself.
    pub report: Option<FileRef>,
    /// What belongs to it.
    pub annexes: Vec<FileRef>,
}

impl Content {
    /// The parts that it says are not in it.
    pub fn missing(&self) -> Vec<String> {
        let missing = PARTS.iter().filter(|part| !self.have.contains(part.key));
        missing.map(|part| part.key.to_owned()).collect()
    }

    /// What the log keeps of it. `hash` is that of the document.
    pub fn digest(&self, hash: String, reason: String) -> Digest {
        let summary = Summary::of(&self.rows);
        Digest {
            content: hash,
            files: self.report.iter().chain(&self.annexes).cloned().collect(),
            rows: summary.rows,
            measured: summary.measured,
            average: summary.average.map(domain::achievement::Decimal::hundredths),
            categories: summary.categories,
            missing: self.missing(),
            reason,
        }
    }
}

/// How large the files of a report may be, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sizes {
    /// One file.
    pub file: u64,
    /// All of them together.
    pub total: u64,
}

impl Default for Sizes {
    fn default() -> Self {
        Self { file: 20 << 20, total: 100 << 20 }
    }
}

/// A report that is being written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The table of achievement.
    pub rows: Vec<Row>,
    /// How often the table was changed: who saves says which one they saw.
    pub rows_version: u32,
    /// Who changed it last.
    #[serde(default, skip_serializing_if = "Writer::is_nobody")]
    pub rows_by: Writer,
    /// The parts that are in it, by key.
    pub have: BTreeSet<String>,
    /// How often the list of parts was changed.
    pub have_version: u32,
    /// Who changed it last.
    #[serde(default, skip_serializing_if = "Writer::is_nobody")]
    pub have_by: Writer,
    /// The report itself, a PDF.
    pub report: Option<FileRef>,
    /// What belongs to it.
    pub annexes: Vec<FileRef>,
    /// When it was last changed.
    pub saved: Option<DateTime<Utc>>,
}

impl Draft {
    /// Largest number of annexes.
    pub const MAX_ANNEXES: usize = 20;

    /// Whether nothing was written yet.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.have.is_empty() && self.files().next().is_none()
    }

    /// Its files; the report itself first.
    pub fn files(&self) -> impl Iterator<Item = &FileRef> {
        self.report.iter().chain(&self.annexes)
    }
}

/// What came of saving a part of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Saved {
    /// It is kept, under this version.
    Kept(u32),
    /// Another device has changed it since; nothing was overwritten.
    Changed(Box<Draft>),
}

/// How far a draft is, for the office's overview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftBrief {
    /// Whose it is.
    pub agency: AgencyCode,
    /// Rows of the table.
    pub rows: usize,
    /// Parts that are in it; `None` if the draft cannot be read.
    pub have: Option<usize>,
    /// Files.
    pub files: usize,
    /// When it was last changed.
    pub saved: Option<DateTime<Utc>>,
}

/// An average or a capaian of so many hundredths of a percent: "98,50%".
pub fn percent(hundredths: i64) -> String {
    let number = domain::achievement::Decimal::new(hundredths, 2);
    number.map(|number| format!("{}%", number.fixed(2))).unwrap_or_default()
}
