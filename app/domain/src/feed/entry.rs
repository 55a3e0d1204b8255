//! A due date as it stands in a calendar.

use chrono::{DateTime, TimeDelta, Utc};

use crate::id::Seq;

/// How long before it is due an entry begins: an entry without length is not shown by all.
pub(super) const SHOWN: TimeDelta = TimeDelta::minutes(30);

/// A due date as it stands in a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The same for the same row of the same run, for ever.
    pub uid: String,
    /// Grows with every change.
    pub sequence: Seq,
    /// When it was last changed.
    pub changed: DateTime<Utc>,
    /// When it is due; the end of the entry.
    pub due: DateTime<Utc>,
    /// In one line.
    pub summary: String,
    /// In some lines.
    pub description: String,
    /// The sheet.
    pub url: Option<String>,
    /// Whether it holds.
    pub holds: Holds,
}

/// Whether an entry holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// It does.
    Confirmed,
    /// The run stands still, and what is due moves with it.
    Tentative,
    /// The run was given up.
    Cancelled,
}
