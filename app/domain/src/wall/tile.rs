//! One tile per agency: how far its report is.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::agency::Agency;
use crate::calendar::{Calendar, DAY_MINUTES};
use crate::id::AgencyCode;
use crate::report::{ReportState, Stage, Submission};
use crate::run::Run;
use crate::sop::Sop;

/// An agency as the wall shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tile {
    /// Its short name.
    pub name: String,
    /// How far its report is.
    pub state: TileState,
    /// How much the deadline presses, of a report that has not come.
    pub pressure: Pressure,
    /// Whether the report came after the deadline, or has not come although it is past.
    pub late: bool,
    /// When this was last changed by anybody; `None` if nothing was sent.
    pub moved: Option<DateTime<Utc>>,
}

/// How much a deadline presses. What nobody has to hurry for yet must not look like an alarm,
/// or nobody looks any more when it is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pressure {
    /// There is time.
    #[default]
    None,
    /// At most [`SOON_DAYS`] working days are left.
    Soon,
    /// No working time is left, or the deadline is past.
    Now,
}

/// From how many working days before a deadline on it presses.
const SOON_DAYS: i64 = 2;

/// How far an agency's report is, as far as the log knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TileState {
    /// Nobody has asked for it yet.
    NotAsked,
    /// Not sent.
    Missing,
    /// Sent, and not answered yet.
    Sent,
    /// Has to be improved.
    Returned,
    /// Accepted.
    Accepted,
}

/// The tiles, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Agencies.
    pub all: usize,
    /// Those that have sent.
    pub sent: usize,
    /// Those whose report is accepted.
    pub accepted: usize,
    /// Those whose report has to be improved.
    pub returned: usize,
}

/// The agencies in the order of their codes, with how far each is; empty if agencies hand in
/// nothing under this procedure.
pub fn tiles(
    run: &Run,
    sop: &Sop,
    agencies: &BTreeMap<AgencyCode, Agency>,
    calendar: &Calendar,
    now: DateTime<Utc>,
) -> Vec<Tile> {
    let Some(row) = sop.row_of_stage(Stage::Received) else { return Vec::new() };
    let deadline = sop.report_deadline(run.data_year);
    let pressure = deadline.map_or(Pressure::None, |deadline| Pressure::of(calendar, deadline, now));
    let late = |at: DateTime<Utc>| deadline.is_some_and(|deadline| at > deadline);
    let asked = run.visits.iter().any(|visit| visit.cell.activity >= row);
    agencies
        .values()
        .map(|agency| {
            let report = run.reports.get(&agency.code);
            let first = report.and_then(|report| report.rounds.first());
            let last = report.and_then(|report| report.last());
            let verdict = last.and_then(|last| last.verdict.as_ref()).map(|(stamp, _)| stamp.at);
            Tile {
                name: agency.short.clone(),
                state: match last.map(Submission::state) {
                    None if asked => TileState::Missing,
                    None => TileState::NotAsked,
                    Some(ReportState::Sent) => TileState::Sent,
                    Some(ReportState::Returned) => TileState::Returned,
                    Some(ReportState::Accepted) => TileState::Accepted,
                },
                pressure: if asked && last.is_none() { pressure } else { Pressure::None },
                late: asked && first.map_or(late(now), |first| late(first.received)),
                moved: verdict.or(last.map(|last| last.received)),
            }
        })
        .collect()
}

impl Pressure {
    /// How much a deadline presses at a moment. In a year that is not decreed, ordinary days
    /// are counted: better too early than not at all.
    fn of(calendar: &Calendar, deadline: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        let left = match calendar.working_between(now, deadline) {
            Ok(left) => left.0,
            Err(_) => (deadline - now).num_days() * DAY_MINUTES,
        };
        match left {
            left if left <= 0 || now > deadline => Self::Now,
            left if left <= SOON_DAYS * DAY_MINUTES => Self::Soon,
            _ => Self::None,
        }
    }

    /// For markup and style; empty while there is time.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Soon => "soon",
            Self::Now => "now",
        }
    }
}

impl TileState {
    /// In the office's words.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotAsked => "belum diminta",
            Self::Missing => "belum",
            Self::Sent => "terkirim",
            Self::Returned => "perlu perbaikan",
            Self::Accepted => "diterima",
        }
    }

    /// For markup and style.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotAsked => "idle",
            Self::Missing => "missing",
            Self::Sent => "sent",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
        }
    }
}

impl Tally {
    /// Counts tiles.
    pub fn of(tiles: &[Tile]) -> Self {
        let count = |state| tiles.iter().filter(|tile| tile.state == state).count();
        let (accepted, returned) = (count(TileState::Accepted), count(TileState::Returned));
        Self { all: tiles.len(), sent: count(TileState::Sent) + accepted + returned, accepted, returned }
    }

    /// Those that have not sent.
    pub fn missing(self) -> usize {
        self.all.saturating_sub(self.sent)
    }
}
