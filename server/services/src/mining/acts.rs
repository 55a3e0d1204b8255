//! What happened in a run, as events: one for each turn of a cell that came to something.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::calendar::{Calendar, wib};
use domain::run::{Outcome, Run, Visit};
use domain::sop::{CellRef, Sop};
use domain::timing::{TurnTime, turn_times};

/// A turn that came to something. Acts that were taken back are not among them.
pub(super) struct Act<'a> {
    /// The turn.
    pub(super) visit: &'a Visit,
    /// What came of it.
    pub(super) outcome: &'a Outcome,
    /// What the activity is called: unlike printed numbers, it is that of one cell only.
    pub(super) name: String,
    /// Its working time; `None` in a year without a decree.
    pub(super) time: Option<TurnTime>,
}

/// The acts of a run, oldest first.
pub(super) fn acts<'a>(sop: &Sop, run: &'a Run, calendar: &Calendar) -> Vec<Act<'a>> {
    let done = run.visits.iter().filter_map(|visit| Some((visit, visit.outcome.as_ref()?)));
    let times = turn_times(sop, run, calendar).into_iter().map(|(_, time)| time.ok());
    done.zip(times)
        .map(|((visit, outcome), time)| Act { visit, outcome, name: name(sop, &visit.cell), time })
        .collect()
}

/// "2 Menyiapkan surat · STAF", the number being the order of the row.
pub(super) fn name(sop: &Sop, at: &CellRef) -> String {
    let short = sop.activity(at.activity).map_or("", |row| row.short.as_str());
    format!("{} {short} · {}", at.activity, sop.lane_name(&at.lane))
}

/// A moment with the office's own offset.
pub(super) fn stamp(at: DateTime<Utc>) -> String {
    at.with_timezone(&wib()).to_rfc3339_opts(SecondsFormat::Millis, false)
}
