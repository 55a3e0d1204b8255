//! Which due dates a changed calendar moves.

use chrono::{DateTime, Utc};

use super::Office;
use crate::calendar::Calendar;
use crate::log::DueMoved;
use crate::run::{Run, Status};
use crate::sheet::{SheetView, TimeView};
use crate::sop::Sop;

/// What moves in the runs that go on, when this calendar takes the place of the office's.
pub fn moved_by(office: &Office, next: &Calendar, now: DateTime<Utc>) -> Vec<DueMoved> {
    let going = office.runs.keys().filter_map(|id| office.run(*id));
    let going = going.filter(|(run, _)| run.status == Status::Going);
    going.flat_map(|(run, sop)| in_run(run, sop, &office.calendar, next, now)).collect()
}

fn in_run(run: &Run, sop: &Sop, before: &Calendar, after: &Calendar, now: DateTime<Utc>) -> Vec<DueMoved> {
    let rows = |calendar: &Calendar| SheetView::of(sop, run, calendar, now).rows;
    let pairs = rows(before).into_iter().zip(rows(after));
    let moved = pairs.filter_map(|(was, is)| {
        let clock = run.row_clock(was.order);
        if clock.is_some_and(|clock| clock.end.is_some()) {
            return None;
        }
        let (from, to) = (end(was.time)?, end(is.time)?);
        let planned =
            [was.time, is.time].iter().any(|time| matches!(time, TimeView::Planned(_))) || clock.is_none();
        (from != to).then_some(DueMoved { run: run.id, activity: was.order, from, to, planned })
    });
    moved.collect()
}

/// When a row should end; `Some(None)` if that is unknown for lack of a decree.
fn end(time: TimeView) -> Option<Option<DateTime<Utc>>> {
    match time {
        TimeView::Planned(end) | TimeView::Running { due: end, .. } => Some(Some(end)),
        TimeView::Unknown(_) => Some(None),
        TimeView::Silent | TimeView::Done { .. } => None,
    }
}
