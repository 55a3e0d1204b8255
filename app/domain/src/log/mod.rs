//! The log: what happened, record by record. The bottom of the office, which is this, folded.
//!
//! Events are facts in the past tense, one enum for each subject, so that whoever folds
//! one subject lists only its own. They are written once and read for ever: how they are
//! kept as text does not change (`tests/golden`).

mod acting;
mod agency;
mod calendar;
mod moved;
mod report;
mod run;
mod sop;
mod stamp;
mod stored;
mod substitute;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use acting::{Acting, ActingKind, SubstituteId};
pub use agency::AgencyEvent;
pub use calendar::CalendarEvent;
pub use moved::DueMoved;
pub use report::ReportEvent;
pub use run::RunEvent;
pub use sop::SopEvent;
pub use stamp::Stamp;
pub use substitute::SubstituteEvent;

use crate::id::{AccountId, AgencyCode, CommandId, RunId, Seq};

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
///
/// Kept as `{"run_started": {…}}`, without its subject: see `stored.rs`.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A procedure came into force.
    Sop(SopEvent),
    /// The calendar became another one.
    Calendar(CalendarEvent),
    /// Somebody stands in for a lane, or no longer.
    Substitute(SubstituteEvent),
    /// The list of agencies changed.
    Agency(AgencyEvent),
    /// A run moved.
    Run(RunEvent),
    /// A report within a run moved.
    Report(ReportEvent),
    /// Something happened that this audience may not see. Never in the log, only in
    /// filtered views of it, where it keeps `seq` without a gap.
    Withheld,
}

impl Recorded {
    /// When, by whom and in whose place.
    pub fn stamp(&self) -> Stamp {
        let acting = self.event.acting().cloned();
        Stamp { seq: self.seq, at: self.at, by: self.actor.clone(), acting }
    }
}

impl Event {
    /// The run that the event belongs to, if it belongs to one.
    pub fn run(&self) -> Option<RunId> {
        match self {
            Self::Run(event) => Some(event.run()),
            Self::Report(event) => Some(event.run()),
            _ => None,
        }
    }

    /// The agency whose report the event is about, if it is about one.
    pub fn agency(&self) -> Option<&AgencyCode> {
        match self {
            Self::Report(event) => Some(event.agency()),
            _ => None,
        }
    }

    /// In whose place the actor acted, if not in a lane of its own.
    pub fn acting(&self) -> Option<&Acting> {
        match self {
            Self::Run(event) => event.acting(),
            Self::Report(event) => event.acting(),
            _ => None,
        }
    }

    /// The due dates that the event moved, of whatever run; empty unless it changed the calendar.
    pub fn moved(&self) -> &[DueMoved] {
        match self {
            Self::Calendar(event) => event.moved(),
            _ => &[],
        }
    }
}
