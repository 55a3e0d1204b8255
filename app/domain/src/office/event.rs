//! What happened. Events are written once and read for ever.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::agency::Agency;
use crate::calendar::DayOff;
use crate::id::{AccountId, AgencyCode, CommandId, LaneId, RunId, Seq};
use crate::report::review::Review;
use crate::report::{Digest, Finding, Judgement};
use crate::sop::{Answers, CellRef, Sop, SopKey};

/// One record of the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// Its place: 1, 2, 3 … without a gap.
    pub seq: Seq,
    /// When it was decided, by the server's clock.
    pub at: DateTime<Utc>,
    /// Whose command it was.
    pub actor: AccountId,
    /// Which command it was.
    pub command_id: CommandId,
    /// What happened.
    pub event: Event,
}

/// What can happen in an office. A fact in the past tense, never the new state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A version of a procedure came into force.
    SopPublished {
        /// The whole procedure, so that the log needs no other file to be read.
        sop: Box<Sop>,
    },
    /// The days off of a year were decreed, or changed.
    YearDecreed {
        /// The year.
        year: i32,
        /// All its days off.
        days: Vec<DayOff>,
    },
    /// An agency was added or its names were changed.
    AgencyListed {
        /// The agency as it is now called.
        agency: Agency,
    },
    /// An agency no longer hands in reports.
    AgencyClosed {
        /// Its code.
        code: AgencyCode,
    },
    /// A run of a procedure began.
    RunStarted {
        /// Its number.
        run: RunId,
        /// The version it is carried out and drawn with, for good.
        sop: SopKey,
        /// The year that its data is about.
        data_year: i32,
    },
    /// A cell was finished (a decision: answered Ya).
    CellFinished {
        /// The run.
        run: RunId,
        /// The cell.
        cell: CellRef,
        /// In which round of its row.
        round: u16,
        /// What the cell asked for.
        #[serde(default, skip_serializing_if = "Answers::is_empty")]
        answers: Answers,
        /// The lane that recorded it on behalf of the cell's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recorded_by: Option<LaneId>,
    },
    /// A decision was answered Tidak; the work went back along its return arrow.
    CellReturned {
        /// The run.
        run: RunId,
        /// The cell that was answered.
        cell: CellRef,
        /// In which round of its row.
        round: u16,
        /// Where the work went.
        to: CellRef,
        /// Why.
        reason: String,
        /// The lane that recorded it on behalf of the cell's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recorded_by: Option<LaneId>,
    },
    /// The last act was taken back by the one who did it, before anybody went on.
    ActTakenBack {
        /// The run.
        run: RunId,
        /// The cell whose act was taken back.
        cell: CellRef,
        /// In which round of its row.
        round: u16,
    },
    /// The run was paused; its clock stands still.
    RunPaused {
        /// The run.
        run: RunId,
        /// Why.
        reason: String,
    },
    /// The run went on.
    RunResumed {
        /// The run.
        run: RunId,
    },
    /// The run was given up.
    RunCancelled {
        /// The run.
        run: RunId,
        /// Why.
        reason: String,
    },
    /// An agency's report arrived.
    ReportSubmitted {
        /// The run.
        run: RunId,
        /// The agency.
        agency: AgencyCode,
        /// Counted from 1; a report that was sent back is sent again in the next.
        round: u16,
        /// The number of its receipt within the run.
        number: u32,
        /// What its receipt is looked up by in public.
        code: String,
        /// When its last byte had arrived.
        received: DateTime<Utc>,
        /// What was sent.
        digest: Box<Digest>,
    },
    /// The office said whether all that belongs in a report is there.
    ReportJudged {
        /// The run.
        run: RunId,
        /// The agency.
        agency: AgencyCode,
        /// The round that was judged.
        round: u16,
        /// The judgement.
        judgement: Judgement,
    },
    /// The review list of a report was filled in, wholly or in part.
    ReportReviewed {
        /// The run.
        run: RunId,
        /// The agency.
        agency: AgencyCode,
        /// The round that was reviewed.
        round: u16,
        /// The list as it is now.
        review: Review,
    },
    /// A report was sent back to be improved.
    ReportReturned {
        /// The run.
        run: RunId,
        /// The agency.
        agency: AgencyCode,
        /// The round that was sent back.
        round: u16,
        /// What has to be improved.
        findings: Vec<Finding>,
    },
    /// A report was accepted.
    ReportAccepted {
        /// The run.
        run: RunId,
        /// The agency.
        agency: AgencyCode,
        /// The round that was accepted.
        round: u16,
    },
    /// It was said who reviews a report.
    ReviewAssigned {
        /// The run.
        run: RunId,
        /// The agency.
        agency: AgencyCode,
        /// Who; `None`: nobody in particular.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<AccountId>,
    },
    /// Something happened that this audience may not see. Never in the log, only in
    /// filtered views of it, where it keeps `seq` without a gap.
    Withheld,
}

impl Event {
    /// The run that the event belongs to, if it belongs to one.
    pub fn run(&self) -> Option<RunId> {
        match self {
            Self::RunStarted { run, .. }
            | Self::CellFinished { run, .. }
            | Self::CellReturned { run, .. }
            | Self::ActTakenBack { run, .. }
            | Self::RunPaused { run, .. }
            | Self::RunResumed { run }
            | Self::RunCancelled { run, .. }
            | Self::ReportSubmitted { run, .. }
            | Self::ReportJudged { run, .. }
            | Self::ReportReviewed { run, .. }
            | Self::ReportReturned { run, .. }
            | Self::ReportAccepted { run, .. }
            | Self::ReviewAssigned { run, .. } => Some(*run),
            Self::SopPublished { .. }
            | Self::YearDecreed { .. }
            | Self::AgencyListed { .. }
            | Self::AgencyClosed { .. }
            | Self::Withheld => None,
        }
    }

    /// The agency whose report the event is about, if it is about one.
    pub fn agency(&self) -> Option<&AgencyCode> {
        match self {
            Self::ReportSubmitted { agency, .. }
            | Self::ReportJudged { agency, .. }
            | Self::ReportReviewed { agency, .. }
            | Self::ReportReturned { agency, .. }
            | Self::ReportAccepted { agency, .. }
            | Self::ReviewAssigned { agency, .. } => Some(agency),
            _ => None,
        }
    }

    /// The round of the report that the event is about, if it is about one.
    pub fn report_round(&self) -> Option<u16> {
        match self {
            Self::ReportSubmitted { round, .. }
            | Self::ReportJudged { round, .. }
            | Self::ReportReviewed { round, .. }
            | Self::ReportReturned { round, .. }
            | Self::ReportAccepted { round, .. } => Some(*round),
            _ => None,
        }
    }
}
