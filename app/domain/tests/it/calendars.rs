//! A calendar that changes while runs go on: what moves, and what the log says of it.

use domain::calendar::{DayOff, DayOffKind, HoursException, WeekHours};
use domain::id::RunId;
use domain::log::{CalendarEvent, DueMoved, Event};
use domain::office::Command;
use domain::run::Due;

use crate::ledger::{Ledger, days_off, moment};
use crate::people::admin;

const NOW: &str = "2027-01-11 08.00";

/// Run 1 has come to row 7, which has 10 days and began on the morning of 11 January.
fn row_7() -> Ledger {
    let mut ledger = Ledger::founded();
    ledger.start_org();
    ledger.walk_to(1, "6.staf");
    ledger.finish_open(1, moment("2027-01-11 07.30"));
    ledger
}

fn closed(date: &str) -> DayOff {
    let name = "Pilkada".to_owned();
    DayOff { date: date.parse().unwrap(), kind: DayOffKind::OfficeClosed, name, decree: String::new() }
}

fn change(ledger: &mut Ledger, command: Command) -> Vec<DueMoved> {
    let events = ledger.act(&admin(), command, moment(NOW)).unwrap();
    assert_eq!(events.len(), 1);
    events[0].moved().to_vec()
}

fn moved(activity: u16, from: &str, to: &str, planned: bool) -> DueMoved {
    let at = |text: &str| if text.is_empty() { None } else { Some(moment(text)) };
    DueMoved { run: RunId(1), activity, from: at(from), to: at(to), planned }
}

#[test]
fn a_day_off_moves_what_is_open_and_what_is_planned() {
    let mut ledger = row_7();
    let told = ledger.run(1).history.len();
    let day = closed("2027-01-20");
    let add = Command::ChangeDaysOff { remove: Vec::new(), add: vec![day.clone()] };
    let there = change(&mut ledger, add);
    let expected = [
        moved(7, "2027-01-22 16.30", "2027-01-25 16.00", false),
        moved(8, "2027-02-08 16.00", "2027-02-09 16.00", true),
        moved(9, "2027-02-12 16.30", "2027-02-15 16.00", true),
        moved(10, "2027-02-15 16.00", "2027-02-16 16.00", true),
        moved(11, "2027-02-16 09.30", "2027-02-17 09.30", true),
    ];
    assert_eq!(there, expected);
    let (run, sop) = ledger.office.run(RunId(1)).unwrap();
    assert_eq!(run.history.len(), told + 1);
    assert!(matches!(run.history[told].event, Event::Calendar(CalendarEvent::DaysOffChanged { .. })));
    assert_eq!(run.due(7, sop, &ledger.office.calendar, moment(NOW)), Due::At(moment("2027-01-25 16.00")));

    let remove = Command::ChangeDaysOff { remove: vec![day], add: Vec::new() };
    let back: Vec<_> = change(&mut ledger, remove);
    assert_eq!(back[0], moved(7, "2027-01-25 16.00", "2027-01-22 16.30", false));
    assert_eq!(ledger.office.calendar_history.len(), 4);
}

#[test]
fn a_day_that_moves_nothing_is_in_no_history() {
    let mut ledger = row_7();
    let told = ledger.run(1).history.len();
    let add = Command::ChangeDaysOff { remove: Vec::new(), add: vec![closed("2027-08-20")] };
    assert_eq!(change(&mut ledger, add), []);
    assert_eq!(ledger.run(1).history.len(), told);
}

#[test]
fn special_hours_move_what_falls_into_them() {
    let mut ledger = row_7();
    let special = HoursException {
        from: "2027-01-18".parse().unwrap(),
        to: "2027-01-22".parse().unwrap(),
        name: "Ramadan".into(),
        hours: WeekHours::ramadan_proposal(),
    };
    // A day is a day: the last one ends an hour earlier, and what follows begins with the next.
    let there = change(&mut ledger, Command::AddSpecialHours { special: special.clone() });
    assert_eq!(there, [moved(7, "2027-01-22 16.30", "2027-01-22 15.30", false)]);
    let back = change(&mut ledger, Command::RemoveSpecialHours { from: special.from });
    assert_eq!(back, [moved(7, "2027-01-22 15.30", "2027-01-22 16.30", false)]);
}

#[test]
fn other_usual_hours_leave_what_was_before_them() {
    let mut ledger = row_7();
    let from = "2027-01-13".parse().unwrap();
    let (run, sop) = ledger.office.run(RunId(1)).unwrap();
    let times = |ledger: &Ledger| {
        (1..=6)
            .map(|row| {
                let run = ledger.run(1);
                let clock = run.row_clock(row).unwrap();
                run.spent(clock, &ledger.office.calendar, moment(NOW)).unwrap()
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(sop.activities.len(), 12);
    assert!(run.open().is_some());
    let before = times(&ledger);
    let there = change(&mut ledger, Command::SetHours { from, hours: WeekHours::ramadan_proposal() });
    assert_eq!(there[0], moved(7, "2027-01-22 16.30", "2027-01-22 15.30", false));
    assert_eq!(times(&ledger), before);
    let calendar = &ledger.office.calendar;
    assert_eq!(*calendar.usual_hours_on("2027-01-12".parse().unwrap()), WeekHours::default());
    assert_eq!(*calendar.usual_hours_on(from), WeekHours::ramadan_proposal());
    // Once more from the same day is a change of that change.
    change(&mut ledger, Command::SetHours { from, hours: WeekHours::default() });
    assert_eq!(ledger.office.calendar.hours_changes().len(), 1);
}

#[test]
fn a_decree_makes_known_what_was_not() {
    let mut ledger = Ledger::default();
    let whole = Ledger::founded();
    // The same office before 2027 was decreed.
    for record in whole
        .log
        .into_iter()
        .filter(|it| !matches!(it.event, Event::Calendar(CalendarEvent::YearDecreed { year: 2027, .. })))
    {
        let seq = ledger.office.seq + 1;
        let record = domain::log::Recorded { seq, ..record };
        domain::office::evolve(&mut ledger.office, &record);
        ledger.log.push(record);
    }
    ledger.start_org();
    ledger.walk_to(1, "6.staf");
    ledger.finish_open(1, moment("2026-12-28 07.30"));
    let decree = Command::DecreeYear { year: 2027, days: days_off(2027) };
    let events = ledger.act(&admin(), decree, moment("2026-12-28 08.00")).unwrap();
    assert_eq!(events[0].moved()[0], moved(7, "", "2027-01-12 16.00", false));
}
