//! The golden case of `domain.md`, section 4: data year 2026, default hours, minute for minute.

use super::{d, shown, t, usual};
use crate::calendar::{Allowance, FixedDate, date_of, words};

#[test]
fn forwards_from_friday_8_january() {
    let calendar = usual();
    let rows = [
        ("10 hari", "2027-01-22 16.30"),
        ("10 Hari", "2027-02-08 16.00"),
        ("4 Hari", "2027-02-12 16.30"),
        ("1 Hari", "2027-02-15 16.00"),
        ("2 Jam", "2027-02-16 09.30"),
    ];
    let mut at = t("2027-01-08 16.30");
    for (printed, ends) in rows {
        let allowance = Allowance::parse(printed).unwrap();
        at = calendar.end_of(at, &allowance).unwrap().unwrap();
        assert_eq!(shown(at), ends, "{printed}");
    }
}

#[test]
fn backwards_from_the_deadline_to_the_latest_start() {
    let calendar = usual();
    let deadline = FixedDate::new(1, 11, 1).unwrap();
    let rows = [
        ("1 Bulan", "2026-12-11 00.00"),
        ("2 Jam", "2026-12-10 14.00"),
        ("1 Jam", "2026-12-10 13.00"),
        ("1 Hari", "2026-12-09 13.00"),
        ("1 Jam", "2026-12-09 11.00"),
    ];
    let mut at = deadline.cutoff(2026);
    for (printed, starts) in rows {
        let allowance = Allowance::parse(printed).unwrap();
        at = calendar.start_for(at, &allowance).unwrap().unwrap();
        assert_eq!(shown(at), starts, "{printed}");
    }
    assert_eq!(words::full(at), "Rabu, 9 Desember 2026 pukul 11.00");
}

/// Rows 2–5 need exactly the time between the latest start and row 6, forwards as well.
#[test]
fn the_latest_start_reaches_row_6_in_time_and_a_minute_later_does_not() {
    let calendar = usual();
    let row_6 = t("2026-12-11 00.00");
    let run = |start: &str| {
        let rows = ["1 Jam", "1 Hari", "1 Jam", "2 Jam"];
        rows.iter().fold(t(start), |at, printed| {
            let allowance = Allowance::parse(printed).unwrap();
            calendar.end_of(at, &allowance).unwrap().unwrap()
        })
    };
    assert_eq!(shown(run("2026-12-09 11.00")), "2026-12-10 16.00");
    assert!(run("2026-12-09 11.00") <= row_6);
    assert!(run("2026-12-09 11.01") > row_6);
}

#[test]
fn january_leaves_the_agencies_four_working_days() {
    let calendar = usual();
    let deadline = FixedDate::new(1, 11, 1).unwrap();
    let day = deadline.date(2026);
    assert_eq!(words::weekday(day), "Senin");
    assert_eq!(calendar.working_days_between(d("2027-01-01"), day), Ok(4));
    assert_eq!(calendar.working_day_before(day, 1), Ok(d("2027-01-08")));
    assert_eq!(calendar.working_day_before(day, 4), Ok(d("2027-01-04")));
    let last = calendar.last_working(deadline.last_moment(2026)).unwrap();
    assert_eq!(shown(last), "2027-01-08 16.30");
    assert_eq!(date_of(deadline.last_moment(2026)), d("2027-01-10"));
    for off in ["2027-01-01", "2027-01-05", "2027-02-05"] {
        assert_eq!(calendar.is_working_day(d(off)), Ok(false), "{off}");
    }
}
