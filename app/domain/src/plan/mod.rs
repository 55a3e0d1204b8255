//! The plan of a run: forwards from its start, or from the present, and backwards from its
//! deadline. Derived from the log, the procedure and the calendar; never stored.

mod latest;
mod margin;

use chrono::{DateTime, Utc};

pub use latest::Latest;
pub use margin::{Margin, margins};

use crate::calendar::{Allowance, Calendar, Undecreed, WorkMinutes};
use crate::run::{Due, Run, Status};
use crate::sop::{Activity, Sop};

/// When each row runs if all goes by its Waktu from here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The rows, first one first.
    pub rows: Vec<RowPlan>,
}

/// A stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// When it begins.
    pub from: DateTime<Utc>,
    /// When it ends; not before it begins.
    pub to: DateTime<Utc>,
}

/// One row of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowPlan {
    /// Order from 1.
    pub order: u16,
    /// Whether it is behind, under way or ahead.
    pub state: RowState,
    /// When it ran, or is to run. The end of a row under way is its due date, or the present
    /// if that is past.
    pub span: Result<Span, Undecreed>,
    /// When it is due. For a row ahead: as far as the plan goes, its end.
    pub due: Due,
}

/// Where a row stands in its run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowState {
    /// The work has left it.
    Done,
    /// The work is in it.
    Open,
    /// The work is still to come, perhaps once more.
    Coming,
    /// The work will never come: the run was given up.
    Dropped,
}

impl Plan {
    /// The plan of a run at a moment: rows behind with the times that they took, the rest
    /// from the present on.
    pub fn of_run(sop: &Sop, run: &Run, calendar: &Calendar, now: DateTime<Utc>) -> Self {
        let mut walk = Walk { calendar, data_year: run.data_year, at: Ok(now) };
        Self { rows: orders(sop).map(|(order, row)| walk.step(sop, run, order, row, now)).collect() }
    }

    /// The plan of a run that begins at `start`, before anything of it has happened.
    pub fn from_start(sop: &Sop, data_year: i32, calendar: &Calendar, start: DateTime<Utc>) -> Self {
        let mut walk = Walk { calendar, data_year, at: Ok(start) };
        Self { rows: orders(sop).map(|(order, row)| walk.ahead(order, row)).collect() }
    }

    /// The plan as it was when the run's first cell was finished; as it is now while it is not.
    pub fn at_first(sop: &Sop, run: &Run, calendar: &Calendar, now: DateTime<Utc>) -> Self {
        Self::from_start(sop, run.data_year, calendar, begun(run).unwrap_or(now))
    }

    /// A row by its order from 1.
    pub fn row(&self, order: u16) -> Option<&RowPlan> {
        self.rows.get(usize::from(order).checked_sub(1)?)
    }

    /// When the run ends: the end of its last row. `None` for a run that was given up.
    pub fn end(&self) -> Option<Result<DateTime<Utc>, Undecreed>> {
        let last = self.rows.last().filter(|row| row.state != RowState::Dropped)?;
        Some(last.span.map(|span| span.to))
    }

    /// Working time by which this plan ends later than another; negative if earlier.
    pub fn later_than(&self, other: &Self, calendar: &Calendar) -> Option<Result<WorkMinutes, Undecreed>> {
        let (ours, theirs) = (self.end()?, other.end()?);
        Some(theirs.and_then(|from| calendar.working_between(from, ours?)))
    }
}

/// When the run's first cell was finished; opening a run is not beginning it.
pub fn begun(run: &Run) -> Option<DateTime<Utc>> {
    run.visits.first()?.outcome.as_ref().map(|outcome| outcome.stamp.at)
}

fn orders(sop: &Sop) -> impl Iterator<Item = (u16, &Activity)> {
    (1u16..).zip(&sop.activities)
}

/// Walks down the rows and carries along when the work should leave each of them.
struct Walk<'a> {
    calendar: &'a Calendar,
    data_year: i32,
    at: Result<DateTime<Utc>, Undecreed>,
}

impl Walk<'_> {
    fn step(&mut self, sop: &Sop, run: &Run, order: u16, row: &Activity, now: DateTime<Utc>) -> RowPlan {
        let clock = run.row_clock(order);
        let due = || run.due(order, sop, self.calendar, now);
        if let Some((from, to)) = clock.and_then(|clock| Some((clock.start, clock.end?))) {
            return RowPlan { order, state: RowState::Done, span: Ok(Span { from, to }), due: due() };
        }
        if run.status != Status::Going {
            let span = Ok(Span { from: now, to: now });
            return RowPlan { order, state: RowState::Dropped, span, due: Due::Open };
        }
        match clock.filter(|_| run.open().is_some_and(|open| open.cell.activity == order)) {
            Some(clock) => {
                let due = due();
                self.at = self.under_way(due, now);
                let span = self.at.map(|to| Span { from: clock.start.min(to), to });
                RowPlan { order, state: RowState::Open, span, due }
            }
            None => self.ahead(order, row),
        }
    }

    /// When the row under way ends. What is left of it must be known too.
    fn under_way(&self, due: Due, now: DateTime<Utc>) -> Result<DateTime<Utc>, Undecreed> {
        match due {
            Due::Open => Ok(now),
            Due::Unknown(undecreed) => Err(undecreed),
            Due::At(due) => self.calendar.working_between(now, due).map(|_| due.max(now)),
        }
    }

    /// A row that is still to come: it begins where the one above ends.
    fn ahead(&mut self, order: u16, row: &Activity) -> RowPlan {
        let planned = self.at.and_then(|from| Ok((from, self.end_of(from, row)?)));
        let span = planned.map(|(from, to)| Span { from, to: to.unwrap_or(from) });
        self.at = span.map(|span| span.to);
        let due = match planned {
            Ok((_, to)) => to.map_or(Due::Open, Due::At),
            Err(undecreed) => Due::Unknown(undecreed),
        };
        RowPlan { order, state: RowState::Coming, span, due }
    }

    /// A fixed date rules instead of Waktu, also if there is more or less time until then.
    fn end_of(&self, from: DateTime<Utc>, row: &Activity) -> Result<Option<DateTime<Utc>>, Undecreed> {
        match (&row.before, row.allowance()) {
            (Some(before), _) => Ok(Some(before.last_moment(self.data_year).max(from))),
            (None, Allowance::None) => Ok(None),
            (None, allowance) => self.calendar.end_of(from, &allowance),
        }
    }
}
