//! Reports (LKj): the agencies' own pages, and the office's side of them.

mod autosave;
mod capaian;
mod check;
#[cfg(feature = "hydrate")]
mod fresh;
mod links;
mod page;
mod parts;
mod pieces;
#[cfg(feature = "ssr")]
pub mod port;
mod receipt;
mod send;
mod sending;
mod server;
mod upload;
mod version;
#[cfg(feature = "ssr")]
mod view;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::achievement::{Row, Summary};
use domain::agency::Agency;
use domain::id::{AccountId, AgencyCode, RunId};
use domain::report::parts::PARTS;
use domain::report::{Digest, FileRef};
use serde::{Deserialize, Serialize};

pub use check::{CheckPage, CheckReceipt};
pub use links::{GetLinks, LinksPage, MakeLinks, RevokeLink};
pub use page::{AgencyHome, ReportPage, VoidLinkPage};
pub use receipt::{GetReceipt, Receipt, ReceiptPage};
pub use server::{GetAgencyHome, GetReport, PasteRows, RemoveFile, SaveParts, SaveRows, SendReport};
pub use version::{Seen, Writer};

/// Who sends reports for an agency. Not a [`crate::account::Caller`], so that nothing that is
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
    /// The capaian table.
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
    /// The capaian table.
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
    /// Parts that are in it.
    pub have: usize,
    /// Files.
    pub files: usize,
    /// When it was last changed.
    pub saved: Option<DateTime<Utc>>,
}

/// A link that was just made: the only time that it can be seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreshLink {
    /// Whose it is.
    pub agency: AgencyCode,
    /// The address.
    pub url: String,
    /// The address as a QR code, an SVG.
    pub qr: String,
    /// Until when it opens the page.
    pub expires: DateTime<Utc>,
}

/// An agency's link, as the office sees it. The link itself is shown once only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkView {
    /// Whose it is.
    pub agency: AgencyCode,
    /// Who made it.
    pub made_by: AccountId,
    /// When.
    pub made_at: DateTime<Utc>,
    /// Until when it opens the page.
    pub expires: DateTime<Utc>,
    /// When it was last used.
    pub used_at: Option<DateTime<Utc>>,
}

/// A length in bytes, in words: "8,4 MB".
pub fn size_words(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bita"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{},{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}
