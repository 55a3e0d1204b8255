//! What the office's pages about reports show.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use desk::account::Person;
use desk::report::{Content, DraftBrief};
use domain::agency::Agency;
use domain::id::{AccountId, RunId};
use domain::report::Report;
use serde::{Deserialize, Serialize};

use crate::office::server::Snapshot;

/// Every report of a run, and what is only drafted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MatrixView {
    /// The run.
    pub snapshot: Snapshot,
    /// Drafts, as of now.
    pub drafts: Vec<DraftBrief>,
    /// Among whom the viewer may divide what nobody reviews yet; empty if they may not.
    pub reviewers: Vec<(AccountId, Person)>,
}

/// One agency's report, for those who judge and review it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportSheet {
    /// The run.
    pub run: RunId,
    /// The year that it is about.
    pub data_year: i32,
    /// The agency.
    pub agency: Agency,
    /// Until when it is in time.
    pub deadline: Option<DateTime<Utc>>,
    /// What was sent; no rounds: nothing yet.
    pub report: Report,
    /// The documents of the rounds, in order; `None` if one is lost.
    pub contents: Vec<Option<Content>>,
    /// What the viewer may do.
    pub may: May,
    /// Who can be its reviewer.
    pub reviewers: Vec<(AccountId, Person)>,
    /// Names of people.
    pub names: BTreeMap<AccountId, Person>,
}

/// What somebody may do with a report now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct May {
    /// Judge it.
    pub judge: bool,
    /// Fill in the review list.
    pub review: bool,
    /// Send it back.
    pub give_back: bool,
    /// Accept it.
    pub accept: bool,
    /// Say who reviews it.
    pub assign: bool,
}

/// The achievement of one agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its short name.
    pub short: String,
    /// Rows of its table.
    pub rows: u16,
    /// Rows with a percentage.
    pub measured: u16,
    /// Their average, in hundredths of a percent.
    pub average: Option<i64>,
    /// Rows in each category, the best first.
    pub categories: [u16; 5],
    /// The average of the year before, if a run of that year has it.
    pub last: Option<i64>,
}

/// The achievement of every agency that has sent its report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recap {
    /// The run.
    pub run: RunId,
    /// The year.
    pub data_year: i32,
    /// How many agencies there are.
    pub agencies: usize,
    /// Those that have sent, by short name.
    pub parts: Vec<Part>,
}

impl Recap {
    /// Rows of all agencies in each category, the best first.
    pub(super) fn counts(&self) -> [u32; 5] {
        let mut counts = [0; 5];
        for part in &self.parts {
            for (sum, count) in counts.iter_mut().zip(part.categories) {
                *sum += u32::from(count);
            }
        }
        counts
    }

    /// The plain average of the agencies' averages, in hundredths of a percent.
    pub(super) fn average(&self) -> Option<i64> {
        let averages: Vec<_> = self.parts.iter().filter_map(|part| part.average).collect();
        let count = i64::try_from(averages.len()).ok().filter(|count| *count > 0)?;
        Some((averages.iter().sum::<i64>() + count / 2) / count)
    }
}
