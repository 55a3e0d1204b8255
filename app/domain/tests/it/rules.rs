//! What comes of commands that are accepted: given an office, when somebody does something,
//! then this happens.

use chrono::{DateTime, Utc};
use domain::id::{AgencyCode, CommandId, RunId};
use domain::log::{AgencyEvent, Event, RunEvent};
use domain::office::{Actor, Command, Refusal, possible};
use domain::run::{OutcomeKind, Status};
use domain::sop::{Answer, Answers, CellRef, SopKey};

use crate::ledger::{Ledger, ORG, TRIP, agencies, moment, sop};
use crate::people::{admin, everybody, in_role, person};

const RUN: RunId = RunId(1);

fn now() -> DateTime<Utc> {
    moment("2026-12-08 08.00")
}

/// Given run 1 of the shipped procedure with this cell open.
fn given(open: &str) -> Ledger {
    let mut ledger = Ledger::founded();
    ledger.start_org();
    ledger.walk_to(1, open);
    ledger
}

fn cell(text: &str) -> CellRef {
    CellRef::try_from(text.to_owned()).unwrap()
}

fn finish(at: &str, round: u16, answers: &[(&str, &str)]) -> Command {
    let answers = answers.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
    Command::FinishCell { run: RUN, cell: cell(at), round, answers }
}

fn send_back(at: &str, round: u16) -> Command {
    Command::ReturnCell { run: RUN, cell: cell(at), round, reason: " lampiran kurang \n".into() }
}

fn start(version: u16, data_year: i32) -> Command {
    Command::StartRun { sop: SopKey { number: "ORG.2.2.2".into(), version }, data_year }
}

/// When somebody in this role does it, then exactly this happens.
fn check(ledger: &mut Ledger, role: &str, when: Command, then: &[Event]) {
    assert_eq!(ledger.act(&in_role(role), when, now()).as_deref(), Ok(then));
}

fn finished(at: &str, round: u16, answers: Answers, recorded_by: Option<&str>) -> Event {
    Event::Run(RunEvent::CellFinished {
        run: RUN,
        cell: cell(at),
        round,
        answers,
        recorded_by: recorded_by.map(Into::into),
        acting: None,
    })
}

#[test]
fn a_finished_cell_gives_the_turn_to_the_next() {
    let mut ledger = given("2.staf");
    check(&mut ledger, "staf", finish("2.staf", 1, &[]), &[finished("2.staf", 1, Answers::new(), None)]);
    let open = ledger.run(1).open().unwrap();
    assert_eq!((open.cell.to_string().as_str(), open.round, open.since), ("2.kasubbag", 1, now()));
}

