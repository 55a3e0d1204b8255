//! Days before today on which an office works.

use chrono::{Datelike, NaiveDate, Weekday};
use domain::office::Office;

/// By the calendar of the office; by the days of the week in years without a decree.
pub(super) fn working_day_before(office: &Office, today: NaiveDate, days: u32) -> NaiveDate {
    office.calendar.working_day_before(today, days).unwrap_or_else(|_| weekdays_before(today, days))
}

/// By the days of the week alone.
pub(super) fn weekdays_before(today: NaiveDate, days: u32) -> NaiveDate {
    let works = |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let mut back = std::iter::successors(Some(today), NaiveDate::pred_opt).skip(1).filter(works);
    days.checked_sub(1).and_then(|nth| back.nth(usize::try_from(nth).ok()?)).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_are_counted_back() {
        let monday = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        assert_eq!(weekdays_before(monday, 1).to_string(), "2026-11-20");
        assert_eq!(weekdays_before(monday, 6).to_string(), "2026-11-13");
        assert_eq!(weekdays_before(monday, 0), monday);
    }
}
