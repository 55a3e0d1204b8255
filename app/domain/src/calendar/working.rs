//! Working time: adding it, taking it away, and measuring it between two instants.

use std::ops::Neg;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};

use super::walk::MINUTE;
use super::{Calendar, Undecreed, WorkMinutes, instant, local};

impl Calendar {
    /// The instant at which `minutes` of work after `start` are done.
    ///
    /// It lies at the end of a stretch of work rather than at the start of the next one: from
    /// 15.00, one hour ends at 16.00. A start outside working hours counts from the next
    /// working moment. Seconds of the start are kept. Zero minutes give `start` itself, a
    /// negative amount goes backwards as [`Calendar::sub_working`].
    ///
    /// # Errors
    /// [`Undecreed`] if any day from the start to the end is of a year without a decree.
    pub fn add_working(
        &self,
        start: DateTime<Utc>,
        minutes: WorkMinutes,
    ) -> Result<DateTime<Utc>, Undecreed> {
        let amount = minutes.0.saturating_mul(MINUTE);
        match amount {
            0 => Ok(start),
            1.. => self.forward(local(start), amount).map(instant),
            _ => self.backward(local(start), amount.saturating_neg()).map(instant),
        }
    }

    /// The latest instant from which `minutes` of work are done by `end`.
    ///
    /// The mirror of [`Calendar::add_working`]: it lies at the start of a stretch of work, and
    /// an end outside working hours counts from the last working moment before it. Adding and
    /// then subtracting the same amount gives back every instant at which work goes on (see
    /// [`Calendar::is_working`]); one at which work just stopped (16.00) comes back as the
    /// moment at which it goes on (07.30), which is the same moment of working time.
    ///
    /// # Errors
    /// [`Undecreed`] if any day from the start to the end is of a year without a decree; 00.00
    /// of 1 January as the end does not touch the year that begins there.
    pub fn sub_working(&self, end: DateTime<Utc>, minutes: WorkMinutes) -> Result<DateTime<Utc>, Undecreed> {
        self.add_working(end, -minutes)
    }

    /// The working time from one instant to another, negative if `to` is the earlier one.
    ///
    /// Both instants are read to their minute, as off a clock on the wall, so that parts add
    /// up: `between(a, b) + between(b, c) == between(a, c)`, always.
    ///
    /// # Errors
    /// [`Undecreed`] if a day that has a minute in between is of a year without a decree.
    pub fn working_between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<WorkMinutes, Undecreed> {
        if to < from {
            return self.working_between(to, from).map(Neg::neg);
        }
        let (from, to) = (local(from), local(to));
        if from.date() == to.date() && minute_of_day(from) == minute_of_day(to) {
            return Ok(WorkMinutes::ZERO);
        }
        let mut minutes = -self.minutes_into(from)?;
        let mut date = from.date();
        while date < to.date() {
            minutes += self.day_length(date)?;
            date = day_after(date)?;
        }
        Ok(minutes + self.minutes_into(to)?)
    }

    /// Whether work goes on at an instant: from the first minute of a stretch of work up to,
    /// but not including, its end.
    ///
    /// # Errors
    /// [`Undecreed`] if its day is of a year without a decree.
    pub fn is_working(&self, at: DateTime<Utc>) -> Result<bool, Undecreed> {
        let at = local(at);
        let minute = minute_of_day(at);
        let spans = self.intervals(at.date())?;
        Ok(spans.iter().any(|s| i64::from(s.open()) <= minute && minute < i64::from(s.close())))
    }

    /// The first instant at or after `at` at which work goes on.
    ///
    /// # Errors
    /// [`Undecreed`] if it cannot be found without a year that has no decree.
    pub fn next_working(&self, at: DateTime<Utc>) -> Result<DateTime<Utc>, Undecreed> {
        self.next_moment(local(at)).map(instant)
    }

    /// The last instant at or before `at` up to which work went on.
    ///
    /// # Errors
    /// [`Undecreed`] if it cannot be found without a year that has no decree.
    pub fn last_working(&self, at: DateTime<Utc>) -> Result<DateTime<Utc>, Undecreed> {
        self.last_moment(local(at)).map(instant)
    }

    /// Whether anybody works on a day.
    ///
    /// # Errors
    /// [`Undecreed`] if it is of a year without a decree.
    pub fn is_working_day(&self, date: NaiveDate) -> Result<bool, Undecreed> {
        self.intervals(date).map(|spans| !spans.is_empty())
    }

    /// Working minutes of a day; 0 on a day off.
    ///
    /// # Errors
    /// [`Undecreed`] if it is of a year without a decree.
    pub fn day_length(&self, date: NaiveDate) -> Result<WorkMinutes, Undecreed> {
        let spans = self.intervals(date)?;
        Ok(WorkMinutes(spans.iter().map(|s| s.minutes()).sum()))
    }

    /// How many working days there are from `from` (included) to `to` (not included); negative
    /// if `to` is the earlier one.
    ///
    /// # Errors
    /// [`Undecreed`] if one of these days is of a year without a decree.
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> Result<i64, Undecreed> {
        if to < from {
            return self.working_days_between(to, from).map(Neg::neg);
        }
        let mut days = 0;
        let mut date = from;
        while date < to {
            days += i64::from(self.is_working_day(date)?);
            date = day_after(date)?;
        }
        Ok(days)
    }

    /// The `days`-th working day before a date: 1 is the last one before it.
    ///
    /// # Errors
    /// [`Undecreed`] if a day in between is of a year without a decree.
    pub fn working_day_before(&self, date: NaiveDate, days: u32) -> Result<NaiveDate, Undecreed> {
        let midnight = date.and_time(NaiveTime::MIN);
        match days {
            0 => Ok(date),
            _ => Ok(self.backward_days(midnight, days)?.date()),
        }
    }

    /// Working minutes of the day of `at` before its minute.
    fn minutes_into(&self, at: NaiveDateTime) -> Result<WorkMinutes, Undecreed> {
        let minute = minute_of_day(at);
        // At 00.00 nothing of the day has been touched, not even its decree.
        if minute == 0 {
            return Ok(WorkMinutes::ZERO);
        }
        let spans = self.intervals(at.date())?;
        let part = |open: u16, length: i64| (minute - i64::from(open)).clamp(0, length);
        Ok(WorkMinutes(spans.iter().map(|s| part(s.open(), s.minutes())).sum()))
    }
}

fn minute_of_day(at: NaiveDateTime) -> i64 {
    i64::from(at.time().num_seconds_from_midnight() / 60)
}

fn day_after(date: NaiveDate) -> Result<NaiveDate, Undecreed> {
    let year = date.year();
    date.checked_add_signed(TimeDelta::days(1)).ok_or(Undecreed { year })
}
