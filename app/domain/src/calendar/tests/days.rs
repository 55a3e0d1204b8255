//! Hari between days of unequal length, and instants with seconds.

use chrono::TimeDelta;

use super::{d, outcome, shown, t, usual, with_ramadan};
use crate::calendar::{Allowance, WorkMinutes};

#[test]
fn on_default_hours_a_hari_is_450_working_minutes() {
    let calendar = usual();
    for step in 0..700 {
        let start = t("2026-12-17 05.00") + TimeDelta::minutes(step * 31);
        for days in [1, 2, 7] {
            let allowance = Allowance::Days(days);
            let minutes = WorkMinutes(i64::from(days) * 450);
            let end = calendar.end_of(start, &allowance).unwrap().unwrap();
            assert_eq!(end, calendar.add_working(start, minutes).unwrap());
            let before = calendar.start_for(start, &allowance).unwrap().unwrap();
            assert_eq!(before, calendar.sub_working(start, minutes).unwrap());
        }
    }
}

#[test]
fn a_hari_of_ramadan_is_a_whole_working_day() {
    let calendar = with_ramadan();
    let cases = [
        // From the end of a day to the end of a day, into, within and out of Ramadan.
        ("2027-02-04 16.00", 1, "2027-02-08 15.00"),
        ("2027-02-08 15.00", 4, "2027-02-12 15.30"),
        ("2027-03-05 15.30", 1, "2027-03-16 16.00"),
        // From the start of a day the day itself is the first.
        ("2027-02-15 08.00", 1, "2027-02-15 15.00"),
        ("2027-02-13 10.00", 5, "2027-02-19 15.30"),
        // The middle of a day: 225 of 450 minutes are 195 of 390.
        ("2027-02-04 11.15", 1, "2027-02-08 11.15"),
        // 100 of 450 minutes are 86.7 of 390: rounded up.
        ("2027-02-04 09.10", 1, "2027-02-08 09.27"),
    ];
    for (start, days, ends) in cases {
        let end = calendar.end_of(t(start), &Allowance::Days(days));
        assert_eq!(outcome(end.map(Option::unwrap)), ends, "{start} +{days}");
    }
    let cases = [
        ("2027-02-08 15.00", 1, "2027-02-08 08.00"),
        ("2027-02-09 08.00", 2, "2027-02-04 07.30"),
        ("2027-02-08 11.15", 1, "2027-02-04 11.15"),
        // 87 of 390 minutes are 100.4 of 450: rounded down.
        ("2027-02-08 09.27", 1, "2027-02-04 09.10"),
        ("2027-03-16 12.00", 1, "2027-03-05 12.54"),
    ];
    for (end, days, starts) in cases {
        let start = calendar.start_for(t(end), &Allowance::Days(days));
        assert_eq!(outcome(start.map(Option::unwrap)), starts, "{end} -{days}");
    }
}

#[test]
fn seconds_are_carried_and_never_leave_working_hours() {
    let calendar = usual();
    let after = |text: &str, millis: i64| t(text) + TimeDelta::milliseconds(millis);
    let add = |start, minutes| calendar.add_working(start, WorkMinutes(minutes)).unwrap();
    // Half a minute is done before the break, the other half after it.
    let start = after("2026-06-03 11.59", 30_250);
    assert_eq!(add(start, 1), after("2026-06-03 13.00", 30_250));
    assert_eq!(add(add(start, 1), -1), start);
    assert_eq!(add(start, 450), after("2026-06-04 11.59", 30_250));
    // After hours the seconds mean nothing.
    assert_eq!(add(after("2026-06-03 17.00", 59_999), 1), t("2026-06-04 07.31"));
    assert_eq!(add(after("2026-06-03 16.00", 1), -1), t("2026-06-03 15.59"));
    // Measured as on a wall clock.
    let between = |a, b| calendar.working_between(a, b).unwrap();
    assert_eq!(between(start, add(start, 1)), WorkMinutes(1));
    assert_eq!(between(t("2026-06-03 09.00"), after("2026-06-03 09.01", -1)), WorkMinutes(0));
    assert_eq!(between(after("2026-06-03 09.01", -1), t("2026-06-03 09.01")), WorkMinutes(1));
}

