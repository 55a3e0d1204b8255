//! The reports (LKj) that agencies hand in within a run, and what becomes of them.
//!
//! The log knows of a report what somebody answers for: that it was sent and when, what it
//! was judged and reviewed to be, that it was sent back or accepted. The report's text
//! itself is a document known by its hash: see [`Digest`].

pub mod divide;
mod document;
pub mod parts;
pub mod review;
mod stage;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use document::{Digest, FileRef, Finding, Judgement, Verdict};
pub use stage::Stage;

use crate::id::AccountId;
use crate::log::Stamp;
use crate::report::review::Review;

/// What an agency has handed in within a run, round by round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What was sent, the first round first; never empty in a run.
    pub rounds: Vec<Submission>,
    /// Who of the office reviews it, if that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<AccountId>,
}

/// One sending of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// Counted from 1; a report that was sent back is sent again in the next.
    pub round: u16,
    /// The number of its receipt: 1, 2, 3 … within the run, without a gap.
    pub number: u32,
    /// What a receipt is looked up by in public; not to be guessed.
    pub code: String,
    /// When the last byte of it had arrived. Lateness is decided by this.
    pub received: DateTime<Utc>,
    /// Which account sent it.
    pub by: AccountId,
    /// What was sent.
    pub digest: Digest,
    /// Whether all that belongs in it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judgement: Option<(Stamp, Judgement)>,
    /// The review list, as far as it is filled in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<(Stamp, Review)>,
    /// What the office said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<(Stamp, Verdict)>,
}

/// How far a report is. What is only drafted is not in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportState {
    /// Sent, and not answered yet.
    Sent,
    /// Has to be improved.
    Returned,
    /// Accepted.
    Accepted,
}

impl ReportState {
    /// Whether the agency has the report: nothing was sent (`None`), or it came back. In any
    /// other state the office has it.
    pub fn is_with_agency(state: Option<Self>) -> bool {
        matches!(state, None | Some(Self::Returned))
    }

    /// In the office's words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sent => "terkirim",
            Self::Returned => "perlu perbaikan",
            Self::Accepted => "diterima",
        }
    }
}

impl Report {
    /// Most findings that can go back at once.
    pub const MAX_FINDINGS: usize = 100;

    /// What was sent last.
    pub fn last(&self) -> Option<&Submission> {
        self.rounds.last()
    }

    /// How far it is; `None` if nothing was sent.
    pub fn state(&self) -> Option<ReportState> {
        self.last().map(Submission::state)
    }

    /// The same without what only its own page shows: for sheets, the matrix and overviews.
    pub fn brief(&self) -> Self {
        let digest = |full: &Digest| Digest {
            missing: full.missing.clone(),
            average: full.average,
            ..Digest::default()
        };
        let brief = |submission: &Submission| Submission {
            code: String::new(),
            digest: digest(&submission.digest),
            review: None,
            ..submission.clone()
        };
        Self { rounds: self.rounds.iter().map(brief).collect(), reviewer: self.reviewer.clone() }
    }
}

impl Submission {
    /// How far this round is.
    pub fn state(&self) -> ReportState {
        match &self.verdict {
            None => ReportState::Sent,
            Some((_, Verdict::Returned(_))) => ReportState::Returned,
            Some((_, Verdict::Accepted)) => ReportState::Accepted,
        }
    }

    /// The number as it stands on the receipt: `0031/LKj/2026`.
    pub fn receipt(&self, data_year: i32) -> String {
        format!("{:04}/LKj/{data_year}", self.number)
    }

    /// What has to be improved; empty unless it was sent back.
    pub fn findings(&self) -> &[Finding] {
        match &self.verdict {
            Some((_, Verdict::Returned(findings))) => findings,
            _ => &[],
        }
    }
}
