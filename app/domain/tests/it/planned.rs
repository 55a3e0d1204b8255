//! Laws of the plan: forwards and backwards agree, slack says whether it is in time, and
//! nothing gets earlier by waiting.

use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::{Calendar, FixedDate, WorkMinutes};
use domain::plan::{Latest, Plan, RowState};
use domain::run::Status;
use domain::sop::Sop;
use proptest::prelude::*;

use crate::drafts::any_procedure;
use crate::ledger::{Ledger, ORG, moment, sop};
use crate::walk::{cases, steps, walk};

/// Waktu in working time, for which the two directions mirror each other to the minute.
fn any_waktu() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => Just(String::new()),
        1 => Just("-".to_owned()),
        3 => (1..300_u32).prop_map(|n| format!("{n} Menit")),
        3 => (1..20_u32).prop_map(|n| format!("{n} Jam")),
        3 => (1..12_u32).prop_map(|n| format!("{n} Hari")),
    ]
}

/// A procedure whose rows have a Waktu, one of them a date in the middle of 2027.
fn any_dated() -> impl Strategy<Value = (Sop, usize)> {
    let parts = (any_procedure(), prop::collection::vec(any_waktu(), 14), any::<prop::sample::Index>());
    (parts, 1..28_u32).prop_map(|((mut sop, times, dated), day)| {
        for (row, time) in sop.activities.iter_mut().zip(times) {
            row.time = time;
        }
        let dated = dated.index(sop.activities.len());
        sop.activities[dated].before = Some(FixedDate::new(6, day, 1).unwrap());
        (sop, dated)
    })
}

fn any_start() -> impl Strategy<Value = DateTime<Utc>> {
    let from = moment("2026-10-01 00.00");
    (0..200_000_i64).prop_map(move |minutes| from + TimeDelta::minutes(minutes))
}

/// The end of a row's own Waktu, whatever its date says.
fn end_of(calendar: &Calendar, sop: &Sop, row: usize, from: DateTime<Utc>) -> DateTime<Utc> {
    let end = calendar.end_of(from, &sop.activities[row].allowance()).unwrap();
    end.unwrap_or(from)
}

proptest! {
    #![proptest_config(cases(400))]

    /// A row above the date has slack if, and only if, the rows after it can still all have
    /// their Waktu before the date.
    #[test]
    fn slack_says_whether_it_is_in_time((sop, dated) in any_dated(), start in any_start()) {
        let calendar = &Ledger::founded().office.calendar;
        let plan = Plan::from_start(&sop, 2026, calendar, start);
        let latest = Latest::of(&sop, 2026, calendar);
        let cutoff = sop.activities[dated].before.unwrap().cutoff(2026);
        for (n, row) in plan.rows.iter().enumerate() {
            let slack = latest.slack(row, calendar);
            prop_assert_eq!(slack.is_some(), n <= dated);
            let Some(slack) = slack else { continue };
            let from = row.span.unwrap().to;
            let last = (n + 1..=dated).fold(from, |at, row| end_of(calendar, &sop, row, at));
            let over = calendar.working_between(cutoff, last).unwrap();
            prop_assert_eq!(slack.unwrap() >= WorkMinutes::ZERO, over <= WorkMinutes::ZERO, "row {}", n + 1);
        }
    }

    /// From the latest start all ends in time; a working minute later it does not.
    #[test]
    fn forwards_and_backwards_agree((sop, dated) in any_dated()) {
        let calendar = &Ledger::founded().office.calendar;
        let latest = Latest::of(&sop, 2026, calendar);
        let start = latest.start().unwrap().unwrap();
        let plan = Plan::from_start(&sop, 2026, calendar, start);
        for (n, row) in plan.rows.iter().enumerate().take(dated) {
            let span = latest.row(row.order).unwrap().unwrap();
            prop_assert!(row.span.unwrap().to <= span.to, "row {}", n + 1);
        }
        prop_assert!(latest.spare(&plan, calendar).unwrap().unwrap() >= WorkMinutes::ZERO);
        let timed = (0..=dated).any(|row| end_of(calendar, &sop, row, start) > start);
        if timed {
            let later = calendar.add_working(start, WorkMinutes(1)).unwrap();
            let chain = (0..=dated).fold(later, |at, row| end_of(calendar, &sop, row, at));
            prop_assert!(chain > sop.activities[dated].before.unwrap().cutoff(2026));
        }
    }

    /// A later start ends no earlier, row by row.
    #[test]
    fn later_starts_end_no_earlier((sop, _) in any_dated(), a in any_start(), b in any_start()) {
        let calendar = &Ledger::founded().office.calendar;
        let [early, late] = [a.min(b), a.max(b)].map(|at| Plan::from_start(&sop, 2026, calendar, at));
        for (early, late) in early.rows.iter().zip(&late.rows) {
            prop_assert!(early.span.unwrap().to <= late.span.unwrap().to);
        }
    }

    /// While nothing happens, no planned end comes nearer, and rows behind stay as they were.
    #[test]
    fn waiting_makes_nothing_earlier(steps in steps(30), waits in 0..40_000_i64) {
        let (ledger, now) = walk(&steps);
        let calendar = &ledger.office.calendar;
        for run in ledger.office.runs.values() {
            let sop = &ledger.office.sops[&run.sop];
            let plan = Plan::of_run(sop, run, calendar, now);
            let then = Plan::of_run(sop, run, calendar, now + TimeDelta::minutes(waits));
            for (now, then) in plan.rows.iter().zip(&then.rows) {
                prop_assert_eq!(now.state, then.state);
                let (Ok(a), Ok(b)) = (now.span, then.span) else { continue };
                match now.state {
                    RowState::Done => prop_assert_eq!(a, b),
                    RowState::Open | RowState::Coming => prop_assert!(a.from <= a.to && a.to <= b.to),
                    RowState::Dropped => {}
                }
            }
            prop_assert_eq!(plan.end().is_none(), matches!(run.status, Status::Cancelled(..)));
        }
    }
}

/// What the calendar says of Bulan holds for the plan: a start at the end of a long month is
/// taken a little early, never late.
#[test]
fn a_month_is_never_taken_late() {
    let calendar = &Ledger::founded().office.calendar;
    let sop = sop(ORG);
    let latest = Latest::of(&sop, 2026, calendar);
    let cutoff = sop.activity(6).unwrap().before.unwrap().cutoff(2026);
    let mut at = moment("2026-11-20 07.30");
    while at < moment("2026-12-20 00.00") {
        let plan = Plan::from_start(&sop, 2026, calendar, at);
        let slack = latest.slack(plan.row(5).unwrap(), calendar).unwrap().unwrap();
        let last = end_of(calendar, &sop, 5, plan.row(5).unwrap().span.unwrap().to);
        assert_eq!(slack >= WorkMinutes::ZERO, last <= cutoff, "{at}");
        at += TimeDelta::minutes(47);
    }
}
