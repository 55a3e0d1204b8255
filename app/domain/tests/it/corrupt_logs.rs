//! Logs that no office can have written are not folded; a page takes what comes.

use domain::calendar::{DayOff, HoursException, WeekHours};
use domain::id::{CommandId, RunId};
use domain::log::{CalendarEvent, Event, Recorded, RunEvent, SubstituteEvent, SubstituteId};
use domain::office::{CorruptLog, evolve, replay};
use domain::sop::CellRef;

use crate::ledger::{Ledger, days_off, moment};

/// A good log of 13 records, with a run in row 3.
fn log() -> Vec<Recorded> {
    let mut ledger = Ledger::founded();
    ledger.start_org();
    ledger.walk_to(1, "3.gubernur");
    ledger.log
}

/// Adds an event to the good log and says why that cannot be.
fn check(event: Event, expected: &str) {
    let fault = with(event).expect_err("it cannot have happened");
    assert_eq!(fault.to_string(), expected);
    assert!(is_tested(&fault));
}

/// The good log with one more event.
fn with(event: Event) -> Result<domain::office::Office, CorruptLog> {
    let mut log = log();
    let (seq, at) = (log.len() as u64 + 1, moment("2026-12-08 08.00"));
    log.push(Recorded { seq, at, actor: "staf".into(), command_id: CommandId("x".into()), event });
    replay(log)
}

/// A kind of corruption without a case here does not compile: add the case, then the arm.
fn is_tested(fault: &CorruptLog) -> bool {
    match fault {
        CorruptLog::Gap { .. }
        | CorruptLog::NoSuchRun { .. }
        | CorruptLog::BadYear { .. }
        | CorruptLog::BadCalendar { .. }
        | CorruptLog::BadSubstitute { .. }
        | CorruptLog::NoSuchSop { .. }
        | CorruptLog::SopTwice { .. }
        | CorruptLog::DoesNotFit { .. } => true,
    }
}

fn finished(run: u32, cell: CellRef, round: u16) -> Event {
    Event::Run(RunEvent::CellFinished {
        run: RunId(run),
        cell,
        round,
        answers: Default::default(),
        recorded_by: None,
        acting: None,
    })
}

fn returned(cell: CellRef, round: u16) -> Event {
    let (to, reason) = (CellRef::new(2, "staf"), "salah".into());
    Event::Run(RunEvent::CellReturned {
        run: RunId(1),
        cell,
        round,
        to,
        reason,
        recorded_by: None,
        acting: None,
    })
}

#[test]
fn records_out_of_order() {
    let log = log();
    assert!(replay(log.clone()).is_ok());
    let order = |seqs: &[usize]| {
        let log = seqs.iter().map(|seq| log[seq - 1].clone());
        replay(log).map(|office| office.seq).map_err(|fault| fault.to_string())
    };
    assert_eq!(order(&[]), Ok(0));
    assert_eq!(order(&[1, 2, 3]), Ok(3));
    assert_eq!(order(&[2]), Err("record 2 follows record 0".into()));
    assert_eq!(order(&[1, 3]), Err("record 3 follows record 1".into()));
    assert_eq!(order(&[1, 2, 2]), Err("record 2 follows record 2".into()));
    assert_eq!(order(&[1, 2, 1]), Err("record 1 follows record 2".into()));
    assert_eq!(order(&[2, 1]), Err("record 2 follows record 0".into()));
}

#[test]
fn runs_that_are_not_there_or_twice() {
    let sop = |number: &str, version| domain::sop::SopKey { number: number.into(), version };
    let started =
        |run, sop| Event::Run(RunEvent::RunStarted { run: RunId(run), sop, data_year: 2026, acting: None });
    check(
        finished(2, CellRef::new(1, "staf"), 1),
        "record 14: run 2 was never started, or was started twice",
    );
    check(
        Event::Run(RunEvent::RunResumed { run: RunId(0), acting: None }),
        "record 14: run 0 was never started, or was started twice",
    );
    check(started(1, sop("KEU.1", 1)), "record 14: run 1 was never started, or was started twice");
    check(started(2, sop("KEU.1", 2)), "record 14: SOP KEU.1/2 was never published");
    assert!(with(started(2, sop("KEU.1", 1))).is_ok());
}

#[test]
fn procedures_and_years() {
    let again = log().remove(0).event;
    check(again, "record 14: SOP ORG.2.2.2/1 was published twice");
    let year = |year, days| Event::Calendar(CalendarEvent::YearDecreed { year, days, moved: Vec::new() });
    check(year(2028, days_off(2027)), "record 14: year 2028 cannot have these days off");
    check(year(2028, Vec::new()), "record 14: year 2028 cannot have these days off");
}

