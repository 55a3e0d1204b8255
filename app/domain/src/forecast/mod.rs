//! When a run will be done: a band, not a promise, and why. `docs/forecast.md` has the method.
//!
//! Deterministic: the same log, procedure, calendar and moment give the same band.

mod history;
mod sums;

use chrono::{DateTime, Utc};

pub use self::history::ENOUGH;
use self::history::{History, Known};
use self::sums::Sums;
use crate::calendar::{Calendar, Undecreed, WorkMinutes};
use crate::office::Office;
use crate::plan::{Plan, RowPlan, RowState};
use crate::run::{Due, Run};
use crate::sop::{Activity, Sop};

/// How long a row takes of its Waktu while there is no history, in percent, each as likely as
/// the others [assumed].
pub const ASSUMED: [i64; 5] = [80, 100, 100, 120, 160];

/// When a run will be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// As likely before as after.
    pub middle: DateTime<Utc>,
    /// Between these in one of two runs.
    pub half: (DateTime<Utc>, DateTime<Utc>),
    /// Between these in nine of ten.
    pub ninety: (DateTime<Utc>, DateTime<Utc>),
    /// What the rows that are still to be done are taken to need, first row first.
    pub bases: Vec<(u16, Basis)>,
}

/// What a row is taken to need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// What it took before: the middle, in percent of its Waktu.
    Usual {
        /// Runs that say so.
        runs: usize,
        /// The middle of what it took.
        percent: i64,
    },
    /// It ended so long after its fixed date before (the middle; negative: before it).
    UsualLag {
        /// Runs that say so.
        runs: usize,
        /// Working time after the date.
        lag: WorkMinutes,
    },
    /// It has no Waktu, and took so long before (the middle).
    UsualTime {
        /// Runs that say so.
        runs: usize,
        /// Working time that it took.
        spent: WorkMinutes,
    },
    /// Its Waktu, more or less: there is not enough history.
    Waktu,
    /// Its fixed date: there is not enough history.
    Date,
    /// It has no Waktu and takes no time.
    Nothing,
}

impl Forecast {
    /// When a run will be done; `None` if it is over.
    ///
    /// # Errors
    /// If that depends on a year whose days off are not decreed.
    pub fn of(office: &Office, run: &Run, sop: &Sop, now: DateTime<Utc>) -> Option<Result<Self, Undecreed>> {
        run.open()?;
        Some(forecast(office, run, sop, now))
    }
}

fn forecast(office: &Office, run: &Run, sop: &Sop, now: DateTime<Utc>) -> Result<Forecast, Undecreed> {
    let calendar = &office.calendar;
    let plan = Plan::of_run(sop, run, calendar, now);
    let (mut sums, mut bases) = (Sums::default(), Vec::new());
    for (row, activity) in plan.rows.iter().zip(&sop.activities) {
        if matches!(row.state, RowState::Open | RowState::Coming) {
            let history = History::of(office, run, activity, row.order);
            let ahead = Ahead { run, calendar, now, row, activity };
            bases.push((row.order, ahead.add(&history, &mut sums)?));
        }
    }
    let at = |percent| calendar.add_working(now, WorkMinutes(sums.quantile(percent)));
    Ok(Forecast { middle: at(50)?, half: (at(25)?, at(75)?), ninety: (at(5)?, at(95)?), bases })
}

/// A row that is still to be done.
struct Ahead<'a> {
    run: &'a Run,
    calendar: &'a Calendar,
    now: DateTime<Utc>,
    row: &'a RowPlan,
    activity: &'a Activity,
}

impl Ahead<'_> {
    fn add(&self, history: &History, sums: &mut Sums) -> Result<Basis, Undecreed> {
        if let Some(before) = &self.activity.before {
            let date = before.last_moment(self.run.data_year);
            let date = self.calendar.working_between(self.now, date)?.0;
            let lags = history.enough(|known| known.lag);
            let ends = lags.as_deref().unwrap_or(&[0]).iter().map(|lag| date + lag).collect();
            sums.wait_until(&self.still(ends, 0));
            let usual = |runs, lag| Basis::UsualLag { runs, lag: WorkMinutes(lag) };
            return Ok(middle(lags).map_or(Basis::Date, |(runs, lag)| usual(runs, lag)));
        }
        let used = if self.row.state == RowState::Open { self.in_row()? } else { 0 };
        let Some(promised) = self.promised()? else {
            let spent = history.enough(|known| Some(known.spent));
            sums.add(&self.still(spent.clone().unwrap_or_else(|| vec![0]), used));
            let usual = |runs, spent| Basis::UsualTime { runs, spent: WorkMinutes(spent) };
            return Ok(middle(spent).map_or(Basis::Nothing, |(runs, spent)| usual(runs, spent)));
        };
        let percents = history.enough(Known::percent);
        let totals = percents.as_deref().unwrap_or(&ASSUMED).iter();
        let totals = totals.map(|percent| (promised * percent + 50) / 100).collect();
        sums.add(&self.still(totals, used));
        Ok(middle(percents).map_or(Basis::Waktu, |(runs, percent)| Basis::Usual { runs, percent }))
    }

    /// What is left of these times in a row under way: those that are over already did not
    /// come true. If none is left, the row is taken to end now.
    fn still(&self, totals: Vec<i64>, used: i64) -> Vec<i64> {
        if self.row.state != RowState::Open {
            return totals;
        }
        let left: Vec<_> = totals.into_iter().map(|total| total - used).filter(|left| *left > 0).collect();
        if left.is_empty() { vec![0] } else { left }
    }

    /// Working minutes that Waktu allows; `None` without Waktu.
    fn promised(&self) -> Result<Option<i64>, Undecreed> {
        let due = match self.row.due {
            Due::At(due) => due,
            Due::Open => return Ok(None),
            Due::Unknown(undecreed) => return Err(undecreed),
        };
        let span = self.row.span?;
        self.run.worked(self.calendar, span.from, due.max(span.from)).map(|promised| Some(promised.0))
    }

    /// Working minutes in which the work has been in the row, over all its rounds.
    fn in_row(&self) -> Result<i64, Undecreed> {
        let visits = self.run.visits.iter().filter(|visit| visit.cell.activity == self.row.order);
        let spent = visits.map(|visit| {
            let until = visit.outcome.as_ref().map_or(self.now, |outcome| outcome.stamp.at);
            self.run.worked(self.calendar, visit.since, until.max(visit.since))
        });
        spent.sum::<Result<WorkMinutes, _>>().map(|spent| spent.0)
    }
}

/// The middle of some amounts, and how many there are.
fn middle(amounts: Option<Vec<i64>>) -> Option<(usize, i64)> {
    let mut amounts = amounts?;
    amounts.sort_unstable();
    Some((amounts.len(), crate::timing::quantile(&amounts, 50)?))
}
