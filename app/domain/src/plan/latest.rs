//! Backwards from the deadline: when each row must begin and end at the latest.

use chrono::{DateTime, Utc};

use super::{Plan, RowPlan, RowState, Span};
use crate::calendar::{Calendar, Undecreed, WorkMinutes};
use crate::sop::Sop;

/// The latest times of the rows, so that every row with a fixed date ends in time and every
/// row above it has its Waktu in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Latest {
    /// The rows, first one first; `None` for those that no fixed date follows.
    pub rows: Vec<Option<Result<Span, Undecreed>>>,
}

impl Latest {
    /// The latest times for a procedure and data year.
    pub fn of(sop: &Sop, data_year: i32, calendar: &Calendar) -> Self {
        let mut limit: Option<Result<DateTime<Utc>, Undecreed>> = None;
        let mut rows: Vec<_> = sop
            .activities
            .iter()
            .rev()
            .map(|row| {
                if let Some(before) = &row.before {
                    let cutoff = before.cutoff(data_year);
                    limit = Some(limit.map_or(Ok(cutoff), |limit| limit.map(|limit| limit.min(cutoff))));
                }
                let span = limit?.and_then(|to| {
                    let from = calendar.start_for(to, &row.allowance())?.unwrap_or(to);
                    Ok(Span { from, to })
                });
                limit = Some(span.map(|span| span.from));
                Some(span)
            })
            .collect();
        rows.reverse();
        Self { rows }
    }

    /// When the run must begin at the latest; `None` if nothing of it has a fixed date.
    pub fn start(&self) -> Option<Result<DateTime<Utc>, Undecreed>> {
        Some(self.rows.first()?.as_ref()?.map(|span| span.from))
    }

    /// The latest times of a row, by its order from 1.
    pub fn row(&self, order: u16) -> Option<Result<Span, Undecreed>> {
        *self.rows.get(usize::from(order).checked_sub(1)?)?
    }

    /// Working time that a row may end later than planned without endangering a fixed date;
    /// negative if it ends too late for it. `None` where there is no such date.
    pub fn slack(&self, row: &RowPlan, calendar: &Calendar) -> Option<Result<WorkMinutes, Undecreed>> {
        let latest = self.row(row.order).filter(|_| row.state != RowState::Dropped)?;
        Some(latest.and_then(|latest| calendar.working_between(row.span?.to, latest.to)))
    }

    /// The smallest slack of the rows that are not behind: what the run has to spare.
    pub fn spare(&self, plan: &Plan, calendar: &Calendar) -> Option<Result<WorkMinutes, Undecreed>> {
        let ahead = plan.rows.iter().filter(|row| row.state != RowState::Done);
        let slacks: Result<Vec<_>, _> = ahead.filter_map(|row| self.slack(row, calendar)).collect();
        slacks.map(|slacks| slacks.into_iter().min()).transpose()
    }
}