#[test]
fn a_return_begins_a_round_of_every_row_that_it_passes() {
    let mut ledger = given("3.gubernur");
    let (to, reason) = (cell("2.staf"), "lampiran kurang".into());
    let then = Event::Run(RunEvent::CellReturned {
        run: RUN,
        cell: cell("3.gubernur"),
        round: 1,
        to,
        reason,
        recorded_by: None,
        acting: None,
    });
    check(&mut ledger, "gubernur", send_back("3.gubernur", 1), &[then]);
    assert_eq!(ledger.run(1).rounds, [1, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
    assert_eq!(ledger.open(1), Some(cell("2.staf")));

    ledger.finish_open(1, now());
    ledger.act(&in_role("kasubbag"), send_back("2.kasubbag", 2), now()).unwrap();
    assert_eq!(ledger.run(1).rounds, [1, 3, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
}

#[test]
fn an_act_on_behalf_says_so_and_ones_own_does_not() {
    let signed = |by: &Actor| {
        let when = finish("3.gubernur", 1, &[("tanggal_ttd", "2026-12-08")]);
        let Event::Run(RunEvent::CellFinished { recorded_by, .. }) =
            given("3.gubernur").act(by, when, now()).unwrap().remove(0)
        else {
            panic!("not finished");
        };
        recorded_by.map(|lane| lane.0)
    };
    assert_eq!(signed(&in_role("gubernur")), None);
    assert_eq!(signed(&in_role("staf")).as_deref(), Some("staf"));
    assert_eq!(signed(&person("plt", "staf gubernur")), None);
}

#[test]
fn what_was_typed_is_kept_clean() {
    let then = finished("2.staf", 1, [("nota".into(), Answer::Text("satu\ndua".into()))].into(), None);
    let typed = [("nota", "  satu\r\ndua \n"), ("bukan_pertanyaan", "x"), ("nota.lain", "y")];
    check(&mut given("2.staf"), "staf", finish("2.staf", 1, &typed), &[then]);

    let numbered = [
        ("nomor_surat".into(), Answer::Text("000.8.6.3/117/ORG/XII/2026".into())),
        ("tanggal_surat".into(), Answer::Date("2026-12-07".parse().unwrap())),
    ];
    let typed = [("nomor_surat", " 000.8.6.3/117/ORG/XII/2026 "), ("tanggal_surat", " 2026-12-07")];
    let then = finished("4.staf", 1, numbered.into(), None);
    check(&mut given("4.staf"), "staf", finish("4.staf", 1, &typed), &[then]);
}

#[test]
fn today_is_the_day_in_wib() {
    // Half past midnight in Jambi is still the day before in Greenwich.
    let early = moment("2026-12-09 00.30");
    let signed = |day| finish("3.gubernur", 1, &[("tanggal_ttd", day)]);
    let attempt = |day| given("3.gubernur").act(&in_role("staf"), signed(day), early);
    assert!(attempt("2026-12-09").is_ok());
    assert!(matches!(attempt("2026-12-10"), Err(Refusal::Answers { .. })));
}

#[test]
fn agencies_are_all_named_or_there_is_a_reason() {
    let all = [("dikirim.bappeda", ""), ("dikirim.disdik", "on"), ("dikirim.dinkes", "1")];
    let answer = |named: &[&str], missing: &[&str], reason: &str| -> Answers {
        let codes = |list: &[&str]| list.iter().map(|code| (*code).into()).collect();
        let (named, missing) = (codes(named), codes(missing));
        [("dikirim".into(), Answer::Agencies { named, missing, reason: reason.into() })].into()
    };
    let every = answer(&["bappeda", "dinkes", "disdik"], &[], "");
    let check = |typed: &[_], then| {
        let then = finished("5.staf", 1, then, None);
        check(&mut given("5.staf"), "staf", finish("5.staf", 1, typed), &[then]);
    };
    check(&all, every.clone());
    // A reason where none is missing means nothing; an agency that is not there neither.
    check(&[&all[..], &[("dikirim.alasan", "entah"), ("dikirim.kominfo", "on")]].concat(), every);
    let some = [all[0], ("dikirim.alasan", " dua PD baru \n")];
    check(&some, answer(&["bappeda"], &["dinkes", "disdik"], "dua PD baru"));
    check(&[("dikirim.alasan", "diantar")], answer(&[], &["bappeda", "dinkes", "disdik"], "diantar"));
}

#[test]
fn a_letter_number_is_free_again_only_when_its_use_was_taken_back() {
    let mut ledger = given("4.staf");
    let staf = in_role("staf");
    let numbered = finish("4.staf", 1, &[("nomor_surat", "N-1"), ("tanggal_surat", "2026-12-08")]);
    ledger.act(&staf, numbered.clone(), now()).unwrap();
    ledger.act(&staf, Command::TakeBack { run: RUN, cell: cell("4.staf"), round: 1 }, now()).unwrap();
    ledger.act(&staf, numbered, now()).unwrap();

    // The letter went out; that its run was cancelled afterwards changes nothing.
    ledger.act(&in_role("karo"), Command::CancelRun { run: RUN, reason: "diganti".into() }, now()).unwrap();
    ledger.act(&staf, start(1, 2026), now()).unwrap();
    ledger.walk_to(2, "4.staf");
    let answers =
        [("nomor_surat".into(), "n-1".into()), ("tanggal_surat".into(), "2026-12-08".into())].into();
    let again = Command::FinishCell { run: RunId(2), cell: cell("4.staf"), round: 1, answers };
    assert!(matches!(ledger.act(&staf, again, now()), Err(Refusal::Answers { .. })));
}

#[test]
fn a_run_is_about_this_year_or_the_last_in_wib() {
    let years = |at: &str| -> Vec<i32> {
        let starts =
            |year: &i32| Ledger::founded().act(&in_role("staf"), start(1, *year), moment(at)).is_ok();
        (2020..2035).filter(starts).collect()
    };
    assert_eq!(years("2026-12-31 23.59.59.999"), [2025, 2026]);
    assert_eq!(years("2027-01-01 00.00"), [2026, 2027]);
}

#[test]
fn a_year_has_one_run_unless_it_was_cancelled() {
    let mut ledger = given("2.staf");
    let already = Refusal::AlreadyStarted { data_year: 2026, run: RUN };
    assert_eq!(ledger.act(&in_role("kasubbag"), start(1, 2026), now()), Err(already));
    let cancel = Command::CancelRun { run: RUN, reason: "salah tahun".into() };
    check(
        &mut ledger,
        "karo",
        cancel,
        &[Event::Run(RunEvent::RunCancelled { run: RUN, reason: "salah tahun".into(), acting: None })],
    );
    let key = sop(ORG).key;
    check(
        &mut ledger,
        "kasubbag",
        start(1, 2026),
        &[Event::Run(RunEvent::RunStarted { run: RunId(2), sop: key, data_year: 2026, acting: None })],
    );
}

#[test]
fn a_run_keeps_the_version_it_was_started_under() {
    let mut ledger = given("2.staf");
    let mut newer = Box::new(sop(ORG));
    newer.key.version = 2;
    newer.activities[1].cells.truncate(2);
    ledger.act(&admin(), Command::PublishSop { sop: newer }, now()).unwrap();
    ledger.act(&in_role("staf"), start(2, 2025), now()).unwrap();
    for (run, next) in [(1, "2.kabag"), (2, "3.gubernur")] {
        while ledger.open(run) != Some(cell("2.kasubbag")) {
            ledger.finish_open(run, now());
        }
        ledger.finish_open(run, now());
        assert_eq!(ledger.open(run), Some(cell(next)));
    }
    // The same number and year, though under another version.
    assert!(matches!(
        ledger.act(&in_role("staf"), start(2, 2026), now()),
        Err(Refusal::AlreadyStarted { .. })
    ));
}

#[test]
fn the_end_can_be_taken_back() {
    let mut ledger = given("12.staf");
    ledger.finish_open(1, now());
    assert!(matches!(ledger.run(1).status, Status::Finished(_)));
    let take_back = Command::TakeBack { run: RUN, cell: cell("12.staf"), round: 1 };
    ledger.act(&in_role("staf"), take_back, now()).unwrap();
    assert_eq!((&ledger.run(1).status, ledger.open(1)), (&Status::Going, Some(cell("12.staf"))));
}

#[test]
fn a_return_can_be_taken_back_and_given_again() {
    let mut ledger = given("2.kabag");
    for _ in 0..2 {
        ledger.act(&in_role("kabag"), send_back("2.kabag", 1), now()).unwrap();
        assert_eq!((ledger.open(1), ledger.run(1).round(2)), (Some(cell("2.staf")), 2));
        let take_back = Command::TakeBack { run: RUN, cell: cell("2.kabag"), round: 1 };
        ledger.act(&in_role("kabag"), take_back, now()).unwrap();
        assert_eq!((ledger.open(1), ledger.run(1).round(2)), (Some(cell("2.kabag")), 1));
    }
    let kinds =
        ledger.run(1).visits.iter().filter_map(|visit| visit.outcome.as_ref()).map(|outcome| &outcome.kind);
    assert!(kinds.into_iter().all(|kind| matches!(kind, OutcomeKind::Finished(_))));
}

#[test]
fn a_run_that_stands_still_can_be_cancelled_but_not_taken_on() {
    let mut ledger = given("2.staf");
    ledger.act(&in_role("staf"), Command::PauseRun { run: RUN, reason: "libur".into() }, now()).unwrap();
    let offered: Vec<_> = everybody()
        .iter()
        .flat_map(|actor| possible(&ledger.office, actor, now()))
        .filter(|command| command.run() == Some(RUN))
        .collect();
    // Whoever has to send a report by a fixed date may do so in a pause as well.
    let only = |command: &Command| {
        matches!(
            command,
            Command::ResumeRun { .. } | Command::CancelRun { .. } | Command::SubmitReport { .. }
        )
    };
    assert!(!offered.is_empty() && offered.iter().all(only), "{offered:?}");
}

#[test]
fn who_has_no_lane_is_offered_nothing() {
    let ledger = given("2.staf");
    for actor in [Actor::nobody(), admin(), Actor::system(), person("x", "lajur-lain")] {
        assert_eq!(possible(&ledger.office, &actor, now()), []);
    }
}

#[test]
fn a_list_of_agencies_says_only_what_is_new() {
    let mut list = agencies();
    let (disdik, kominfo) = (1, domain::agency::Agency { code: "kominfo".into(), ..list[0].clone() });
    list[disdik].short = "Dinas Pendidikan".into();
    let renamed = list[disdik].clone();
    list.remove(2);
    list.push(kominfo.clone());
    let then = [
        Event::Agency(AgencyEvent::AgencyClosed { code: "dinkes".into() }),
        Event::Agency(AgencyEvent::AgencyListed { agency: renamed }),
        Event::Agency(AgencyEvent::AgencyListed { agency: kominfo }),
    ];
    let mut ledger = Ledger::founded();
    assert_eq!(
        ledger.act(&admin(), Command::ListAgencies { agencies: list }, now()).as_deref(),
        Ok(&then[..])
    );
    let codes: Vec<_> = ledger.office.agencies.keys().map(AgencyCode::as_str).collect();
    assert_eq!(codes, ["bappeda", "disdik", "kominfo"]);
}

#[test]
fn the_second_procedure_follows_its_own_data() {
    let mut ledger = Ledger::founded();
    let start = Command::StartRun { sop: sop(TRIP).key, data_year: 2026 };
    assert!(ledger.act(&in_role("staf"), start.clone(), now()).is_err());
    ledger.act(&in_role("pemohon"), start, now()).unwrap();
    let mut walked = Vec::new();
    while let Some(open) = ledger.open(1) {
        walked.push(open.to_string());
        ledger.finish_open(1, now());
    }
    let path: Vec<_> = sop(TRIP).path().map(|(at, _)| at.to_string()).collect();
    assert_eq!(walked, path);
}

#[test]
fn ids_as_text() {
    for good in ["1.staf", "12.kepala-dinas"] {
        assert_eq!(cell(good).to_string(), good);
    }
    for bad in
        ["", "staf", "1.", ".staf", "-1.staf", "70000.staf", "1,staf", &format!("1.{}", "x".repeat(41))]
    {
        assert!(CellRef::try_from(bad.to_owned()).is_err(), "{bad}");
    }
    let key = |text: &str| SopKey::try_from(text.to_owned());
    assert_eq!(key("ORG/2.2/13").unwrap().to_string(), "ORG/2.2/13");
    for bad in ["ORG.2.2.2", "/1", "ORG/-1", "ORG/x", "ORG/70000", &format!("{}/1", "x".repeat(81))] {
        assert!(key(bad).is_err(), "{bad}");
    }
    for (id, good) in [("a-Z_9", true), ("", false), ("a b", false), ("é", false), (&"x".repeat(64), true)] {
        assert_eq!(CommandId(id.into()).is_well_formed(), good, "{id}");
    }
    assert!(!CommandId("x".repeat(65)).is_well_formed());
}
