//! What somebody wants, and who wants it.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::agency::Agency;
use crate::calendar::{DayOff, HoursException, WeekHours};
use crate::id::{AccountId, AgencyCode, LaneId, RunId};
use crate::log::{ActingKind, SubstituteId};
use crate::report::review::Review;
use crate::report::{Digest, Finding, Judgement};
use crate::sop::{CellRef, RawAnswers, Sop, SopKey};

/// Who acts. Made by the server from a session, never by a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The account.
    pub account: AccountId,
    /// The lanes that it works in.
    pub lanes: BTreeSet<LaneId>,
    /// Whether it administers the office.
    pub admin: bool,
    /// The agency that it sends reports for. Whoever does works in no lane.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<AgencyCode>,
}

impl Actor {
    /// The office itself, for what it does when it is founded.
    pub fn system() -> Self {
        Self { account: AccountId::from("sistem"), lanes: BTreeSet::new(), admin: true, agency: None }
    }

    /// Somebody who may look but not act, such as a display.
    pub fn nobody() -> Self {
        Self { account: AccountId::from(""), lanes: BTreeSet::new(), admin: false, agency: None }
    }

    /// Somebody who sends reports for an agency.
    pub fn of_agency(account: AccountId, agency: AgencyCode) -> Self {
        Self { account, lanes: BTreeSet::new(), admin: false, agency: Some(agency) }
    }

    /// Whether the actor works in one of these lanes.
    pub fn is_in<'a>(&self, lanes: impl IntoIterator<Item = &'a LaneId>) -> bool {
        lanes.into_iter().any(|lane| self.lanes.contains(lane))
    }
}

/// What can be asked of an office.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Begin a run.
    StartRun {
        /// Under which version of which procedure.
        sop: SopKey,
        /// The year that its data is about.
        data_year: i32,
    },
    /// Finish a cell (a decision: answer Ya).
    FinishCell {
        /// The run.
        run: RunId,
        /// The cell.
        cell: CellRef,
        /// The round that the person saw.
        round: u16,
        /// What the cell asks for, as typed.
        answers: RawAnswers,
    },
    /// Answer a decision Tidak and send the work back along its return arrow.
    ReturnCell {
        /// The run.
        run: RunId,
        /// The cell.
        cell: CellRef,
        /// The round that the person saw.
        round: u16,
        /// Why, as typed.
        reason: String,
    },
    /// Take back one's own last act.
    TakeBack {
        /// The run.
        run: RunId,
        /// The cell whose act is to be taken back.
        cell: CellRef,
        /// The round of that act.
        round: u16,
    },
    /// Let the run's clock stand still.
    PauseRun {
        /// The run.
        run: RunId,
        /// Why, as typed.
        reason: String,
    },
    /// Let the run go on.
    ResumeRun {
        /// The run.
        run: RunId,
    },
    /// Give the run up.
    CancelRun {
        /// The run.
        run: RunId,
        /// Why, as typed.
        reason: String,
    },
    /// Send an agency's report.
    SubmitReport {
        /// The run.
        run: RunId,
        /// The agency.
        agency: AgencyCode,
        /// When its last byte had arrived, by the server's clock.
        received: DateTime<Utc>,
        /// What its receipt is looked up by, made by the server.
        code: String,
        /// What is sent.
        digest: Box<Digest>,
    },
    /// Say whether all that belongs in a report is there.
    JudgeReport {
        /// The run.
        run: RunId,
        /// The agency.
        agency: AgencyCode,
        /// The round that the person saw.
        round: u16,
        /// The judgement.
        judgement: Judgement,
    },
    /// Keep the review list of a report, as far as it is filled in.
    ReviewReport {
        /// The run.
        run: RunId,
        /// The agency.
        agency: AgencyCode,
        /// The round that the person saw.
        round: u16,
        /// The list.
        review: Review,
    },
    /// Send a report back to be improved.
    ReturnReport {
        /// The run.
        run: RunId,
        /// The agency.
        agency: AgencyCode,
        /// The round that the person saw.
        round: u16,
        /// What to improve.
        findings: Vec<Finding>,
    },
    /// Accept a report.
    AcceptReport {
        /// The run.
        run: RunId,
        /// The agency.
        agency: AgencyCode,
        /// The round that the person saw.
        round: u16,
    },
    /// Say who reviews a report.
    AssignReview {
        /// The run.
        run: RunId,
        /// The agency.
        agency: AgencyCode,
        /// Who; `None`: nobody in particular.
        to: Option<AccountId>,
    },
    /// Bring a version of a procedure into force.
    PublishSop {
        /// The procedure.
        sop: Box<Sop>,
    },
    /// Set the days off of a year.
    DecreeYear {
        /// The year.
        year: i32,
        /// All its days off.
        days: Vec<DayOff>,
    },
    /// Add days off to the calendar, remove some, or put others in their place.
    ChangeDaysOff {
        /// Days that are no longer off.
        remove: Vec<DayOff>,
        /// Days that are.
        add: Vec<DayOff>,
    },
    /// Set the usual working hours from a day on.
    SetHours {
        /// The first day on which they hold.
        from: NaiveDate,
        /// The hours.
        hours: WeekHours,
    },
    /// Set other working hours from one day to another.
    AddSpecialHours {
        /// When, and which.
        special: HoursException,
    },
    /// Go back to the usual working hours.
    RemoveSpecialHours {
        /// The first day of the special ones.
        from: NaiveDate,
    },
    /// Say who stands in for a lane.
    NameSubstitute {
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
    /// End a substitution before its time.
    EndSubstitute {
        /// Which.
        substitute: SubstituteId,
    },
    /// Say which agencies there are.
    ListAgencies {
        /// All of them; others are closed.
        agencies: Vec<Agency>,
    },
}

