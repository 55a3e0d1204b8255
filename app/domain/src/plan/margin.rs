//! Dates outside the procedure, such as those of the law, beside the plan.

use chrono::{DateTime, Utc};

use super::{Plan, RowState};
use crate::calendar::{Calendar, Undecreed, WorkMinutes};
use crate::sop::{Limit, Sop};

/// How a plan stands to an outer date.
#[derive(Clone, Debug, PartialEq)]
pub struct Margin<'a> {
    /// The date.
    pub limit: &'a Limit,
    /// The last moment that is in time.
    pub until: DateTime<Utc>,
    /// Working time between the planned end and that moment, negative if the plan is too
    /// late; `None` for a run that was given up.
    pub margin: Option<Result<WorkMinutes, Undecreed>>,
}

/// The outer dates of a procedure beside a plan of it.
pub fn margins<'a>(sop: &'a Sop, data_year: i32, plan: &Plan, calendar: &Calendar) -> Vec<Margin<'a>> {
    let beside = |limit: &'a Limit| {
        let until = limit.before.last_moment(data_year);
        let row = limit.row.and_then(|row| plan.row(row)).or(plan.rows.last());
        let row = row.filter(|row| row.state != RowState::Dropped);
        let margin = row.map(|row| calendar.working_between(row.span?.to, until));
        Margin { limit, until, margin }
    };
    sop.limits.iter().map(beside).collect()
}
