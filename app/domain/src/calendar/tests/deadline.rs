//! "Sebelum 11 Januari", to the millisecond.

use chrono::{DateTime, TimeDelta, Utc};

use super::d;
use crate::calendar::FixedDate;

fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn the_last_millisecond_of_10_january_wib_is_in_time() {
    let deadline = FixedDate::new(1, 11, 1).unwrap();
    // 00.00 WIB is 17.00 UTC of the day before.
    let last = utc("2027-01-10T16:59:59.999Z");
    let first_late = utc("2027-01-10T17:00:00.000Z");
    assert_eq!(deadline.last_moment(2026), last);
    assert_eq!(deadline.cutoff(2026), first_late);
    assert!(!deadline.is_late(2026, last));
    assert!(!deadline.is_late(2026, first_late - TimeDelta::nanoseconds(1)));
    assert!(deadline.is_late(2026, first_late));
    // 11 January in UTC is nowhere near it.
    assert!(deadline.is_late(2026, utc("2027-01-10T23:59:59.999Z")));
    assert!(!deadline.is_late(2027, first_late));
}

#[test]
fn it_is_named_in_words() {
    let deadline = FixedDate::new(1, 11, 1).unwrap();
    assert_eq!(deadline.to_string(), "sebelum 11 Januari");
    assert_eq!(deadline.words(2026), "sebelum 11 Januari 2027");
}

#[test]
fn days_that_no_year_has_are_refused() {
    for (month, day) in [(2, 30), (13, 1), (0, 1), (4, 31), (1, 0)] {
        let problem = FixedDate::new(month, day, 1).unwrap_err();
        assert_eq!(problem.to_string(), format!("tanggal {day} bulan {month} tidak ada"));
        let stored = format!(r#"{{"month":{month},"day":{day},"year_offset":1}}"#);
        assert!(serde_json::from_str::<FixedDate>(&stored).is_err());
    }
    let stored = r#"{"month":1,"day":11,"year_offset":1}"#;
    let read: FixedDate = serde_json::from_str(stored).unwrap();
    assert_eq!(Ok(read), FixedDate::new(1, 11, 1));
    assert_eq!(serde_json::to_string(&read).unwrap(), stored);
}

#[test]
fn before_29_february_ends_with_the_28th_in_every_year() {
    let deadline = FixedDate::new(2, 29, 0).unwrap();
    assert_eq!(deadline.date(2028), d("2028-02-29"));
    assert_eq!(deadline.date(2027), d("2027-03-01"));
    // A year out of range is no reason to fall over.
    let _ = deadline.last_moment(i32::MAX);
    let _ = deadline.cutoff(i32::MIN);
}
