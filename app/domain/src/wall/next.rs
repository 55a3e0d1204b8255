//! The next date that matters while nothing is in progress.

use chrono::{DateTime, Datelike, Utc};

use crate::calendar::{WorkMinutes, date_of};
use crate::office::Office;

/// A fixed date of a procedure in force that is still to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextDate {
    /// What has to be done by then, in a few words.
    pub what: String,
    /// Of which procedure.
    pub procedure: String,
    /// About which year.
    pub data_year: i32,
    /// The last moment that is in time.
    pub due: DateTime<Utc>,
    /// Working time until then, where the years between are decreed.
    pub left: Option<WorkMinutes>,
}

/// The earliest fixed date of all procedures in force that is not past.
pub fn next_date(office: &Office, now: DateTime<Utc>) -> Option<NextDate> {
    let this_year = date_of(now).year();
    let rows = office.current_sops().flat_map(|sop| sop.activities.iter().map(move |row| (sop, row)));
    let dates = rows.filter_map(|(sop, row)| Some((sop, row, row.before.as_ref()?))).flat_map(
        |(sop, row, before)| {
            (this_year - 2..=this_year + 1)
                .map(move |data_year| (before.last_moment(data_year), data_year, sop, row))
        },
    );
    let (due, data_year, sop, row) = dates.filter(|(due, ..)| *due >= now).min_by_key(|(due, ..)| *due)?;
    Some(NextDate {
        what: row.short.clone(),
        procedure: sop.name.clone(),
        data_year,
        due,
        left: office.calendar.working_between(now, due).ok(),
    })
}
