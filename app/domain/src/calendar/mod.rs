//! The office's calendar: working hours, days off by decree, and computing with working time.
//!
//! Everything is a function of its arguments: no clock, no time zone of the machine. Instants
//! are `DateTime<Utc>`; days and times of day are those of WIB. A computation that touches a
//! day of a year without a decree answers [`Undecreed`] instead of guessing.

mod allowance;
mod csv;
mod deadline;
mod holiday;
mod hours;
mod waktu;
mod walk;
mod wib;
pub mod words;
mod working;
mod years;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

pub use allowance::{Allowance, AllowanceProblem};
pub use csv::{CsvFault, CsvProblem, SHIPPED_CSV, parse_csv, to_csv};
pub use deadline::{FixedDate, NoSuchDay};
pub use holiday::{DayOff, DayOffKind};
pub use hours::{HoursException, HoursProblem, Interval, WeekHours};
pub use wib::{at, date_of, instant, local, start_of_day, wib};
pub use working::{DAY_MINUTES, WorkMinutes};
pub use years::{ImportProblem, YearProblem};

/// Working hours and days off of one office.
///
/// The default has the default hours and no year at all: it computes nothing until it is told
/// a decree ([`Calendar::set_year`], [`Calendar::import_csv`], [`Calendar::shipped`]).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Stored")]
pub struct Calendar {
    hours: WeekHours,
    /// In order and without overlaps.
    exceptions: Vec<HoursException>,
    /// The years that have a decree.
    years: BTreeSet<i32>,
    /// In order and each once.
    days_off: Vec<DayOff>,
}

impl Calendar {
    /// The usual working hours.
    pub fn hours(&self) -> &WeekHours {
        &self.hours
    }

    /// Changes the usual working hours.
    pub fn set_hours(&mut self, hours: WeekHours) {
        self.hours = hours;
    }

    /// The dated exceptions, in order.
    pub fn exceptions(&self) -> &[HoursException] {
        &self.exceptions
    }

    /// Replaces all dated exceptions.
    ///
    /// # Errors
    /// [`HoursProblem::ReversedException`] or [`HoursProblem::OverlappingExceptions`]; the
    /// calendar is then unchanged.
    pub fn set_exceptions(&mut self, mut exceptions: Vec<HoursException>) -> Result<(), HoursProblem> {
        exceptions.sort_by_key(|e| (e.from, e.to));
        if let Some(bad) = exceptions.iter().find(|e| e.to < e.from) {
            let name = bad.name.clone();
            return Err(HoursProblem::ReversedException { name });
        }
        for pair in exceptions.windows(2) {
            if let [first, second] = pair
                && second.from <= first.to
            {
                return Err(HoursProblem::OverlappingExceptions {
                    first: first.name.clone(),
                    second: second.name.clone(),
                    on: second.from,
                });
            }
        }
        self.exceptions = exceptions;
        Ok(())
    }

    /// The week's hours that hold on a day, be it a day off or not.
    pub fn hours_on(&self, date: NaiveDate) -> &WeekHours {
        let after = self.exceptions.partition_point(|e| e.to < date);
        match self.exceptions.get(after) {
            Some(exception) if exception.from <= date => &exception.hours,
            _ => &self.hours,
        }
    }

    /// The stretches that are worked on a day; none on a day off or at the weekend.
    ///
    /// # Errors
    /// [`Undecreed`] for a day of a year without a decree, even for a Sunday.
    pub fn intervals(&self, date: NaiveDate) -> Result<&[Interval], Undecreed> {
        let year = date.year();
        if !self.is_decreed(year) {
            return Err(Undecreed { year });
        }
        if self.days_off.binary_search_by_key(&date, |d| d.date).is_ok() {
            return Ok(&[]);
        }
        Ok(self.hours_on(date).on(date.weekday()))
    }
}

/// A date depends on a year whose holidays have not been decreed: "kalender 2028 belum
/// ditetapkan".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[error("kalender {year} belum ditetapkan")]
pub struct Undecreed {
    /// The first such year that the computation met.
    pub year: i32,
}

/// What a calendar is read from; the rest of its order is restored, its rules are checked.
#[derive(Deserialize)]
struct Stored {
    hours: WeekHours,
    exceptions: Vec<HoursException>,
    years: BTreeSet<i32>,
    days_off: Vec<DayOff>,
}

impl TryFrom<Stored> for Calendar {
    type Error = HoursProblem;

    fn try_from(stored: Stored) -> Result<Self, HoursProblem> {
        let mut calendar = Self {
            hours: stored.hours,
            exceptions: Vec::new(),
            years: stored.years,
            days_off: stored.days_off,
        };
        calendar.sort_days();
        calendar.set_exceptions(stored.exceptions)?;
        Ok(calendar)
    }
}
