//! Tests of the calendar; times are written as the office writes them, in WIB.

mod allowance;
mod csv;
mod days;
mod deadline;
mod golden;
mod hours;
mod properties;
mod reference;
mod undecreed;
mod walker;
mod words;
mod years;
mod zone;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::{Calendar, HoursException, Undecreed, WeekHours, instant, local};

const FORMAT: &str = "%Y-%m-%d %H.%M";

/// "2027-01-08 16.30" in WIB.
fn t(text: &str) -> DateTime<Utc> {
    instant(NaiveDateTime::parse_from_str(text, FORMAT).unwrap())
}

fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn shown(at: DateTime<Utc>) -> String {
    local(at).format(FORMAT).to_string()
}

/// What an instant or its absence looks like in a table.
fn outcome(result: Result<DateTime<Utc>, Undecreed>) -> String {
    match result {
        Ok(at) => shown(at),
        Err(Undecreed { year }) => format!("belum {year}"),
    }
}

fn usual() -> Calendar {
    Calendar::shipped().unwrap()
}

const RAMADAN: (&str, &str) = ("2027-02-08", "2027-03-09");

/// As [`usual`], with 6.5 hours a day in a month of 2027.
fn with_ramadan() -> Calendar {
    let mut calendar = usual();
    let ramadan = exception("Ramadan 1448 H", RAMADAN.0, RAMADAN.1);
    calendar.set_exceptions(vec![ramadan]).unwrap();
    calendar
}

fn exception(name: &str, from: &str, to: &str) -> HoursException {
    HoursException { from: d(from), to: d(to), name: name.to_owned(), hours: WeekHours::ramadan_proposal() }
}
