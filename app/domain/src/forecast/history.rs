//! What the office's own runs say about a row.

use chrono::{DateTime, Utc};

use crate::calendar::{Calendar, Undecreed};
use crate::office::Office;
use crate::run::{Due, Run, Status};
use crate::sop::{Activity, Sop};

/// In so many runs a row must have been left before its own history is believed.
pub const ENOUGH: usize = 3;

/// Runs that are looked back on, the newest ones: an office changes.
const NEWEST: usize = 20;

/// A row in the other runs of its procedure, in any version in which it is the same row.
pub(super) struct History(Vec<Known>);

/// A row in one run, in working minutes.
pub(super) struct Known {
    /// What it took, over all its rounds.
    pub(super) spent: i64,
    /// What its Waktu allowed.
    promised: Option<i64>,
    /// How long after its fixed date it ended.
    pub(super) lag: Option<i64>,
}

impl Known {
    /// What it took in percent of what was promised.
    pub(super) fn percent(&self) -> Option<i64> {
        let promised = self.promised.filter(|promised| *promised > 0)?;
        Some((self.spent * 100 + promised / 2) / promised)
    }
}

impl History {
    pub(super) fn of(office: &Office, run: &Run, row: &Activity, order: u16) -> Self {
        let same = |other: &&Run| {
            other.id != run.id
                && other.sop.number == run.sop.number
                && !matches!(other.status, Status::Cancelled(..))
        };
        let runs = office.runs.values().rev().map(AsRef::as_ref).filter(same);
        let known = runs.filter_map(|other| {
            let sop = office.sops.get(&other.sop)?;
            sop.activity(order).filter(|theirs| theirs.text == row.text)?;
            let end = other.row_clock(order)?.end?;
            known(other, sop, order, &office.calendar, end).ok()
        });
        Self(known.take(NEWEST).collect())
    }

    /// What the runs say, if there are enough that say it.
    pub(super) fn enough(&self, say: impl Fn(&Known) -> Option<i64>) -> Option<Vec<i64>> {
        let said: Vec<_> = self.0.iter().filter_map(say).collect();
        (said.len() >= ENOUGH).then_some(said)
    }
}

/// A row that the work has left. Runs in years without a decree say nothing.
fn known(
    run: &Run,
    sop: &Sop,
    order: u16,
    calendar: &Calendar,
    end: DateTime<Utc>,
) -> Result<Known, Undecreed> {
    let mut spent = 0;
    for visit in run.visits.iter().filter(|visit| visit.cell.activity == order) {
        let until = visit.outcome.as_ref().map_or(visit.since, |outcome| outcome.stamp.at);
        spent += run.worked(calendar, visit.since, until.max(visit.since))?.0;
    }
    let fixed = sop.activity(order).is_some_and(|row| row.before.is_some());
    let start = run.row_clock(order).map_or(end, |clock| clock.start);
    let (promised, lag) = match run.due(order, sop, calendar, end) {
        Due::At(due) if fixed => (None, Some(calendar.working_between(due, end)?.0)),
        Due::At(due) => (Some(run.worked(calendar, start, due.max(start))?.0), None),
        Due::Open => (None, None),
        Due::Unknown(undecreed) => return Err(undecreed),
    };
    Ok(Known { spent, promised, lag })
}
