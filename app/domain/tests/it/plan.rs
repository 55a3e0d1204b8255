//! The golden case of `domain.md`, section 4, by the plan itself; and what comes of lateness.

use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::{Undecreed, WorkMinutes, local, words};
use domain::id::RunId;
use domain::plan::{Latest, Plan, RowState, margins};
use domain::run::Due;
use domain::sop::Sop;

use crate::ledger::{Ledger, ORG, moment, sop};
use crate::script::play;

fn shown(at: DateTime<Utc>) -> String {
    local(at).format("%Y-%m-%d %H.%M").to_string()
}

/// The office, and the plan of its first run.
fn planned(ledger: &Ledger, now: &str) -> Plan {
    let (run, sop) = ledger.office.run(RunId(1)).unwrap();
    Plan::of_run(sop, run, &ledger.office.calendar, moment(now))
}

fn end_of(plan: &Plan, order: u16) -> String {
    plan.row(order).unwrap().span.map_or_else(|none| none.to_string(), |span| shown(span.to))
}

fn ledger() -> (Ledger, Sop) {
    (Ledger::founded(), sop(ORG))
}

#[test]
fn backwards_from_the_deadline() {
    let (ledger, sop) = ledger();
    let latest = Latest::of(&sop, 2026, &ledger.office.calendar);
    let expected = [
        (1, "2026-12-09 11.00", "2026-12-09 11.00"),
        (2, "2026-12-09 11.00", "2026-12-09 13.00"),
        (3, "2026-12-09 13.00", "2026-12-10 13.00"),
        (4, "2026-12-10 13.00", "2026-12-10 14.00"),
        (5, "2026-12-10 14.00", "2026-12-11 00.00"),
        (6, "2026-12-11 00.00", "2027-01-11 00.00"),
    ];
    for (row, from, to) in expected {
        let span = latest.row(row).unwrap().unwrap();
        assert_eq!((shown(span.from), shown(span.to)), (from.to_owned(), to.to_owned()), "row {row}");
    }
    assert!((7..=12).all(|row| latest.row(row).is_none()), "no date follows row 6");
    let start = latest.start().unwrap().unwrap();
    assert_eq!(words::full(start), "Rabu, 9 Desember 2026 pukul 11.00");
}

#[test]
fn forwards_from_the_latest_start() {
    let (ledger, sop) = ledger();
    let calendar = &ledger.office.calendar;
    let plan = Plan::from_start(&sop, 2026, calendar, moment("2026-12-09 11.00"));
    let ends = [
        (2, "2026-12-09 12.00"),
        (5, "2026-12-10 16.00"),
        (6, "2027-01-10 23.59"),
        (7, "2027-01-22 16.30"),
        (8, "2027-02-08 16.00"),
        (9, "2027-02-12 16.30"),
        (10, "2027-02-15 16.00"),
        (11, "2027-02-16 09.30"),
        (12, "2027-02-16 09.30"),
    ];
    for (row, end) in ends {
        assert_eq!(end_of(&plan, row), end, "row {row}");
    }
    let latest = Latest::of(&sop, 2026, calendar);
    assert_eq!(latest.spare(&plan, calendar), Some(Ok(WorkMinutes(0))));
    let minute_late = Plan::from_start(&sop, 2026, calendar, moment("2026-12-09 11.01"));
    assert_eq!(latest.spare(&minute_late, calendar), Some(Ok(WorkMinutes(-1))));
    let early = Plan::from_start(&sop, 2026, calendar, moment("2026-12-08 11.00"));
    let spare = |row| latest.slack(early.row(row).unwrap(), calendar).unwrap().unwrap().0;
    assert_eq!((spare(2), spare(5), spare(6)), (450, 450, 0), "row 6 waits for its date");
}

/// As in the golden case: row 6 is left on Friday 8 January at 16.30.
#[test]
fn forwards_from_friday_8_january() {
    let script = include_str!("../golden/runs/tepat-waktu-di-malam-terakhir.txt");
    let script: String = script
        .lines()
        .filter(|line| !line.starts_with("  |") && !line.contains("gambar"))
        .map(|line| line.replace("2027-01-10 23.59.59.999", "2027-01-08 16.30") + "\n")
        .collect();
    let (_, ledger) = play(&script);
    let plan = planned(&ledger, "2027-01-08 16.30");
    let ends: Vec<_> = (7..=11).map(|row| end_of(&plan, row)).collect();
    let expected =
        ["2027-01-22 16.30", "2027-02-08 16.00", "2027-02-12 16.30", "2027-02-15 16.00", "2027-02-16 09.30"];
    assert_eq!(ends, expected);
    let states: Vec<_> = plan.rows.iter().map(|row| row.state).collect();
    assert_eq!(states[..7], [[RowState::Done; 6].as_slice(), &[RowState::Open]].concat());
    assert!(states[7..].iter().all(|state| *state == RowState::Coming));
}

