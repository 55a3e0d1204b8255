//! Working time by another, simpler method: walk minute by minute and count.
//!
//! It shares nothing with the calendar but the CSV file, which it reads in its own way, and
//! knows the hours by heart.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Utc, Weekday};

use super::{RAMADAN, d};
use crate::calendar::{SHIPPED_CSV, Undecreed, instant, local};

pub(super) struct Walker {
    days_off: HashSet<NaiveDate>,
    ramadan: Option<RangeInclusive<NaiveDate>>,
}

impl Walker {
    pub(super) fn new(ramadan: bool) -> Self {
        let dates = SHIPPED_CSV.lines().skip(1);
        let days_off = dates.map(|line| d(line.split(',').next().unwrap()));
        Self { days_off: days_off.collect(), ramadan: ramadan.then(|| d(RAMADAN.0)..=d(RAMADAN.1)) }
    }

    /// Walks until `minutes` have been worked; backwards if negative.
    pub(super) fn walk(&self, start: DateTime<Utc>, minutes: i64) -> Result<DateTime<Utc>, Undecreed> {
        let minute = TimeDelta::minutes(1);
        let mut now = local(start);
        let mut left = minutes;
        while left > 0 {
            left -= i64::from(self.is_worked(now)?);
            now += minute;
        }
        while left < 0 {
            now -= minute;
            left += i64::from(self.is_worked(now)?);
        }
        Ok(instant(now))
    }

    /// Counts the worked minutes; `from` must not be after `to`.
    pub(super) fn count(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<i64, Undecreed> {
        let (mut now, to) = (local(from), local(to));
        let mut worked = 0;
        while now < to {
            worked += i64::from(self.is_worked(now)?);
            now += TimeDelta::minutes(1);
        }
        Ok(worked)
    }

    fn is_worked(&self, at: NaiveDateTime) -> Result<bool, Undecreed> {
        let date = at.date();
        let year = date.year();
        if !(2026..=2027).contains(&year) {
            return Err(Undecreed { year });
        }
        let ramadan = self.ramadan.as_ref().is_some_and(|r| r.contains(&date));
        let clock = at.hour() * 100 + at.minute();
        let (morning, afternoon) = match (date.weekday(), ramadan) {
            (Weekday::Sat | Weekday::Sun, _) => return Ok(false),
            (Weekday::Fri, false) => (730..1130, 1300..1630),
            (Weekday::Fri, true) => (800..1130, 1230..1530),
            (_, false) => (730..1200, 1300..1600),
            (_, true) => (800..1200, 1230..1500),
        };
        let office_hours = morning.contains(&clock) || afternoon.contains(&clock);
        Ok(office_hours && !self.days_off.contains(&date))
    }
}
