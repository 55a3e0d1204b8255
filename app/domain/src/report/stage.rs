//! How far the reports of a run are, seen from a cell that waits for them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Report, ReportState};
use crate::agency::Agency;
use crate::id::{AgencyCode, LaneId};
use crate::run::Run;
use crate::sop::{AskKind, Sop};

/// What a cell may wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// That every agency has sent its report.
    Received,
    /// That every report that was sent is judged.
    Judged,
    /// That every report that was sent is accepted.
    Reviewed,
}

impl Stage {
    /// The stage that a question waits for.
    pub fn of(kind: AskKind) -> Option<Self> {
        match kind {
            AskKind::ReportsReceived => Some(Self::Received),
            AskKind::ReportsJudged => Some(Self::Judged),
            AskKind::ReportsReviewed => Some(Self::Reviewed),
            _ => None,
        }
    }

    /// The agencies whose reports have come so far, and those whose have not.
    pub fn split(
        self,
        run: &Run,
        agencies: &BTreeMap<AgencyCode, Agency>,
    ) -> (Vec<AgencyCode>, Vec<AgencyCode>) {
        let reached = |code: &AgencyCode| run.reports.get(code).is_some_and(|report| self.is_reached(report));
        // What was not sent can be neither judged nor reviewed.
        let expected = |code: &&AgencyCode| self == Self::Received || run.reports.contains_key(*code);
        agencies.keys().filter(expected).cloned().partition(reached)
    }

    fn is_reached(self, report: &Report) -> bool {
        match self {
            Self::Received => !report.rounds.is_empty(),
            Self::Judged => {
                report.last().is_some_and(|last| last.judgement.is_some() || last.verdict.is_some())
            }
            Self::Reviewed => report.state() == Some(ReportState::Accepted),
        }
    }
}

impl Sop {
    /// The row whose cell waits for a stage.
    pub fn row_of_stage(&self, stage: Stage) -> Option<u16> {
        let waits = |ask: &crate::sop::Ask| Stage::of(ask.kind) == Some(stage);
        let row = self
            .activities
            .iter()
            .position(|row| row.cells.iter().any(|cell| cell.asks.iter().any(waits)))?;
        u16::try_from(row + 1).ok()
    }

    /// Whether agencies hand in reports under this procedure.
    pub fn collects_reports(&self) -> bool {
        self.row_of_stage(Stage::Received).is_some()
    }

    /// The lanes that judge reports: those of the row that waits for judgements, and the
    /// reviewing ones.
    pub fn judges(&self) -> Vec<&LaneId> {
        let mut lanes = self.lanes_of(Stage::Judged);
        lanes.extend(self.lanes_of(Stage::Reviewed));
        lanes
    }

    /// The lanes that review reports and answer them.
    pub fn reviewers(&self) -> Vec<&LaneId> {
        self.lanes_of(Stage::Reviewed)
    }

    fn lanes_of(&self, stage: Stage) -> Vec<&LaneId> {
        let row = self.row_of_stage(stage).and_then(|row| self.activity(row));
        row.map(|row| row.cells.iter().map(|cell| &cell.lane).collect()).unwrap_or_default()
    }

    /// The last moment at which a report about this year is in time.
    pub fn report_deadline(&self, data_year: i32) -> Option<DateTime<Utc>> {
        let row = self.activity(self.row_of_stage(Stage::Received)?)?;
        row.before.as_ref().map(|before| before.last_moment(data_year))
    }
}
