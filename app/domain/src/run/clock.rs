//! The time that a row takes: promised, spent, due. Derived, never stored.

use chrono::{DateTime, Utc};

use super::{Run, Status};
use crate::calendar::{Allowance, Calendar, Undecreed, WorkMinutes};
use crate::sop::Sop;

/// When a row began and ended. A returned row keeps its clock: it runs from its first
/// turn to the last time that the work left it downwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowClock {
    /// The first turn of the row.
    pub start: DateTime<Utc>,
    /// When the work left the row; `None` while it is in it or above it.
    pub end: Option<DateTime<Utc>>,
}

/// When a row is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// The sheet promises no time for it.
    Open,
    /// It is in time up to and including this moment.
    At(DateTime<Utc>),
    /// It depends on a year whose days off are not decreed.
    Unknown(Undecreed),
}

impl Due {
    /// Whether the row is late at this moment. Moments are compared by the millisecond: all
    /// of the last one is in time.
    pub fn is_late(self, at: DateTime<Utc>) -> bool {
        matches!(self, Self::At(due) if at.timestamp_millis() > due.timestamp_millis())
    }
}

impl Run {
    /// The clock of a row; `None` if it has had no turn.
    pub fn row_clock(&self, activity: u16) -> Option<RowClock> {
        let start = self.visits.iter().find(|visit| visit.cell.activity == activity)?.since;
        let below = self.visits.last().is_some_and(|newest| newest.cell.activity > activity);
        let left = below || matches!(self.status, Status::Finished(_));
        let last = self.visits.iter().rev().filter(|visit| visit.cell.activity == activity);
        let end = last.filter_map(|visit| visit.outcome.as_ref()).map(|outcome| outcome.stamp.at).next();
        Some(RowClock { start, end: end.filter(|_| left) })
    }

    /// When a row is due: its fixed date, else its Waktu in working time from the row's
    /// first turn, moved by the time the run stood still while the row lasted.
    /// [`Due::Open`] before its turn.
    pub fn due(&self, activity: u16, sop: &Sop, calendar: &Calendar, now: DateTime<Utc>) -> Due {
        let Some(row) = sop.activity(activity) else { return Due::Open };
        if let Some(before) = &row.before {
            return Due::At(before.last_moment(self.data_year));
        }
        let allowance = row.allowance();
        let Some(clock) = self.row_clock(activity).filter(|_| allowance != Allowance::None) else {
            return Due::Open;
        };
        let due = calendar.end_of(clock.start, &allowance).and_then(|due| match due {
            None => Ok(Due::Open),
            Some(due) => {
                let halted = self.halted(calendar, clock.start, clock.end.unwrap_or(now))?;
                if halted.0 <= 0 {
                    return Ok(Due::At(due));
                }
                calendar.add_working(due, halted).map(Due::At)
            }
        });
        due.unwrap_or_else(Due::Unknown)
    }

    /// Working time spent in a row so far, without the time that the run stood still.
    ///
    /// # Errors
    /// If it touches a year whose days off are not decreed.
    pub fn spent(
        &self,
        clock: RowClock,
        calendar: &Calendar,
        now: DateTime<Utc>,
    ) -> Result<WorkMinutes, Undecreed> {
        self.worked(calendar, clock.start, clock.end.unwrap_or(now).max(clock.start))
    }

    /// Working time between two moments, without the time that the run stood still.
    ///
    /// # Errors
    /// If it touches a year whose days off are not decreed.
    pub fn worked(
        &self,
        calendar: &Calendar,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<WorkMinutes, Undecreed> {
        Ok(calendar.working_between(from, to)? - self.halted(calendar, from, to)?)
    }

    /// Working time in which the run stood still between two moments.
    fn halted(
        &self,
        calendar: &Calendar,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<WorkMinutes, Undecreed> {
        let mut minutes = 0;
        for halt in &self.halts {
            let (start, end) = (halt.from.max(from), halt.until.unwrap_or(to).min(to));
            if start < end {
                minutes += calendar.working_between(start, end)?.0;
            }
        }
        Ok(WorkMinutes(minutes))
    }
}