#[test]
fn calendars_and_substitutes() {
    let wrong = "record 14: the calendar cannot be changed like that";
    let days =
        |removed, added| Event::Calendar(CalendarEvent::DaysOffChanged { removed, added, moved: Vec::new() });
    let stranger = DayOff { name: "Lain".into(), ..days_off(2026).remove(0) };
    check(days(vec![stranger.clone()], Vec::new()), wrong);
    check(days(Vec::new(), vec![DayOff { name: String::new(), ..stranger }]), wrong);
    assert!(with(days(days_off(2026), Vec::new())).is_ok());
    let special = HoursException {
        from: "2026-02-20".parse().unwrap(),
        to: "2026-02-18".parse().unwrap(),
        name: "Ramadan".into(),
        hours: WeekHours::ramadan_proposal(),
    };
    let added =
        Event::Calendar(CalendarEvent::SpecialHoursAdded { special: special.clone(), moved: Vec::new() });
    check(added, wrong);
    check(Event::Calendar(CalendarEvent::SpecialHoursRemoved { special, moved: Vec::new() }), wrong);
    let ended = Event::Substitute(SubstituteEvent::SubstituteEnded { substitute: SubstituteId(1) });
    check(ended, "record 14: there is no such substitution, or it is there already");
}

#[test]
fn events_that_do_not_fit_the_run() {
    let gubernur = || CellRef::new(3, "gubernur");
    let karo = || CellRef::new(2, "karo");
    assert!(with(finished(1, gubernur(), 1)).is_ok());
    assert!(with(returned(gubernur(), 1)).is_ok());
    let taken_back = |cell, round| Event::Run(RunEvent::ActTakenBack { run: RunId(1), cell, round });
    assert!(with(taken_back(karo(), 1)).is_ok());

    check(finished(1, karo(), 1), "record 14: the cell was not open");
    check(finished(1, gubernur(), 2), "record 14: the cell was not open");
    check(finished(1, CellRef::new(99, "staf"), 1), "record 14: the cell was not open");
    check(returned(karo(), 1), "record 14: the cell was not open");
    check(returned(gubernur(), 0), "record 14: the cell was not open");
    check(taken_back(gubernur(), 1), "record 14: there was no such act to take back");
    check(taken_back(karo(), 2), "record 14: there was no such act to take back");
    check(taken_back(CellRef::new(2, "kabag"), 1), "record 14: there was no such act to take back");
    check(
        Event::Run(RunEvent::RunResumed { run: RunId(1), acting: None }),
        "record 14: the run was not in that state of pause",
    );
}

#[test]
fn events_after_the_end() {
    let mut log = log();
    let mut add = |event| {
        let (seq, at) = (log.len() as u64 + 1, moment("2026-12-08 08.00"));
        log.push(Recorded { seq, at, actor: "karo".into(), command_id: CommandId("x".into()), event });
        let fault = replay(log.clone()).err().map(|fault| fault.to_string());
        if fault.is_some() {
            log.pop();
        }
        fault
    };
    let (run, reason) = (RunId(1), String::from("cukup"));
    let pause = || Event::Run(RunEvent::RunPaused { run, reason: reason.clone(), acting: None });
    assert_eq!(add(pause()), None);
    assert_eq!(add(pause()).unwrap(), "record 15: the run was not in that state of pause");
    assert_eq!(add(Event::Run(RunEvent::RunCancelled { run, reason: reason.clone(), acting: None })), None);
    for event in [
        Event::Run(RunEvent::RunCancelled { run, reason: reason.clone(), acting: None }),
        pause(),
        Event::Run(RunEvent::RunResumed { run, acting: None }),
        finished(1, CellRef::new(3, "gubernur"), 1),
        returned(CellRef::new(3, "gubernur"), 1),
        Event::Run(RunEvent::ActTakenBack { run, cell: CellRef::new(2, "karo"), round: 1 }),
    ] {
        assert_eq!(add(event).unwrap(), "record 16: the run was over");
    }
}

#[test]
fn a_page_leaves_alone_what_does_not_fit_and_moves_on() {
    let whole = replay(log()).unwrap();
    for event in [
        finished(9, CellRef::new(1, "staf"), 1),
        finished(1, CellRef::new(1, "staf"), 1),
        Event::Run(RunEvent::RunResumed { run: RunId(1), acting: None }),
        Event::Withheld,
    ] {
        let mut page = whole.clone();
        let at = moment("2026-12-08 08.00");
        let record = Recorded { seq: 40, at, actor: "staf".into(), command_id: CommandId("x".into()), event };
        evolve(&mut page, &record);
        assert_eq!(page, domain::office::Office { seq: 40, ..whole.clone() });
    }
}
