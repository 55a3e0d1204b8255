//! The reference table: every line is checked against the calendar and against the walker.

use super::walker::Walker;
use super::{outcome, shown, t, usual, with_ramadan};
use crate::calendar::WorkMinutes;

const TABLE: &str = include_str!("reference.txt");

#[test]
fn every_line_agrees_with_the_calendar_and_with_the_walker() {
    let calendars = [usual(), with_ramadan()];
    let walkers = [Walker::new(false), Walker::new(true)];
    let mut cases = 0;
    for line in TABLE.lines().skip(1) {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let [hours, start, minutes, ends] = fields.as_slice() else {
            panic!("{line}");
        };
        let which = usize::from(*hours == "ramadan");
        let start = t(start);
        let minutes: i64 = minutes.parse().unwrap();
        let walked = outcome(walkers[which].walk(start, minutes));
        assert_eq!(walked, *ends, "walker: {line}");
        let added = outcome(calendars[which].add_working(start, WorkMinutes(minutes)));
        assert_eq!(added, *ends, "add_working: {line}");
        let taken = outcome(calendars[which].sub_working(start, WorkMinutes(-minutes)));
        assert_eq!(taken, *ends, "sub_working: {line}");
        if !ends.starts_with("belum") {
            let between = calendars[which].working_between(start, t(ends)).unwrap();
            assert_eq!(between, WorkMinutes(minutes), "working_between: {line}");
        }
        cases += 1;
    }
    assert!(cases >= 80, "{cases} cases");
}

/// A start every half hour through the week of New Year's Day.
#[test]
fn a_week_agrees_with_the_walker_at_every_start() {
    let (calendar, walker) = (usual(), Walker::new(false));
    let from = t("2026-12-31 00.00");
    for half_hour in 0..(7 * 48) {
        let start = from + chrono::TimeDelta::minutes(half_hour * 30);
        for minutes in [1, 270, 700, -1, -180, -700] {
            let added = outcome(calendar.add_working(start, WorkMinutes(minutes)));
            let walked = outcome(walker.walk(start, minutes));
            assert_eq!(added, walked, "{} {minutes:+}", shown(start));
        }
    }
}

#[test]
fn measuring_agrees_with_counting() {
    let (calendar, walker) = (with_ramadan(), Walker::new(true));
    let from = t("2027-01-29 00.00");
    for step in 0..60 {
        let start = from + chrono::TimeDelta::minutes(step * 487);
        for length in [0, 1, 59, 60, 450, 1440, 4321, 30_000] {
            let end = start + chrono::TimeDelta::minutes(length);
            let counted = WorkMinutes(walker.count(start, end).unwrap());
            assert_eq!(calendar.working_between(start, end), Ok(counted));
            assert_eq!(calendar.working_between(end, start), Ok(-counted));
        }
    }
}
