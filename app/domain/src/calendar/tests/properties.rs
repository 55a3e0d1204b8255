//! Laws of working time, on the shipped years, on a Ramadan and on arbitrary hours.

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use proptest::prelude::*;
use proptest::test_runner::RngAlgorithm;

use super::{d, t, usual, with_ramadan};
use crate::calendar::{Allowance, Calendar, DayOff, DayOffKind, Interval, WeekHours, WorkMinutes, local};

/// Room for 40 working days on either side, so that no result leaves 2026 and 2027.
fn any_instant() -> impl Strategy<Value = DateTime<Utc>> {
    let (from, to) = (t("2026-05-01 00.00"), t("2027-09-01 00.00"));
    let minutes = (to - from).num_minutes();
    // Every other instant has seconds.
    (0..minutes, prop_oneof![Just(0), 0..60_000_i64])
        .prop_map(move |(m, ms)| from + TimeDelta::minutes(m) + TimeDelta::milliseconds(ms))
}

fn any_amount() -> impl Strategy<Value = i64> {
    prop_oneof![1..60_i64, 1..9_000_i64, (1..20_i64).prop_map(|days| days * 450)]
}

/// A week of any hours, with work on at least one day.
fn any_hours() -> impl Strategy<Value = WeekHours> {
    let edges = prop::collection::btree_set(0..=1440_u16, 0..7);
    let day = edges.prop_map(|edges| {
        let edges: Vec<u16> = edges.into_iter().collect();
        let pairs = edges.chunks_exact(2);
        pairs.map(|p| Interval::new(p[0], p[1]).unwrap()).collect::<Vec<_>>()
    });
    prop::array::uniform7(day)
        .prop_map(|days| WeekHours::new(days).unwrap())
        .prop_filter("nobody works", |hours| hours.minutes_a_week() >= 400)
}

fn any_calendar() -> impl Strategy<Value = Calendar> {
    prop_oneof![
        2 => Just(usual()),
        2 => Just(with_ramadan()),
        3 => any_hours().prop_map(|hours| {
            let mut calendar = with_ramadan();
            calendar.set_hours(hours);
            calendar
        }),
        // Other hours from a day in the middle on, and closed days of the office's own.
        2 => (any_hours(), 0..200_i64).prop_map(|(hours, day)| {
            let mut calendar = with_ramadan();
            let from = d("2026-10-01") + TimeDelta::days(day);
            calendar.set_hours_from(from, hours);
            let closed = DayOff {
                date: from + TimeDelta::days(3),
                kind: DayOffKind::OfficeClosed,
                name: "Pindah kantor".to_owned(),
                decree: String::new(),
            };
            calendar.add_day(closed).unwrap();
            calendar
        }),
    ]
}

/// Whether an instant lies in `(open, close]` of a stretch of work, by its definition.
fn is_worked_up_to(calendar: &Calendar, at: DateTime<Utc>) -> bool {
    // A stretch may end at 24.00, which is 00.00 of the next day.
    let before = local(at - TimeDelta::nanoseconds(1));
    let minute = before.num_seconds_from_midnight() / 60;
    let spans = calendar.intervals(before.date()).unwrap();
    spans.iter().any(|s| (u32::from(s.open())..u32::from(s.close())).contains(&minute))
}

