//! Stepping over working time: a moment as (working day, working time since its start).
//!
//! The two directions mirror each other. Forwards a result lies at the **end** of a stretch of
//! work (16.00, not 07.30 of the next day); backwards at the **start** of one (13.00, not
//! 12.00). The start is read the same way round: 16.00 forwards is the same as the next
//! morning, 07.30 backwards the same as the evening before.
//!
//! Whole days are skipped by their length, so a computation costs a few steps per day, however
//! many minutes it covers. Inside, time is in nanoseconds: seconds of a start are carried
//! through unchanged, and no result can slip past the end of a stretch.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use super::{Calendar, Interval, Undecreed};

pub(super) const MINUTE: i64 = 60_000_000_000;
const SECOND: i64 = 1_000_000_000;

/// A moment of working time.
struct Position<'a> {
    date: NaiveDate,
    /// The stretches of `date`; at least one.
    spans: &'a [Interval],
    /// Working nanoseconds since the day's first minute.
    elapsed: i64,
}

impl Calendar {
    /// `amount` working nanoseconds (at least 1) after a moment, at the end of a stretch if
    /// it falls on one.
    pub(super) fn forward(&self, start: NaiveDateTime, amount: i64) -> Result<NaiveDateTime, Undecreed> {
        let mut at = self.next_position(start)?;
        let mut elapsed = at.elapsed.saturating_add(amount);
        while elapsed > length(at.spans) {
            elapsed -= length(at.spans);
            at = self.day_after(at.date)?;
        }
        Ok(ending(at.date, at.spans, elapsed))
    }

    /// `amount` working nanoseconds (at least 1) before a moment, at the start of a stretch
    /// if it falls on one.
    pub(super) fn backward(&self, end: NaiveDateTime, amount: i64) -> Result<NaiveDateTime, Undecreed> {
        let mut at = self.last_position(end)?;
        let mut left = amount;
        while left > at.elapsed {
            left -= at.elapsed;
            at = self.day_before(at.date)?;
        }
        Ok(starting(at.date, at.spans, at.elapsed - left))
    }

    /// The same share of the day, `days` (at least 1) working days later; rounded up to the
    /// minute where the two days differ in length.
    pub(super) fn forward_days(&self, start: NaiveDateTime, days: u32) -> Result<NaiveDateTime, Undecreed> {
        let first = self.next_position(start)?;
        // From the very start of a day, that day is the first one used up.
        let steps = days - u32::from(first.elapsed == 0);
        let mut at = first.date;
        let mut spans = first.spans;
        for _ in 0..steps {
            Position { date: at, spans, .. } = self.day_after(at)?;
        }
        let elapsed = match first.elapsed {
            0 => length(spans),
            some => share(some, first.spans, spans, |n, d| (n + d - 1) / d),
        };
        Ok(ending(at, spans, elapsed))
    }

    /// The same share of the day, `days` (at least 1) working days earlier; rounded down to
    /// the minute where the two days differ in length. So it is the latest start from which
    /// [`Calendar::forward_days`] ends in time.
    pub(super) fn backward_days(&self, end: NaiveDateTime, days: u32) -> Result<NaiveDateTime, Undecreed> {
        let last = self.last_position(end)?;
        let whole = last.elapsed == length(last.spans);
        let steps = days - u32::from(whole);
        let mut at = last.date;
        let mut spans = last.spans;
        for _ in 0..steps {
            Position { date: at, spans, .. } = self.day_before(at)?;
        }
        let elapsed = if whole { 0 } else { share(last.elapsed, last.spans, spans, |n, d| n / d) };
        Ok(starting(at, spans, elapsed))
    }

    /// The first moment at or after `from` from which work goes on.
    pub(super) fn next_moment(&self, from: NaiveDateTime) -> Result<NaiveDateTime, Undecreed> {
        let at = self.next_position(from)?;
        Ok(starting(at.date, at.spans, at.elapsed))
    }

