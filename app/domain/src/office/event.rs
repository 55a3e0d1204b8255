//! What happened. Events are written once and read for ever.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::moved::DueMoved;
use super::substitute::{Acting, ActingKind, SubstituteId};
use crate::agency::Agency;
use crate::calendar::{DayOff, HoursException, WeekHours};
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
        /// The due dates of the runs in progress that it moved.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        moved: Vec<DueMoved>,
    },
    /// Single days off were added, removed, or changed.
    DaysOffChanged {
        /// Days that are no longer off.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        removed: Vec<DayOff>,
        /// Days that are.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        added: Vec<DayOff>,
        /// The due dates of the runs in progress that it moved.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        moved: Vec<DueMoved>,
    },
    /// The usual working hours became others from a day on.
    HoursSet {
        /// The first day on which they hold.
        from: NaiveDate,
        /// The hours.
        hours: WeekHours,
        /// The due dates of the runs in progress that it moved.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        moved: Vec<DueMoved>,
    },
    /// Other working hours were set from one day to another.
    SpecialHoursAdded {
        /// When, and which.
        special: HoursException,
        /// The due dates of the runs in progress that it moved.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        moved: Vec<DueMoved>,
    },
    /// Special working hours were taken away.
    SpecialHoursRemoved {
        /// What held until then.
        special: HoursException,
        /// The due dates of the runs in progress that it moved.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        moved: Vec<DueMoved>,
    },
    /// It was said who stands in for a lane.
    SubstituteNamed {
        /// The number of the substitution.
        substitute: SubstituteId,
        /// Who.
        account: AccountId,
        /// For which lane.
        lane: LaneId,
        /// Why.
        kind: ActingKind,
        /// The first day, in WIB.
        from: NaiveDate,
        /// The last day, included.
        to: NaiveDate,
    },
    /// A substitution was ended before its time.
    SubstituteEnded {
        /// Which.
        substitute: SubstituteId,
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
        /// In whose place it was done, if not in the actor's own lane.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        acting: Option<Acting>,
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
        /// In whose place it was done, if not in the actor's own lane.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        acting: Option<Acting>,
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
        /// In whose place it was done, if not in the actor's own lane.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        acting: Option<Acting>,
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
        /// In whose place it was done, if not in the actor's own lane.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        acting: Option<Acting>,
    },
    /// The run went on.
    RunResumed {
        /// The run.
        run: RunId,
        /// In whose place it was done, if not in the actor's own lane.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        acting: Option<Acting>,
    },
    /// The run was given up.
    RunCancelled {
        /// The run.
        run: RunId,
        /// Why.
        reason: String,
        /// In whose place it was done, if not in the actor's own lane.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        acting: Option<Acting>,
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
        /// In whose place it was done, if not in the actor's own lane.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        acting: Option<Acting>,
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
        /// In whose place it was done, if not in the actor's own lane.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        acting: Option<Acting>,
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
        /// In whose place it was done, if not in the actor's own lane.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        acting: Option<Acting>,
    },
    /// A report was accepted.
    ReportAccepted {
        /// The run.
        run: RunId,
        /// The agency.
        agency: AgencyCode,
        /// The round that was accepted.
        round: u16,
        /// In whose place it was done, if not in the actor's own lane.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        acting: Option<Acting>,
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
        /// In whose place it was done, if not in the actor's own lane.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        acting: Option<Acting>,
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
            | Self::RunResumed { run, .. }
            | Self::RunCancelled { run, .. }
            | Self::ReportSubmitted { run, .. }
            | Self::ReportJudged { run, .. }
            | Self::ReportReviewed { run, .. }
            | Self::ReportReturned { run, .. }
            | Self::ReportAccepted { run, .. }
            | Self::ReviewAssigned { run, .. } => Some(*run),
            Self::SopPublished { .. }
            | Self::YearDecreed { .. }
            | Self::DaysOffChanged { .. }
            | Self::HoursSet { .. }
            | Self::SpecialHoursAdded { .. }
            | Self::SpecialHoursRemoved { .. }
            | Self::SubstituteNamed { .. }
            | Self::SubstituteEnded { .. }
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

    /// In whose place the actor acted, if not in a lane of its own.
    pub fn acting(&self) -> Option<&Acting> {
        match self {
            Self::RunStarted { acting, .. }
            | Self::CellFinished { acting, .. }
            | Self::CellReturned { acting, .. }
            | Self::RunPaused { acting, .. }
            | Self::RunResumed { acting, .. }
            | Self::RunCancelled { acting, .. }
            | Self::ReportJudged { acting, .. }
            | Self::ReportReviewed { acting, .. }
            | Self::ReportReturned { acting, .. }
            | Self::ReportAccepted { acting, .. }
            | Self::ReviewAssigned { acting, .. } => acting.as_ref(),
            _ => None,
        }
    }

    /// The due dates that the event moved, of whatever run; empty unless it changed the calendar.
    pub fn moved(&self) -> &[DueMoved] {
        match self {
            Self::YearDecreed { moved, .. }
            | Self::DaysOffChanged { moved, .. }
            | Self::HoursSet { moved, .. }
            | Self::SpecialHoursAdded { moved, .. }
            | Self::SpecialHoursRemoved { moved, .. } => moved,
            _ => &[],
        }
    }

    /// Whether the event changed the calendar.
    pub fn is_about_calendar(&self) -> bool {
        matches!(
            self,
            Self::YearDecreed { .. }
                | Self::DaysOffChanged { .. }
                | Self::HoursSet { .. }
                | Self::SpecialHoursAdded { .. }
                | Self::SpecialHoursRemoved { .. }
        )
    }
}
