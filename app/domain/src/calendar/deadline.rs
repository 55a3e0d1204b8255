//! Deadlines that are a date of the year after the data year: "sebelum 11 Januari".

use std::fmt;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{start_of_day, words};

/// A leap year, so that 29 February is a day of the year.
const LEAP_YEAR: i32 = 2024;

/// "Before this day", the year being counted from a run's data year.
///
/// `FixedDate::new(1, 11, 1)` is "sebelum 11 Januari" of the year after the data year: 10
/// January 23:59:59.999 WIB is in time, 11 January 00:00:00.000 WIB is late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Stored")]
pub struct FixedDate {
    month: u32,
    day: u32,
    year_offset: i32,
}

impl FixedDate {
    /// Before `day` of `month` (1–12), `year_offset` years after the data year.
    ///
    /// # Errors
    /// [`NoSuchDay`] for a day that no year has. 29 February is taken; in a year without one,
    /// "before 29 February" ends with 28 February as well.
    pub fn new(month: u32, day: u32, year_offset: i32) -> Result<Self, NoSuchDay> {
        match NaiveDate::from_ymd_opt(LEAP_YEAR, month, day) {
            Some(_) => Ok(Self { month, day, year_offset }),
            None => Err(NoSuchDay { month, day }),
        }
    }

    /// The first day that is late, in WIB.
    pub fn date(&self, data_year: i32) -> NaiveDate {
        let year = data_year.saturating_add(self.year_offset);
        NaiveDate::from_ymd_opt(year, self.month, self.day)
            // Only 29 February can be missing from a year: 1 March is then the first late day.
            .or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
            .unwrap_or(NaiveDate::MAX)
    }

    /// The first instant that is late: 00.00 WIB of [`FixedDate::date`]. Plans count backwards
    /// from here.
    pub fn cutoff(&self, data_year: i32) -> DateTime<Utc> {
        start_of_day(self.date(data_year))
    }

    /// The last millisecond in time, for showing: 23:59:59.999 WIB of the day before.
    pub fn last_moment(&self, data_year: i32) -> DateTime<Utc> {
        let cutoff = self.cutoff(data_year);
        cutoff.checked_sub_signed(TimeDelta::milliseconds(1)).unwrap_or(cutoff)
    }

    /// Whether something that happened at `at` is late.
    pub fn is_late(&self, data_year: i32, at: DateTime<Utc>) -> bool {
        at >= self.cutoff(data_year)
    }

    /// "sebelum 11 Januari 2027"
    pub fn words(&self, data_year: i32) -> String {
        format!("sebelum {}", words::date(self.date(data_year)))
    }
}

/// "sebelum 11 Januari"
impl fmt::Display for FixedDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sebelum {} {}", self.day, words::month(self.month))
    }
}

/// A day of the month that does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("tanggal {day} bulan {month} tidak ada")]
pub struct NoSuchDay {
    /// The month that was given.
    pub month: u32,
    /// The day that was given.
    pub day: u32,
}

#[derive(Deserialize)]
struct Stored {
    month: u32,
    day: u32,
    year_offset: i32,
}

impl TryFrom<Stored> for FixedDate {
    type Error = NoSuchDay;

    fn try_from(stored: Stored) -> Result<Self, NoSuchDay> {
        Self::new(stored.month, stored.day, stored.year_offset)
    }
}