#[test]
fn working_moments_around_an_instant() {
    let calendar = usual();
    let cases = [
        // instant, works, next, last
        ("2026-06-03 07.30", true, "2026-06-03 07.30", "2026-06-02 16.00"),
        ("2026-06-03 09.00", true, "2026-06-03 09.00", "2026-06-03 09.00"),
        ("2026-06-03 12.00", false, "2026-06-03 13.00", "2026-06-03 12.00"),
        ("2026-06-03 16.00", false, "2026-06-04 07.30", "2026-06-03 16.00"),
        ("2026-06-05 16.30", false, "2026-06-08 07.30", "2026-06-05 16.30"),
        ("2026-05-30 10.00", false, "2026-06-02 07.30", "2026-05-29 16.30"),
    ];
    for (at, works, next, last) in cases {
        assert_eq!(calendar.is_working(t(at)), Ok(works), "{at}");
        assert_eq!(outcome(calendar.next_working(t(at))), next, "{at}");
        assert_eq!(outcome(calendar.last_working(t(at))), last, "{at}");
    }
}

#[test]
fn nothing_to_add_changes_nothing() {
    let calendar = usual();
    let night = t("2026-06-06 23.00");
    for none in [Allowance::Minutes(0), Allowance::Days(0), Allowance::Weeks(0)] {
        assert_eq!(calendar.end_of(night, &none), Ok(Some(night)));
        assert_eq!(calendar.start_for(night, &none), Ok(Some(night)));
    }
    assert_eq!(calendar.end_of(night, &Allowance::None), Ok(None));
    assert_eq!(calendar.start_for(night, &Allowance::None), Ok(None));
}

#[test]
fn weeks_and_months_run_along_the_calendar() {
    let calendar = usual();
    let cases = [
        (Allowance::Months(1), "2027-01-31 09.00", "2027-02-28 09.00"),
        (Allowance::Months(1), "2026-12-11 00.00", "2027-01-11 00.00"),
        (Allowance::Months(13), "2027-01-31 23.59", "2028-02-29 23.59"),
        (Allowance::Weeks(2), "2027-12-27 08.00", "2028-01-10 08.00"),
        // 1 March 00.30 WIB is still 28 February in UTC.
        (Allowance::Months(1), "2027-03-01 00.30", "2027-04-01 00.30"),
    ];
    for (allowance, start, ends) in cases {
        let end = calendar.end_of(t(start), &allowance).unwrap().unwrap();
        assert_eq!(shown(end), ends, "{allowance} from {start}");
        let back = calendar.start_for(end, &allowance).unwrap().unwrap();
        assert!(back <= t(start), "{allowance} back from {ends}");
    }
    let far = calendar.end_of(t("2027-01-01 00.00"), &Allowance::Months(u32::MAX));
    assert!(far.is_err());
}

#[test]
fn counting_days() {
    let calendar = usual();
    let between = |a, b| calendar.working_days_between(d(a), d(b)).unwrap();
    assert_eq!(between("2026-06-01", "2026-06-01"), 0);
    assert_eq!(between("2026-06-01", "2026-06-08"), 4);
    assert_eq!(between("2026-06-08", "2026-06-01"), -4);
    assert_eq!(between("2026-01-01", "2027-01-01"), 261 - 21);
    assert_eq!(calendar.day_length(d("2026-06-05")), Ok(WorkMinutes(450)));
    assert_eq!(calendar.day_length(d("2026-06-01")), Ok(WorkMinutes(0)));
    let ramadan = with_ramadan();
    assert_eq!(ramadan.day_length(d("2027-03-05")), Ok(WorkMinutes(390)));
    assert_eq!(ramadan.day_length(d("2027-03-16")), Ok(WorkMinutes(450)));
}