impl Command {
    /// The same command without what a person would type: what [`super::possible`] lists.
    pub fn blank(&self) -> Self {
        let mut blank = self.clone();
        match &mut blank {
            Self::FinishCell { answers, .. } => answers.clear(),
            Self::ReturnCell { reason, .. }
            | Self::PauseRun { reason, .. }
            | Self::CancelRun { reason, .. } => reason.clear(),
            Self::SubmitReport { received, code, digest, .. } => {
                *received = DateTime::default();
                code.clear();
                **digest = Digest::default();
            }
            Self::AssignReview { to, .. } => *to = None,
            Self::JudgeReport { judgement, .. } => *judgement = Judgement::default(),
            Self::ReviewReport { review, .. } => *review = Review::default(),
            Self::ReturnReport { findings, .. } => findings.clear(),
            Self::StartRun { .. }
            | Self::AcceptReport { .. }
            | Self::TakeBack { .. }
            | Self::ResumeRun { .. }
            | Self::PublishSop { .. }
            | Self::DecreeYear { .. }
            | Self::ChangeDaysOff { .. }
            | Self::SetHours { .. }
            | Self::AddSpecialHours { .. }
            | Self::RemoveSpecialHours { .. }
            | Self::NameSubstitute { .. }
            | Self::EndSubstitute { .. }
            | Self::ListAgencies { .. } => {}
        }
        blank
    }

    /// The run that the command is about, if it is about one.
    pub fn run(&self) -> Option<RunId> {
        match self {
            Self::FinishCell { run, .. }
            | Self::ReturnCell { run, .. }
            | Self::TakeBack { run, .. }
            | Self::PauseRun { run, .. }
            | Self::ResumeRun { run }
            | Self::CancelRun { run, .. }
            | Self::SubmitReport { run, .. }
            | Self::JudgeReport { run, .. }
            | Self::ReviewReport { run, .. }
            | Self::ReturnReport { run, .. }
            | Self::AcceptReport { run, .. }
            | Self::AssignReview { run, .. } => Some(*run),
            Self::StartRun { .. }
            | Self::PublishSop { .. }
            | Self::DecreeYear { .. }
            | Self::ChangeDaysOff { .. }
            | Self::SetHours { .. }
            | Self::AddSpecialHours { .. }
            | Self::RemoveSpecialHours { .. }
            | Self::NameSubstitute { .. }
            | Self::EndSubstitute { .. }
            | Self::ListAgencies { .. } => None,
        }
    }
}