#[test]
fn outer_dates_stand_beside_the_plan() {
    let (ledger, sop) = ledger();
    let calendar = &ledger.office.calendar;
    let plan = Plan::from_start(&sop, 2026, calendar, moment("2026-12-07 08.00"));
    let beside = margins(&sop, 2026, &plan, calendar);
    let until: Vec<_> = beside.iter().map(|margin| words::full(margin.until)).collect();
    assert_eq!(until, ["Minggu, 28 Februari 2027 pukul 23.59", "Rabu, 31 Maret 2027 pukul 23.59"]);
    let days = |n: usize| beside[n].margin.unwrap().unwrap().0 / 450;
    assert_eq!((days(0), days(1)), (34, 23));
}

/// Two hours over in row 3 are swallowed by the wait of row 6; a day over in row 7 is not.
#[test]
fn what_lateness_does_to_the_end() {
    let mut ledger = Ledger::founded();
    ledger.start_org();
    ledger.walk_to(1, "3.gubernur");
    let shift = |ledger: &Ledger, now: &str| {
        let (run, sop) = ledger.office.run(RunId(1)).unwrap();
        let calendar = &ledger.office.calendar;
        let first = Plan::at_first(sop, run, calendar, moment(now));
        planned(ledger, now).later_than(&first, calendar).unwrap().unwrap().0
    };
    assert_eq!(shift(&ledger, "2026-12-08 13.00"), 0);
    while ledger.open(1).unwrap().activity < 7 {
        ledger.finish_open(1, moment("2027-01-08 16.30"));
    }
    assert_eq!(shift(&ledger, "2027-01-08 16.30"), 0);
    assert_eq!(shift(&ledger, "2027-01-25 16.00"), 450);
    let plan = planned(&ledger, "2027-01-25 16.00");
    assert_eq!(end_of(&plan, 7), "2027-01-25 16.00", "who is late ends now at the earliest");
    assert!(plan.row(7).unwrap().due.is_late(moment("2027-01-25 16.00")));
}

#[test]
fn years_without_a_decree_say_so() {
    let (ledger, sop) = ledger();
    let calendar = &ledger.office.calendar;
    let before = Latest::of(&sop, 2025, calendar);
    assert_eq!(before.row(6).unwrap().map(|span| shown(span.to)), Ok("2026-01-11 00.00".to_owned()));
    assert_eq!(before.start(), Some(Err(Undecreed { year: 2025 })));
    let after = Latest::of(&sop, 2027, calendar);
    let start = after.start().unwrap().unwrap();
    assert_eq!(words::full(start), "Kamis, 9 Desember 2027 pukul 11.00");
    let plan = Plan::from_start(&sop, 2027, calendar, start);
    assert_eq!(end_of(&plan, 5), "2027-12-10 16.30");
    assert_eq!(end_of(&plan, 7), "kalender 2028 belum ditetapkan");
    assert_eq!(plan.row(12).unwrap().due, Due::Unknown(Undecreed { year: 2028 }));
    assert_eq!(plan.end(), Some(Err(Undecreed { year: 2028 })));
}

#[test]
fn a_run_that_was_given_up_has_no_end() {
    let (_, ledger) = play(include_str!("../golden/runs/batal.txt"));
    let plan = planned(&ledger, "2027-01-10 10.00");
    assert_eq!(plan.end(), None);
    let (run, sop) = ledger.office.run(RunId(1)).unwrap();
    assert!(margins(sop, run.data_year, &plan, &ledger.office.calendar).iter().all(|m| m.margin.is_none()));
}

/// "Sebelum 11 Januari": all of the last millisecond is in time, the next instant is not.
#[test]
fn the_last_millisecond_is_in_time() {
    let (ledger, sop) = ledger();
    let due = sop.activity(6).unwrap().before.unwrap().last_moment(2026);
    let cutoff = sop.activity(6).unwrap().before.unwrap().cutoff(2026);
    assert!(!Due::At(due).is_late(cutoff - TimeDelta::nanoseconds(1)));
    assert!(Due::At(due).is_late(cutoff));
    drop(ledger);
}
