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
mod minutes;
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
pub use csv::{CsvFault, CsvProblem, SHIPPED_CSV, parse_csv, read_csv, to_csv};
pub use deadline::{FixedDate, NoSuchDay};
pub use holiday::{DayOff, DayOffKind};
pub use hours::{HoursException, HoursProblem, Interval, WeekHours};
pub use minutes::{DAY_MINUTES, WorkMinutes};
pub use wib::{at, date_of, instant, local, start_of_day, wib};
pub use years::{ImportProblem, YearProblem};

/// Working hours and days off of one office.
///
/// The default has the default hours and no year at all: it computes nothing until it is told
/// a decree ([`Calendar::set_year`], [`Calendar::import_csv`], [`Calendar::shipped`]).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Stored")]
pub struct Calendar {
    /// The usual hours before the first of `changes`.
    hours: WeekHours,
    /// Other usual hours from a day on; in order and each day once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    changes: Vec<(NaiveDate, WeekHours)>,
    /// In order and without overlaps.
    exceptions: Vec<HoursException>,
    /// The years that have a decree.
    years: BTreeSet<i32>,
    /// In order and each once.
    days_off: Vec<DayOff>,
}

impl Calendar {
    /// The usual working hours before they were first changed from a day on.
    pub fn hours(&self) -> &WeekHours {
        &self.hours
    }

    /// Replaces the usual working hours, for all time.
    pub fn set_hours(&mut self, hours: WeekHours) {
        self.hours = hours;
        self.changes.clear();
    }

    /// Changes the usual working hours from a day on, up to the next change. What was before
    /// that day stays as it was, and so does what was measured in it.
    pub fn set_hours_from(&mut self, from: NaiveDate, hours: WeekHours) {
        let at = self.changes.partition_point(|(day, _)| *day < from);
        match self.changes.get_mut(at).filter(|(day, _)| *day == from) {
            Some(there) => there.1 = hours,
            None => self.changes.insert(at, (from, hours)),
        }
    }

    /// From which days on the usual working hours are others than before, in order.
    pub fn hours_changes(&self) -> &[(NaiveDate, WeekHours)] {
        &self.changes
    }

    /// The usual working hours on a day, without the dated exceptions.
    pub fn usual_hours_on(&self, date: NaiveDate) -> &WeekHours {
        let begun = self.changes.partition_point(|(day, _)| *day <= date);
        let last = begun.checked_sub(1).and_then(|at| self.changes.get(at));
        last.map_or(&self.hours, |(_, hours)| hours)
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

    /// Adds one dated exception.
    ///
    /// # Errors
    /// As [`Calendar::set_exceptions`].
    pub fn add_exception(&mut self, exception: HoursException) -> Result<(), HoursProblem> {
        let mut all = self.exceptions.clone();
        all.push(exception);
        self.set_exceptions(all)
    }

    /// Removes the exception that begins on a day; `None` if none does.
    pub fn remove_exception(&mut self, from: NaiveDate) -> Option<HoursException> {
        let at = self.exceptions.iter().position(|exception| exception.from == from)?;
        Some(self.exceptions.remove(at))
    }

    /// The week's hours that hold on a day, be it a day off or not.
    pub fn hours_on(&self, date: NaiveDate) -> &WeekHours {
        let after = self.exceptions.partition_point(|e| e.to < date);
        match self.exceptions.get(after) {
            Some(exception) if exception.from <= date => &exception.hours,
            _ => self.usual_hours_on(date),
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
    #[serde(default)]
    changes: Vec<(NaiveDate, WeekHours)>,
    exceptions: Vec<HoursException>,
    years: BTreeSet<i32>,
    days_off: Vec<DayOff>,
}

impl TryFrom<Stored> for Calendar {
    type Error = HoursProblem;

    fn try_from(stored: Stored) -> Result<Self, HoursProblem> {
        let mut calendar = Self {
            hours: stored.hours,
            changes: Vec::new(),
            exceptions: Vec::new(),
            years: stored.years,
            days_off: stored.days_off,
        };
        calendar.sort_days();
        for (from, hours) in stored.changes {
            calendar.set_hours_from(from, hours);
        }
        calendar.set_exceptions(stored.exceptions)?;
        Ok(calendar)
    }
}
