//! The due dates of an office as a calendar that other programs subscribe to (RFC 5545).
//!
//! A function of the log alone: the same office gives the same bytes. An entry is known by
//! the run and the row; its `SEQUENCE` is the last record that may have moved it, so it grows
//! with every change and never shrinks. Times are in UTC, which every client shows in its own
//! zone. Nobody is named, and nothing that somebody wrote is in it.

mod entry;
mod text;

use std::collections::BTreeSet;

use chrono::SubsecRound;

pub use entry::{Entry, Holds};

use crate::id::LaneId;
use crate::office::Office;
use crate::run::{Due, Run, Status};
use crate::sop::{Activity, Sop};

/// The due dates of every run in whose procedure one of these roles has a lane: of the rows
/// that have begun, and of those with a fixed date. What depends on a year without a decree is
/// left out. `site` is how people reach Alur, without a slash at its end.
pub fn entries(office: &Office, lanes: &BTreeSet<LaneId>, site: Option<&str>) -> Vec<Entry> {
    let runs = office.runs.keys().filter_map(|id| office.run(*id));
    let mine = runs.filter(|(_, sop)| sop.lanes.iter().any(|lane| lanes.contains(&lane.id)));
    mine.flat_map(|(run, sop)| of_run(office, run, sop, site)).collect()
}

/// The calendar as text, lines ended by CRLF.
pub fn calendar(name: &str, entries: &[Entry]) -> String {
    text::calendar(name, entries)
}

fn of_run(office: &Office, run: &Run, sop: &Sop, site: Option<&str>) -> Vec<Entry> {
    let Some(last) = run.history.last() else { return Vec::new() };
    let (calendar_seq, calendar_at) = office.calendar_since;
    // A calendar that was changed before the run began has moved nothing of it.
    let moved = calendar_seq > last.seq;
    let (sequence, changed) = if moved { (calendar_seq, calendar_at) } else { (last.seq, last.at) };
    // While it stands still, due dates are those of the moment at which it stopped.
    let now = run.paused().map_or(last.at, |halt| halt.from);
    let holds = match (&run.status, run.paused()) {
        (Status::Cancelled(..), _) => Holds::Cancelled,
        (_, Some(_)) => Holds::Tentative,
        _ => Holds::Confirmed,
    };
    let entry = |(row, activity): (u16, &Activity)| {
        let Due::At(due) = run.due(row, sop, &office.calendar, now) else { return None };
        let state = state(run, row, holds);
        Some(Entry {
            uid: format!("{}-{}-{row}@alur", run.started.at.timestamp_millis(), run.id),
            sequence,
            changed,
            due: due.trunc_subsecs(0),
            summary: format!("{state}{} ({}, data tahun {})", activity.short, sop.name, run.data_year),
            description: format!(
                "{}\nBaris {row} SOP {}: {}.",
                activity.text,
                sop.key.number,
                lanes_of(sop, activity)
            ),
            url: site.map(|site| format!("{site}/pelaksanaan/{}", run.id)),
            holds,
        })
    };
    (1u16..).zip(&sop.activities).filter_map(entry).collect()
}

fn state(run: &Run, row: u16, holds: Holds) -> &'static str {
    let done = run.row_clock(row).is_some_and(|clock| clock.end.is_some());
    match holds {
        Holds::Cancelled => "Dibatalkan: ",
        _ if done => "Selesai: ",
        Holds::Tentative => "Dijeda: ",
        Holds::Confirmed => "",
    }
}

/// "STAF, KASUBBAG"
fn lanes_of(sop: &Sop, activity: &Activity) -> String {
    let names: Vec<_> = activity.cells.iter().map(|cell| sop.lane_name(&cell.lane)).collect();
    names.join(", ")
}
