//! What the agencies' pages show.

use chrono::{DateTime, Utc};
use desk::report::{Draft, Sizes};
use domain::agency::Agency;
use domain::id::RunId;
use domain::report::{Report, ReportState};
use serde::{Deserialize, Serialize};

/// A report that an agency has to hand in, in brief.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// The year that it is about.
    pub data_year: i32,
    /// How far it is.
    pub state: Option<ReportState>,
    /// Until when it is in time.
    pub deadline: Option<DateTime<Utc>>,
}

/// An agency's home page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgencyHomeView {
    /// The agency.
    pub agency: Agency,
    /// What it has to hand in, the newest first.
    pub duties: Vec<Duty>,
}

/// An agency's report page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportView {
    /// The run that collects it.
    pub run: RunId,
    /// The agency.
    pub agency: Agency,
    /// The year that it is about.
    pub data_year: i32,
    /// Until when it is in time.
    pub deadline: Option<DateTime<Utc>>,
    /// The present time.
    pub now: DateTime<Utc>,
    /// How many working days are left, in words; empty if that cannot be told.
    pub left: String,
    /// What is written so far.
    pub draft: Draft,
    /// What was sent so far.
    pub report: Report,
    /// Whether the run still goes on.
    pub going: bool,
    /// How large files may be.
    pub sizes: Sizes,
}

impl ReportView {
    /// Whether the agency may write: nothing was sent, or it came back.
    pub fn is_writable(&self) -> bool {
        self.going && ReportState::is_with_agency(self.report.state())
    }
}
