//! Waktu: the time that a row of a procedure is allowed, as printed ("10 hari", "1 Jam", "-").

use std::fmt;

use chrono::{DateTime, Months, NaiveDateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{Calendar, DAY_MINUTES, Undecreed, WorkMinutes, instant, local};

/// The time a row is allowed, in the unit that is printed.
///
/// Menit, Jam and Hari are working time, Minggu and Bulan are calendar lengths that run through
/// nights and holidays (`domain.md`, section 4; Minggu is **assumed** after Bulan).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Allowance {
    /// Working minutes.
    Minutes(u32),
    /// Working hours of 60 minutes.
    Hours(u32),
    /// Working days; see [`Calendar::end_of`].
    Days(u32),
    /// Calendar weeks: the same weekday and time of day in WIB.
    Weeks(u32),
    /// Calendar months: the same day of the month and time of day in WIB, or the month's last
    /// day if it is shorter.
    Months(u32),
    /// No time is allowed or none is needed: "-" or empty.
    #[default]
    None,
}

impl Allowance {
    /// The working time it stands for when every working day has `day_minutes`, for comparing
    /// the printed time with a real one; `None` for calendar lengths and for no time.
    pub fn nominal(self, day_minutes: i64) -> Option<WorkMinutes> {
        match self {
            Self::Minutes(n) => Some(WorkMinutes(n.into())),
            Self::Hours(n) => Some(WorkMinutes::hours(n.into())),
            Self::Days(n) => Some(WorkMinutes(day_minutes.saturating_mul(n.into()))),
            Self::Weeks(_) | Self::Months(_) | Self::None => None,
        }
    }

    /// Whether it counts working time and so depends on hours and holidays.
    pub fn is_working_time(self) -> bool {
        self.nominal(DAY_MINUTES).is_some()
    }
}

/// "10 Hari", "1 Jam 30 Menit", "-": always in a form that [`Allowance::parse`] reads back.
impl fmt::Display for Allowance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Minutes(n) if *n > 60 && n % 60 != 0 => {
                write!(f, "{} Jam {} Menit", n / 60, n % 60)
            }
            Self::Minutes(n) => write!(f, "{n} Menit"),
            Self::Hours(n) => write!(f, "{n} Jam"),
            Self::Days(n) => write!(f, "{n} Hari"),
            Self::Weeks(n) => write!(f, "{n} Minggu"),
            Self::Months(n) => write!(f, "{n} Bulan"),
            Self::None => f.write_str("-"),
        }
    }
}

impl Calendar {
    /// When work that may take `allowance` must be done if it starts at `start`; `None` if no
    /// time is allowed.
    ///
    /// **Hari** is a whole working day, whatever its length (**assumed**; on the default hours
    /// it is exactly 450 minutes): the end lies at the same share of the working day, that
    /// many working days later. From the end of a day it lands on the end of a day, from the
    /// start of a day on the end of the last day used, so ten days of Ramadan are ten days.
    /// Between days of unequal length it is rounded up to the minute.
    ///
    /// The end of Minggu and Bulan is a point of the calendar and may be at night or on a
    /// holiday; it depends on no decree.
    ///
    /// # Errors
    /// [`Undecreed`] if working time touches a year without a decree.
    pub fn end_of(
        &self,
        start: DateTime<Utc>,
        allowance: &Allowance,
    ) -> Result<Option<DateTime<Utc>>, Undecreed> {
        match *allowance {
            Allowance::None => Ok(None),
            Allowance::Minutes(n) => self.add_working(start, WorkMinutes(n.into())).map(Some),
            Allowance::Hours(n) => self.add_working(start, WorkMinutes::hours(n.into())).map(Some),
            Allowance::Days(0) => Ok(Some(start)),
            Allowance::Days(n) => Ok(Some(instant(self.forward_days(local(start), n)?))),
            Allowance::Weeks(n) => shift(start, |at| at.checked_add_signed(weeks(n))),
            Allowance::Months(n) => shift(start, |at| at.checked_add_months(Months::new(n))),
        }
    }

    /// The latest start from which work that may take `allowance` is done by `end`; `None` if
    /// no time is allowed. The mirror of [`Calendar::end_of`]: for Menit, Jam and Hari, to the
    /// minute, `end_of(start) <= end` holds exactly for the starts up to this one. For Bulan a start at
    /// the end of a long month is taken a little early, never late (28 February gives 28
    /// January).
    ///
    /// # Errors
    /// [`Undecreed`] if working time touches a year without a decree.
    pub fn start_for(
        &self,
        end: DateTime<Utc>,
        allowance: &Allowance,
    ) -> Result<Option<DateTime<Utc>>, Undecreed> {
        match *allowance {
            Allowance::None => Ok(None),
            Allowance::Minutes(n) => self.sub_working(end, WorkMinutes(n.into())).map(Some),
            Allowance::Hours(n) => self.sub_working(end, WorkMinutes::hours(n.into())).map(Some),
            Allowance::Days(0) => Ok(Some(end)),
            Allowance::Days(n) => Ok(Some(instant(self.backward_days(local(end), n)?))),
            Allowance::Weeks(n) => shift(end, |at| at.checked_sub_signed(weeks(n))),
            Allowance::Months(n) => shift(end, |at| at.checked_sub_months(Months::new(n))),
        }
    }
}

fn weeks(n: u32) -> TimeDelta {
    TimeDelta::days(i64::from(n) * 7)
}

/// Moves along the calendar in WIB. Beyond chrono's range (year 262142) no year is decreed.
fn shift(
    at: DateTime<Utc>,
    step: impl FnOnce(NaiveDateTime) -> Option<NaiveDateTime>,
) -> Result<Option<DateTime<Utc>>, Undecreed> {
    match step(local(at)) {
        Some(to) => Ok(Some(instant(to))),
        None => Err(Undecreed { year: i32::MAX }),
    }
}

/// Why Waktu cannot be understood. Text of the user's is cut to 40 characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AllowanceProblem {
    /// No number where one is needed, or one that is not written the Indonesian way.
    #[error("waktu \"{0}\" tidak dikenal, tulis seperti \"1 Jam\", \"10 Hari\" atau \"1,5 Jam\"")]
    NotUnderstood(String),
    /// A unit that is none of the five.
    #[error("satuan waktu \"{0}\" tidak dikenal, pilih Menit, Jam, Hari, Minggu atau Bulan")]
    Unit(String),
    /// A decimal part where only whole numbers have a meaning, or that is not whole minutes.
    #[error("waktu \"{0}\" tidak dapat dibagi menjadi menit yang bulat")]
    Fraction(String),
    /// Several units other than Jam and Menit.
    #[error("waktu \"{0}\" menggabungkan satuan, hanya Jam dan Menit yang dapat digabung")]
    Mixed(String),
    /// Zero, which is written "-".
    #[error("waktu harus lebih dari nol, tulis \"-\" jika tidak ada")]
    Zero,
    /// More than can be counted.
    #[error("waktu \"{0}\" terlalu besar")]
    TooLarge(String),
}
