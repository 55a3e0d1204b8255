//! A run: one carrying-out of a procedure, from Mulai to Selesai.

mod clock;
mod fold;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use clock::{Due, RowClock};
pub use fold::DoesNotFit;

use crate::id::{AgencyCode, LaneId, RunId};
use crate::log::{Recorded, Stamp};
use crate::report::Report;
use crate::sop::{Answers, CellRef, SopKey};

/// One carrying-out of a procedure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Its number.
    pub id: RunId,
    /// The version of the procedure that it keeps.
    pub sop: SopKey,
    /// The year that its data is about.
    pub data_year: i32,
    /// When and by whom it was started.
    pub started: Stamp,
    /// Whether it goes on.
    pub status: Status,
    /// Every time a cell had its turn, in order. The last one without an outcome is the
    /// cell whose turn it is now.
    pub visits: Vec<Visit>,
    /// The round that each row is in, first row first; rows not named are in round 1.
    pub rounds: Vec<u16>,
    /// When it stood still.
    pub halts: Vec<Halt>,
    /// The reports that agencies handed in.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reports: BTreeMap<AgencyCode, Arc<Report>>,
    /// What happened in it, oldest first; without what became of the reports.
    pub history: Vec<Arc<Recorded>>,
}

/// Whether a run goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// In progress.
    Going,
    /// Every cell is finished.
    Finished(Stamp),
    /// Given up.
    Cancelled(Stamp, String),
}

/// One turn of a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// The cell.
    pub cell: CellRef,
    /// In which round of its row.
    pub round: u16,
    /// Since when it is its turn.
    pub since: DateTime<Utc>,
    /// What came of it.
    pub outcome: Option<Outcome>,
}

/// What came of a turn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// When and by whom.
    pub stamp: Stamp,
    /// The lane that recorded it on behalf of the cell's own.
    pub recorded_by: Option<LaneId>,
    /// Finished or returned.
    pub kind: OutcomeKind,
}

/// Finished or returned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeKind {
    /// Finished, with what the cell asked for.
    Finished(Answers),
    /// Sent back.
    Returned {
        /// Where to.
        to: CellRef,
        /// Why.
        reason: String,
    },
}

/// A time in which the run stood still.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Halt {
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when; `None` if it still stands.
    pub until: Option<DateTime<Utc>>,
    /// Why.
    pub reason: String,
}

impl Run {
    /// The turn that is open now; `None` when the run is over.
    pub fn open(&self) -> Option<&Visit> {
        self.visits.last().filter(|visit| visit.outcome.is_none() && self.status == Status::Going)
    }

    /// The last turn that came to something: the only one that can be taken back.
    pub fn last_act(&self) -> Option<&Visit> {
        self.visits.iter().rev().find(|visit| visit.outcome.is_some())
    }

    /// Every turn that a cell had, oldest first.
    pub fn visits_of<'a>(&'a self, cell: &'a CellRef) -> impl DoubleEndedIterator<Item = &'a Visit> {
        self.visits.iter().filter(move |visit| visit.cell == *cell)
    }

    /// The round that a row is in, from 1. A return begins a new round of every row from
    /// its target down to where it came from, so no cell has two turns in one round.
    pub fn round(&self, activity: u16) -> u16 {
        let index = usize::from(activity).saturating_sub(1);
        self.rounds.get(index).copied().unwrap_or(1)
    }

    /// The halt that is open now.
    pub fn paused(&self) -> Option<&Halt> {
        self.halts.last().filter(|halt| halt.until.is_none() && self.status == Status::Going)
    }

    /// The same run without its history, for overviews.
    pub fn without_history(&self) -> Self {
        Self { history: Vec::new(), ..self.with_brief_reports() }
    }

    /// The same run with as much of its reports as a sheet shows.
    pub fn with_brief_reports(&self) -> Self {
        let brief = |(code, report): (&AgencyCode, &Arc<Report>)| (code.clone(), Arc::new(report.brief()));
        Self { reports: self.reports.iter().map(brief).collect(), ..self.clone() }
    }
}
