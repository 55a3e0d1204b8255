//! What happens to the reports of a run.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Acting;
use crate::id::{AccountId, AgencyCode, RunId};
use crate::report::review::Review;
use crate::report::{Digest, Finding, Judgement};

/// What can happen to a report within a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportEvent {
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
}

impl ReportEvent {
    /// The run that the report belongs to.
    pub fn run(&self) -> RunId {
        match self {
            Self::ReportSubmitted { run, .. }
            | Self::ReportJudged { run, .. }
            | Self::ReportReviewed { run, .. }
            | Self::ReportReturned { run, .. }
            | Self::ReportAccepted { run, .. }
            | Self::ReviewAssigned { run, .. } => *run,
        }
    }

    /// The agency whose report it is.
    pub fn agency(&self) -> &AgencyCode {
        match self {
            Self::ReportSubmitted { agency, .. }
            | Self::ReportJudged { agency, .. }
            | Self::ReportReviewed { agency, .. }
            | Self::ReportReturned { agency, .. }
            | Self::ReportAccepted { agency, .. }
            | Self::ReviewAssigned { agency, .. } => agency,
        }
    }

    /// The round of the report that the event is about; `None` if it is about all of them.
    pub fn round(&self) -> Option<u16> {
        match self {
            Self::ReportSubmitted { round, .. }
            | Self::ReportJudged { round, .. }
            | Self::ReportReviewed { round, .. }
            | Self::ReportReturned { round, .. }
            | Self::ReportAccepted { round, .. } => Some(*round),
            Self::ReviewAssigned { .. } => None,
        }
    }

    /// In whose place the actor acted, if not in a lane of its own.
    pub fn acting(&self) -> Option<&Acting> {
        match self {
            Self::ReportJudged { acting, .. }
            | Self::ReportReviewed { acting, .. }
            | Self::ReportReturned { acting, .. }
            | Self::ReportAccepted { acting, .. }
            | Self::ReviewAssigned { acting, .. } => acting.as_ref(),
            Self::ReportSubmitted { .. } => None,
        }
    }
}