    /// The last moment at or before `to` up to which there was work.
    pub(super) fn last_moment(&self, to: NaiveDateTime) -> Result<NaiveDateTime, Undecreed> {
        let at = self.last_position(to)?;
        Ok(ending(at.date, at.spans, at.elapsed))
    }

    fn next_position(&self, from: NaiveDateTime) -> Result<Position<'_>, Undecreed> {
        let date = from.date();
        let spans = self.intervals(date)?;
        let elapsed = worked(spans, from.time());
        if elapsed < length(spans) {
            return Ok(Position { date, spans, elapsed });
        }
        self.day_after(date)
    }

    fn last_position(&self, to: NaiveDateTime) -> Result<Position<'_>, Undecreed> {
        let date = to.date();
        // At 00.00 nothing of the day has been touched, not even its decree.
        if to.time() > NaiveTime::MIN {
            let spans = self.intervals(date)?;
            let elapsed = worked(spans, to.time());
            if elapsed > 0 {
                return Ok(Position { date, spans, elapsed });
            }
        }
        self.day_before(date)
    }

    /// The start of the next working day after a date.
    fn day_after(&self, date: NaiveDate) -> Result<Position<'_>, Undecreed> {
        let mut date = date;
        loop {
            let year = date.year();
            date = date.succ_opt().ok_or(Undecreed { year })?;
            let spans = self.intervals(date)?;
            if !spans.is_empty() {
                let elapsed = 0;
                return Ok(Position { date, spans, elapsed });
            }
        }
    }

    /// The end of the last working day before a date.
    fn day_before(&self, date: NaiveDate) -> Result<Position<'_>, Undecreed> {
        let mut date = date;
        loop {
            let year = date.year();
            date = date.pred_opt().ok_or(Undecreed { year })?;
            let spans = self.intervals(date)?;
            if !spans.is_empty() {
                let elapsed = length(spans);
                return Ok(Position { date, spans, elapsed });
            }
        }
    }
}

fn length(spans: &[Interval]) -> i64 {
    spans.iter().map(|s| s.minutes() * MINUTE).sum()
}

fn open(span: Interval) -> i64 {
    i64::from(span.open()) * MINUTE
}

/// Working nanoseconds of a day before a time of day.
fn worked(spans: &[Interval], time: NaiveTime) -> i64 {
    let now = i64::from(time.num_seconds_from_midnight()) * SECOND + i64::from(time.nanosecond());
    let part = |s: &Interval| (now - open(*s)).clamp(0, s.minutes() * MINUTE);
    spans.iter().map(part).sum()
}

/// Where `elapsed` of a day of these stretches falls on a day of others, to the whole minute.
/// Days of the same length keep it exactly.
fn share(elapsed: i64, from: &[Interval], to: &[Interval], round: fn(i64, i64) -> i64) -> i64 {
    let (from, to) = (length(from), length(to));
    if from == to {
        return elapsed;
    }
    // At most 24 h × 1440 < 2^57.
    round(elapsed * (to / MINUTE), from) * MINUTE
}

/// The moment at which `elapsed` is reached, `0 < elapsed <= length`.
fn ending(date: NaiveDate, spans: &[Interval], elapsed: i64) -> NaiveDateTime {
    let mut left = elapsed;
    for span in spans {
        let room = span.minutes() * MINUTE;
        if left <= room {
            return moment(date, open(*span) + left);
        }
        left -= room;
    }
    moment(date, left)
}

/// The moment from which work goes on after `elapsed`, `0 <= elapsed < length`.
fn starting(date: NaiveDate, spans: &[Interval], elapsed: i64) -> NaiveDateTime {
    let mut left = elapsed;
    for span in spans {
        let room = span.minutes() * MINUTE;
        if left < room {
            return moment(date, open(*span) + left);
        }
        left -= room;
    }
    moment(date, left)
}

fn moment(date: NaiveDate, nanoseconds: i64) -> NaiveDateTime {
    let midnight = date.and_time(NaiveTime::MIN);
    midnight.checked_add_signed(TimeDelta::nanoseconds(nanoseconds)).unwrap_or(midnight)
}
