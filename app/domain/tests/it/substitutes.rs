//! Plt. and Plh.: who may act in whose lane, when, and on whose work never.

use domain::audience::Audience;
use domain::id::{LaneId, RunId};
use domain::log::{Acting, ActingKind, Event, RunEvent, SubstituteId};
use domain::office::{Actor, Command, Phase, Refusal, Right, possible};
use domain::sheet::SheetView;
use domain::sop::CellRef;

use crate::ledger::{Ledger, moment};
use crate::people::{admin, in_role, person};

/// An office with run 1 of the shipped procedure, this cell being open.
fn given(open: &str) -> Ledger {
    let mut ledger = Ledger::founded();
    ledger.start_org();
    ledger.walk_to(1, open);
    ledger
}

/// Somebody stands in for a lane from Tuesday to Thursday.
fn name(ledger: &mut Ledger, account: &str, lane: &str, kind: ActingKind) {
    let command = Command::NameSubstitute {
        account: account.into(),
        lane: lane.into(),
        kind,
        from: "2026-12-08".parse().unwrap(),
        to: "2026-12-10".parse().unwrap(),
    };
    ledger.act(&admin(), command, moment("2026-12-07 12.00")).unwrap();
}

fn finish(ledger: &Ledger, at: &str, when: &str) -> Command {
    let cell = CellRef::try_from(at.to_owned()).unwrap();
    let round = ledger.run(1).round(cell.activity);
    let finish = Command::FinishCell { run: RunId(1), cell, round, answers: Default::default() };
    ledger.fill(&finish, moment(when))
}

fn act(ledger: &mut Ledger, who: &Actor, at: &str, when: &str) -> Result<Vec<Event>, Refusal> {
    let command = finish(ledger, at, when);
    ledger.act(who, command, moment(when))
}

fn is_own_work(outcome: Result<Vec<Event>, Refusal>) -> bool {
    matches!(outcome, Err(Refusal::OwnWork { .. }))
}

#[test]
fn it_holds_from_midnight_to_midnight() {
    let mut ledger = given("2.kabag");
    name(&mut ledger, "tamu", "kabag", ActingKind::Plh);
    let tamu = person("tamu", "");
    let may = |ledger: &Ledger, when: &str| {
        let right = ledger.office.rights(&tamu, moment(when)).lane(&"kabag".into());
        assert_eq!(right.is_some(), !possible(&ledger.office, &tamu, moment(when)).is_empty(), "{when}");
        right
    };
    let acting = Acting { substitute: SubstituteId(1), kind: ActingKind::Plh, lane: "kabag".into() };
    assert_eq!(may(&ledger, "2026-12-07 23.59.59.999"), None);
    assert_eq!(may(&ledger, "2026-12-08 00.00"), Some(Right::Acting(acting.clone())));
    assert_eq!(may(&ledger, "2026-12-10 23.59.59.999"), Some(Right::Acting(acting)));
    assert_eq!(may(&ledger, "2026-12-11 00.00"), None);
    let phase = |when: &str| ledger.office.substitutes[&SubstituteId(1)].phase(moment(when));
    assert_eq!(phase("2026-12-07 23.59"), Phase::Coming);
    assert_eq!(phase("2026-12-08 00.00"), Phase::Running);
    assert_eq!(phase("2026-12-11 00.00"), Phase::Past);

    let end = Command::EndSubstitute { substitute: SubstituteId(1) };
    ledger.act(&admin(), end, moment("2026-12-09 10.00")).unwrap();
    assert_eq!(may(&ledger, "2026-12-09 10.00"), None);
    // The days that are free again may be given to another.
    let mut again = ledger.clone();
    let command = Command::NameSubstitute {
        account: "karo".into(),
        lane: "kabag".into(),
        kind: ActingKind::Plt,
        from: "2026-12-09".parse().unwrap(),
        to: "2026-12-09".parse().unwrap(),
    };
    again.act(&admin(), command, moment("2026-12-09 10.01")).unwrap();
}

#[test]
fn the_log_the_sheet_and_the_run_say_in_whose_place() {
    let mut ledger = given("2.kabag");
    name(&mut ledger, "tamu", "kabag", ActingKind::Plt);
    let events = act(&mut ledger, &person("tamu", ""), "2.kabag", "2026-12-08 08.00").unwrap();
    let acting = Acting { substitute: SubstituteId(1), kind: ActingKind::Plt, lane: "kabag".into() };
    assert_eq!(events[0].acting(), Some(&acting));
    let (run, sop) = ledger.office.run(RunId(1)).unwrap();
    let view = SheetView::of(sop, run, &ledger.office.calendar, moment("2026-12-08 08.00"));
    let past = &view.cell(&CellRef::new(2, "kabag")).unwrap().past[0];
    assert_eq!((past.by.as_str(), past.acting.as_ref()), ("tamu", Some(&acting)));
    // A display learns that somebody stood in, and nobody's name.
    let wall = ledger.log.iter().map(|record| Audience::Wall.view(record));
    let wall: Vec<_> = wall.map(|record| serde_json::to_string(&record).unwrap()).collect();
    assert!(wall.iter().all(|record| !record.contains("tamu")));
    assert!(ledger.office.for_wall().substitutes.is_empty());
    // One's own lane is one's own, also for somebody who stands in elsewhere.
    let own = act(&mut ledger, &in_role("karo"), "2.karo", "2026-12-08 08.10").unwrap();
    assert_eq!(own[0].acting(), None);
}