proptest! {
    // The usual generator of random numbers takes 40 times as long in a build that is not optimised.
    #![proptest_config(ProptestConfig {
        cases: 1000,
        failure_persistence: None,
        rng_algorithm: RngAlgorithm::XorShift,
        ..ProptestConfig::default()
    })]

    #[test]
    fn adding_then_subtracting_is_the_identity(c in any_calendar(), s in any_instant(), n in any_amount()) {
        let start = c.next_working(s).unwrap();
        prop_assert!(c.is_working(start).unwrap());
        if let Ok(end) = c.add_working(start, WorkMinutes(n)) {
            prop_assert_eq!(c.sub_working(end, WorkMinutes(n)), Ok(start));
            prop_assert_eq!(c.working_between(start, end), Ok(WorkMinutes(n)));
        }
    }

    #[test]
    fn subtracting_then_adding_is_the_identity(c in any_calendar(), e in any_instant(), n in any_amount()) {
        let end = c.last_working(e).unwrap();
        prop_assert!(is_worked_up_to(&c, end));
        if let Ok(start) = c.sub_working(end, WorkMinutes(n)) {
            prop_assert_eq!(c.add_working(start, WorkMinutes(n)), Ok(end));
            prop_assert_eq!(c.working_between(end, start), Ok(WorkMinutes(-n)));
        }
    }

    #[test]
    fn parts_add_up(c in any_calendar(), s in any_instant(), n in any_amount(), m in any_amount()) {
        let both = c.add_working(s, WorkMinutes(n + m));
        let in_turn = c.add_working(s, WorkMinutes(n)).and_then(|mid| c.add_working(mid, WorkMinutes(m)));
        prop_assert_eq!(both, in_turn);
        let both = c.sub_working(s, WorkMinutes(n + m));
        let in_turn = c.sub_working(s, WorkMinutes(n)).and_then(|mid| c.sub_working(mid, WorkMinutes(m)));
        prop_assert_eq!(both, in_turn);
    }

    #[test]
    fn lengths_add_up(c in any_calendar(), x in any_instant(), y in any_instant(), z in any_instant()) {
        let between = |a, b| c.working_between(a, b).unwrap();
        prop_assert_eq!(between(x, y) + between(y, z), between(x, z));
        prop_assert_eq!(between(x, y), -between(y, x));
    }

    #[test]
    fn later_starts_and_longer_work_end_no_earlier(
        c in any_calendar(), x in any_instant(), y in any_instant(), n in any_amount(), m in any_amount(),
    ) {
        let (x, y) = (x.min(y), x.max(y));
        let (n, m) = (n.min(m), n.max(m));
        let add = |s, n| c.add_working(s, WorkMinutes(n));
        let sub = |s, n| c.sub_working(s, WorkMinutes(n));
        if let (Ok(a), Ok(b), Ok(longer)) = (add(x, n), add(y, n), add(x, m)) {
            prop_assert!(x < a && a <= b && a <= longer);
            prop_assert!(n == m || a < longer);
        }
        if let (Ok(a), Ok(b), Ok(longer)) = (sub(x, n), sub(y, n), sub(x, m)) {
            prop_assert!(a < x && a <= b && longer <= a);
            prop_assert!(n == m || longer < a);
        }
        prop_assert!(c.working_between(x, y).unwrap() >= WorkMinutes::ZERO);
    }

    #[test]
    fn it_never_ends_outside_working_hours(c in any_calendar(), s in any_instant(), n in any_amount(), days in 1..30_u32) {
        let ends = [
            c.add_working(s, WorkMinutes(n)),
            c.end_of(s, &Allowance::Days(days)).map(Option::unwrap),
        ];
        for end in ends.into_iter().flatten() {
            prop_assert!(is_worked_up_to(&c, end));
        }
        let starts = [
            c.sub_working(s, WorkMinutes(n)),
            c.start_for(s, &Allowance::Days(days)).map(Option::unwrap),
        ];
        for start in starts.into_iter().flatten() {
            prop_assert!(c.is_working(start).unwrap());
        }
    }

    /// `start_for` is the latest start that is in time, whatever the lengths of the days.
    #[test]
    fn the_latest_start_is_the_latest(c in any_calendar(), s in any_instant(), e in any_instant(), near in -3..3_i64, days in 1..30_u32, n in any_amount()) {
        let whole = |at: DateTime<Utc>| at.with_second(0).and_then(|at| at.with_nanosecond(0)).unwrap();
        for allowance in [Allowance::Days(days), Allowance::Minutes(u32::try_from(n).unwrap())] {
            let (s, e) = (whole(s), whole(e));
            let Ok(Some(latest)) = c.start_for(e, &allowance) else { continue };
            for start in [s, latest + TimeDelta::minutes(near), latest] {
                let Ok(Some(end)) = c.end_of(start, &allowance) else { continue };
                prop_assert_eq!(end <= e, start <= latest, "{} {} {}", allowance, local(start), local(end));
            }
        }
    }

    #[test]
    fn days_are_counted_one_by_one(c in any_calendar(), a in 0..500_i64, length in 0..120_i64) {
        let from = d("2026-01-01") + TimeDelta::days(a);
        let to = from + TimeDelta::days(length);
        let worked = (0..length).filter(|n| {
            c.day_length(from + TimeDelta::days(*n)).unwrap() > WorkMinutes::ZERO
        });
        prop_assert_eq!(c.working_days_between(from, to), Ok(worked.count() as i64));
    }
}
