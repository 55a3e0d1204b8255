//! Which years have a decree, and the days off in them.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::csv::{CsvProblem, SHIPPED_CSV, parse_csv};
use super::holiday::{DayOff, DayOffKind};
use super::{Calendar, words};

impl Calendar {
    /// Default hours and the years whose decrees ship with Alur (`data/hari-libur.csv`).
    ///
    /// # Errors
    /// None in a build whose tests pass: the shipped file is one of them.
    pub fn shipped() -> Result<Self, ImportProblem> {
        let mut calendar = Self::default();
        calendar.import_csv(SHIPPED_CSV)?;
        Ok(calendar)
    }

    /// The years that have a decree, in order.
    pub fn years(&self) -> impl Iterator<Item = i32> + '_ {
        self.years.iter().copied()
    }

    /// Whether the decree for a year is known. Without one nothing is computed for that year.
    pub fn is_decreed(&self, year: i32) -> bool {
        self.years.contains(&year)
    }

    /// Every day off that is known in a year, decreed or not, in order.
    pub fn days_off(&self, year: i32) -> &[DayOff] {
        let from = self.days_off.partition_point(|d| d.date.year() < year);
        let to = self.days_off.partition_point(|d| d.date.year() <= year);
        self.days_off.get(from..to).unwrap_or_default()
    }

    /// The reasons why a day is off; empty for a day that is not a known day off.
    pub fn days_off_on(&self, date: NaiveDate) -> &[DayOff] {
        let from = self.days_off.partition_point(|d| d.date < date);
        let to = self.days_off.partition_point(|d| d.date <= date);
        self.days_off.get(from..to).unwrap_or_default()
    }

    /// The calendar with the decree of a year; see [`Calendar::set_year`].
    ///
    /// # Errors
    /// As [`Calendar::set_year`].
    pub fn with_year(mut self, year: i32, days: Vec<DayOff>) -> Result<Self, YearProblem> {
        self.set_year(year, days)?;
        Ok(self)
    }

    /// Gives a year its decree: `days` replace every holiday and collective leave of that year.
    /// The office's own closed days stay; those among `days` are added to them.
    ///
    /// # Errors
    /// [`YearProblem`]; the calendar is then unchanged.
    pub fn set_year(&mut self, year: i32, days: Vec<DayOff>) -> Result<(), YearProblem> {
        if let Some(day) = days.iter().find(|day| day.date.year() != year) {
            let date = day.date;
            return Err(YearProblem::OutsideYear { date, year });
        }
        days.iter().try_for_each(check)?;
        if !days.iter().any(|d| d.kind == DayOffKind::NationalHoliday) {
            return Err(YearProblem::NoHoliday { year });
        }
        self.days_off.retain(|d| d.date.year() != year || !d.kind.by_decree());
        self.days_off.extend(days);
        self.years.insert(year);
        self.sort_days();
        Ok(())
    }

    /// Takes the decree of a year back: the year is undecreed again, its closed days stay.
    pub fn clear_year(&mut self, year: i32) {
        self.years.remove(&year);
        self.days_off.retain(|d| d.date.year() != year || !d.kind.by_decree());
    }

    /// Adds one day off, such as a closed office or an election day decreed later. It does not
    /// make its year a decreed one. Adding the same day twice changes nothing.
    ///
    /// # Errors
    /// [`YearProblem::NoName`] or [`YearProblem::NoDecree`].
    pub fn add_day(&mut self, day: DayOff) -> Result<(), YearProblem> {
        check(&day)?;
        self.days_off.push(day);
        self.sort_days();
        Ok(())
    }

    /// Removes one day off; `false` if the calendar does not hold it.
    pub fn remove_day(&mut self, day: &DayOff) -> bool {
        let before = self.days_off.len();
        self.days_off.retain(|d| d != day);
        self.days_off.len() != before
    }

    /// A day on which the office is closed for two reasons of its own, if there is one. Days
    /// off by decree may have several reasons, and are known by their names; a closed office
    /// is known by its day alone.
    pub(crate) fn closed_twice(&self) -> Option<NaiveDate> {
        let mut closed = self.days_off.iter().filter(|day| day.kind == DayOffKind::OfficeClosed);
        let mut last = closed.next()?.date;
        closed.find_map(|day| {
            let same = day.date == last;
            last = day.date;
            same.then_some(last)
        })
    }

    /// The same calendar without what the office itself wrote into it: why it is closed, and
    /// what it calls its special hours.
    pub(crate) fn without_words(&self) -> Self {
        let mut bare = self.clone();
        bare.days_off.iter_mut().for_each(DayOff::lose_words);
        bare.exceptions.iter_mut().for_each(|exception| exception.name.clear());
        bare.sort_days();
        bare
    }

    /// Sets every year of which `days` hold a holiday or collective leave, as
    /// [`Calendar::set_year`] does, and adds the closed days of other years.
    ///
    /// # Errors
    /// [`YearProblem`] of the first year that has one; the calendar is then unchanged.
    pub fn set_years(&mut self, days: Vec<DayOff>) -> Result<(), YearProblem> {
        let mut next = self.clone();
        let decreed: BTreeSet<i32> =
            days.iter().filter(|d| d.kind.by_decree()).map(|d| d.date.year()).collect();
        let (of_years, others): (Vec<_>, Vec<_>) =
            days.into_iter().partition(|d| decreed.contains(&d.date.year()));
        for year in decreed {
            let of_year = of_years.iter().filter(|d| d.date.year() == year);
            next.set_year(year, of_year.cloned().collect())?;
        }
        others.into_iter().try_for_each(|day| next.add_day(day))?;
        *self = next;
        Ok(())
    }

    /// Reads a CSV as [`parse_csv`] does and sets its years as [`Calendar::set_years`] does.
    ///
    /// # Errors
    /// [`ImportProblem`]; the calendar is then unchanged.
    pub fn import_csv(&mut self, text: &str) -> Result<(), ImportProblem> {
        Ok(self.set_years(parse_csv(text)?)?)
    }

    pub(super) fn sort_days(&mut self) {
        self.days_off.sort();
        self.days_off.dedup();
    }
}

fn check(day: &DayOff) -> Result<(), YearProblem> {
    let date = day.date;
    if day.name.trim().is_empty() {
        return Err(YearProblem::NoName { date });
    }
    if day.kind.by_decree() && day.decree.trim().is_empty() {
        return Err(YearProblem::NoDecree { date });
    }
    Ok(())
}

/// Why days off cannot be taken over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum YearProblem {
    /// A day that is not in the year it was given for.
    #[error("{} tidak termasuk tahun {year}", words::date(*.date))]
    OutsideYear {
        /// The day.
        date: NaiveDate,
        /// The year that was to be set.
        year: i32,
    },
    /// A year without a single national holiday: surely a mistake, and it would count holidays
    /// as working days.
    #[error("kalender {year} tidak memuat satu pun libur nasional")]
    NoHoliday {
        /// The year that was to be set.
        year: i32,
    },
    /// A day off without a name.
    #[error("hari libur {} belum bernama", words::date(*.date))]
    NoName {
        /// The day.
        date: NaiveDate,
    },
    /// A holiday or collective leave that cites no decree.
    #[error("hari libur {} belum menyebut dasar keputusannya", words::date(*.date))]
    NoDecree {
        /// The day.
        date: NaiveDate,
    },
}

/// Why a CSV cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportProblem {
    /// A line that cannot be read.
    #[error(transparent)]
    Csv(#[from] CsvProblem),
    /// Days that can be read but not used.
    #[error(transparent)]
    Year(#[from] YearProblem),
}