#[test]
fn steering_is_the_substitutes_too() {
    let mut ledger = given("2.kabag");
    name(&mut ledger, "tamu", "kabag", ActingKind::Plh);
    let pause = Command::PauseRun { run: RunId(1), reason: "rapat".into() };
    let events = ledger.act(&person("tamu", ""), pause, moment("2026-12-08 08.00")).unwrap();
    assert_eq!(events[0].acting().map(|acting| acting.lane.as_str()), Some("kabag"));
}

#[test]
fn nobody_approves_what_they_did() {
    // Finished the work, stands in for the one who checks it.
    let mut ledger = given("2.kasubbag");
    name(&mut ledger, "staf", "kasubbag", ActingKind::Plh);
    assert!(is_own_work(act(&mut ledger, &in_role("staf"), "2.kasubbag", "2026-12-08 08.00")));
    // Somebody else of the same lane may.
    let mut other = given("2.kasubbag");
    name(&mut other, "staf-lain", "kasubbag", ActingKind::Plh);
    assert!(act(&mut other, &person("staf-lain", "staf"), "2.kasubbag", "2026-12-08 08.00").is_ok());

    // Let it pass in the own lane, stands in for the next who checks.
    let mut ledger = given("2.kabag");
    name(&mut ledger, "kasubbag", "kabag", ActingKind::Plt);
    assert!(is_own_work(act(&mut ledger, &in_role("kasubbag"), "2.kabag", "2026-12-08 08.00")));

    // The other way round: stood in for the one who works, checks in the own lane.
    let mut ledger = given("2.staf");
    name(&mut ledger, "kasubbag", "staf", ActingKind::Plh);
    act(&mut ledger, &in_role("kasubbag"), "2.staf", "2026-12-08 08.00").unwrap();
    assert!(is_own_work(act(&mut ledger, &in_role("kasubbag"), "2.kasubbag", "2026-12-08 08.01")));
    // Also further down the chain, and in the row after it, whose Tidak leads to the same work.
    name(&mut ledger, "kasubbag-lain", "kasubbag", ActingKind::Plh);
    act(&mut ledger, &person("kasubbag-lain", ""), "2.kasubbag", "2026-12-08 08.02").unwrap();
    for lane in ["kabag", "karo"] {
        act(&mut ledger, &in_role(lane), &format!("2.{lane}"), "2026-12-08 08.03").unwrap();
    }
    name(&mut ledger, "kasubbag", "gubernur", ActingKind::Plh);
    assert!(is_own_work(act(&mut ledger, &in_role("kasubbag"), "3.gubernur", "2026-12-08 08.04")));
}

#[test]
fn whoever_has_both_lanes_may_do_both() {
    let both = person("merangkap", "staf kasubbag");
    let mut ledger = given("2.staf");
    act(&mut ledger, &both, "2.staf", "2026-12-08 08.00").unwrap();
    assert!(act(&mut ledger, &both, "2.kasubbag", "2026-12-08 08.01").is_ok());
}

#[test]
fn a_return_and_a_take_back_make_free_again() {
    // The work is done anew by somebody else: what stands now is not one's own.
    let mut ledger = given("2.kasubbag");
    let back = Command::ReturnCell {
        run: RunId(1),
        cell: CellRef::new(2, "kasubbag"),
        round: 1,
        reason: "salah".into(),
    };
    ledger.act(&in_role("kasubbag"), back, moment("2026-12-07 10.00")).unwrap();
    name(&mut ledger, "staf", "kasubbag", ActingKind::Plh);
    act(&mut ledger, &person("staf-lain", "staf"), "2.staf", "2026-12-08 08.00").unwrap();
    assert!(act(&mut ledger, &in_role("staf"), "2.kasubbag", "2026-12-08 08.01").is_ok());

    let mut ledger = given("2.staf");
    name(&mut ledger, "kasubbag", "staf", ActingKind::Plh);
    act(&mut ledger, &in_role("kasubbag"), "2.staf", "2026-12-08 08.00").unwrap();
    let take_back = Command::TakeBack { run: RunId(1), cell: CellRef::new(2, "staf"), round: 1 };
    ledger.act(&in_role("kasubbag"), take_back, moment("2026-12-08 08.01")).unwrap();
    act(&mut ledger, &in_role("staf"), "2.staf", "2026-12-08 08.02").unwrap();
    assert!(act(&mut ledger, &in_role("kasubbag"), "2.kasubbag", "2026-12-08 08.03").is_ok());
}

#[test]
fn recording_is_not_deciding_but_standing_in_is() {
    // STAF did the work and records the governor's signature: nothing new.
    let mut ledger = given("3.gubernur");
    assert!(act(&mut ledger, &in_role("staf"), "3.gubernur", "2026-12-08 08.00").is_ok());
    // Standing in for the governor, they cannot fall back on recording what they decided.
    let mut ledger = given("3.gubernur");
    name(&mut ledger, "staf", "gubernur", ActingKind::Plh);
    assert!(is_own_work(act(&mut ledger, &in_role("staf"), "3.gubernur", "2026-12-08 08.00")));
    // Whoever stands in for STAF may record what they let pass themselves.
    let mut ledger = given("3.gubernur");
    name(&mut ledger, "kasubbag", "staf", ActingKind::Plh);
    let events = act(&mut ledger, &in_role("kasubbag"), "3.gubernur", "2026-12-08 08.00").unwrap();
    let Event::Run(RunEvent::CellFinished { recorded_by, acting, .. }) = &events[0] else {
        panic!("{events:?}")
    };
    assert_eq!(recorded_by.as_ref().map(LaneId::as_str), Some("staf"));
    assert_eq!(acting.as_ref().map(|acting| acting.lane.as_str()), Some("staf"));
}
