//! The life of a report: sent, judged, reviewed, sent back, sent again, accepted.

use std::collections::BTreeMap;

use domain::id::RunId;
use domain::log::{Event, RunEvent};
use domain::office::{Actor, Command, decide};
use domain::report::review::Review;
use domain::report::{Digest, Finding, Judgement, ReportState, Stage};
use domain::sop::{Answer, CellRef, RawAnswers};

use crate::ledger::{Ledger, full_digest, moment};
use crate::people::{everybody, in_role, of_agency};

const RUN: RunId = RunId(1);
const NOW: &str = "2027-01-08 10.00";

/// Run 1 of the shipped procedure, waiting for reports.
fn waiting() -> Ledger {
    let mut ledger = Ledger::founded();
    ledger.start_org();
    ledger.walk_to(1, "6.staf");
    ledger
}

fn send(ledger: &mut Ledger, agency: &str) {
    let (received, digest) = (moment(NOW), Box::new(full_digest()));
    let code = format!("{agency}-{}", ledger.office.seq);
    let submit = Command::SubmitReport { run: RUN, agency: agency.into(), received, code, digest };
    ledger.act(&of_agency(agency), submit, moment(NOW)).unwrap();
}

fn act(ledger: &mut Ledger, role: &str, command: Command) {
    ledger.act(&in_role(role), command, moment(NOW)).unwrap();
}

fn judge(round: u16) -> Command {
    Command::JudgeReport { run: RUN, agency: "bappeda".into(), round, judgement: Judgement::default() }
}

fn give_back(round: u16) -> Command {
    let findings = vec![
        Finding { place: "baris.2".into(), text: " satuan keliru ".into() },
        Finding { place: "bab4".into(), text: String::new() },
    ];
    Command::ReturnReport { run: RUN, agency: "bappeda".into(), round, findings }
}

fn accept(round: u16) -> Command {
    Command::AcceptReport { run: RUN, agency: "bappeda".into(), round }
}

/// How many agencies have reached a stage, of how many.
fn stage(ledger: &Ledger, stage: Stage) -> (usize, usize) {
    let (reached, missing) = stage.split(ledger.run(1), &ledger.office.agencies);
    (reached.len(), reached.len() + missing.len())
}

#[test]
fn a_report_goes_back_and_comes_again_until_it_is_accepted() {
    let mut ledger = waiting();
    assert_eq!(stage(&ledger, Stage::Received), (0, 3));
    send(&mut ledger, "bappeda");
    assert_eq!([Stage::Received, Stage::Judged].map(|it| stage(&ledger, it)), [(1, 3), (0, 1)]);
    act(&mut ledger, "staf", judge(1));
    assert_eq!(stage(&ledger, Stage::Judged), (1, 1));
    act(&mut ledger, "kasubbag", give_back(1));
    let report = ledger.run(1).reports[&"bappeda".into()].clone();
    assert_eq!(report.state(), Some(ReportState::Returned));
    let findings = report.last().unwrap().findings();
    assert_eq!(findings, [Finding { place: "baris.2".into(), text: "satuan keliru".into() }]);
    send(&mut ledger, "bappeda");
    // What is new has to be judged again.
    assert_eq!(stage(&ledger, Stage::Judged), (0, 1));
    act(&mut ledger, "kabag", accept(2));
    let report = ledger.run(1).reports[&"bappeda".into()].clone();
    assert_eq!((report.state(), report.rounds.len()), (Some(ReportState::Accepted), 2));
    assert_eq!(report.rounds[0].state(), ReportState::Returned);
    assert_eq!([Stage::Judged, Stage::Reviewed].map(|it| stage(&ledger, it)), [(1, 1), (1, 1)]);
}

#[test]
fn receipts_are_numbered_without_a_gap() {
    let mut ledger = waiting();
    send(&mut ledger, "dinkes");
    send(&mut ledger, "bappeda");
    act(&mut ledger, "kasubbag", give_back(1));
    send(&mut ledger, "disdik");
    send(&mut ledger, "bappeda");
    let run = ledger.run(1);
    let mut numbers: Vec<_> =
        run.reports.values().flat_map(|report| &report.rounds).map(|round| round.number).collect();
    assert_eq!(run.reports[&"bappeda".into()].rounds[1].receipt(2026), "0004/LKj/2026");
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2, 3, 4]);
}

#[test]
fn the_last_moment_is_the_end_of_10_january() {
    let ledger = waiting();
    let (run, sop) = ledger.office.run(RUN).unwrap();
    let deadline = sop.report_deadline(run.data_year).unwrap();
    assert!(moment("2027-01-10 23.59.59.999") <= deadline);
    assert!(moment("2027-01-11 00.00.00.000") > deadline);
}

#[test]
fn the_moment_that_counts_is_the_one_of_the_last_byte() {
    let mut ledger = waiting();
    let (received, decided) = (moment("2027-01-10 23.59.59.999"), moment("2027-01-11 00.00.03"));
    let digest = Box::new(full_digest());
    let submit =
        Command::SubmitReport { run: RUN, agency: "bappeda".into(), received, code: "k".into(), digest };
    ledger.act(&of_agency("bappeda"), submit, decided).unwrap();
    assert_eq!(ledger.run(1).reports[&"bappeda".into()].rounds[0].received, received);
}

#[test]
fn an_incomplete_report_can_be_sent_with_a_reason() {
    let mut ledger = waiting();
    let digest = Digest {
        missing: vec!["a4".into(), "lampiran".into()],
        reason: " standar nasional belum terbit ".into(),
        ..full_digest()
    };
    let (received, digest) = (moment(NOW), Box::new(digest));
    let submit =
        Command::SubmitReport { run: RUN, agency: "bappeda".into(), received, code: "k".into(), digest };
    ledger.act(&of_agency("bappeda"), submit, moment(NOW)).unwrap();
    let digest = &ledger.run(1).reports[&"bappeda".into()].rounds[0].digest;
    assert_eq!((digest.reason.as_str(), digest.missing.len()), ("standar nasional belum terbit", 2));
}

/// Who may do what with a report that bappeda has sent.
#[test]
fn everybody_may_do_with_a_report_what_is_theirs() {
    let mut ledger = waiting();
    send(&mut ledger, "bappeda");
    let review = Review { list: 1, ..Review::default() };
    let assign = Command::AssignReview { run: RUN, agency: "bappeda".into(), to: Some("kasubbag".into()) };
    let review = Command::ReviewReport { run: RUN, agency: "bappeda".into(), round: 1, review };
    let commands = [
        ("judge", judge(1), "staf kasubbag kabag karo staf-lain merangkap serba-bisa"),
        ("return", give_back(1), "staf kasubbag kabag karo staf-lain merangkap serba-bisa"),
        ("assign", assign, "staf kasubbag kabag karo staf-lain merangkap serba-bisa"),
        ("review", review, "kasubbag kabag karo merangkap serba-bisa"),
        ("accept", accept(1), "kasubbag kabag karo merangkap serba-bisa"),
    ];
    for (what, command, allowed) in commands {
        for actor in everybody() {
            let accepted = decide(&ledger.office, &actor, command.clone(), moment(NOW)).is_ok();
            let may = allowed.split(' ').any(|account| actor.account.as_str() == account);
            assert_eq!(accepted, may, "{what} by {}", actor.account);
        }
    }
}

#[test]
fn an_agency_can_do_nothing_but_send_its_own() {
    let mut ledger = waiting();
    send(&mut ledger, "bappeda");
    let dinkes = of_agency("dinkes");
    let offered = domain::office::possible(&ledger.office, &dinkes, moment(NOW));
    let own =
        |it: &Command| matches!(it, Command::SubmitReport { agency, .. } if agency.as_str() == "dinkes");
    assert!(offered.len() == 1 && own(&offered[0]), "{offered:?}");
    // Lanes would be of no use to it either way: an agency's actor has none.
    assert_eq!(Actor::of_agency("x".into(), "dinkes".into()).lanes.len(), 0);
}

#[test]
fn the_gate_says_who_was_missing_and_why() {
    let mut ledger = waiting();
    send(&mut ledger, "bappeda");
    let cell = CellRef::new(6, "staf");
    let finish =
        |answers: RawAnswers| Command::FinishCell { run: RUN, cell: cell.clone(), round: 1, answers };
    let staf = in_role("staf");
    let bare = decide(&ledger.office, &staf, finish(RawAnswers::new()), moment(NOW)).unwrap_err();
    assert!(bare.to_string().contains("2 PD belum"), "{bare}");
    // What a page claims about who has sent is of no weight.
    let claim = BTreeMap::from([
        ("diterima.dinkes".to_owned(), "ya".to_owned()),
        ("diterima.alasan".to_owned(), "menyusul".to_owned()),
    ]);
    let events = decide(&ledger.office, &staf, finish(claim), moment(NOW)).unwrap();
    let Event::Run(RunEvent::CellFinished { answers, .. }) = &events[0] else { panic!("{events:?}") };
    let Answer::Agencies { named, missing, reason } = &answers["diterima"] else { panic!("{answers:?}") };
    assert_eq!((named.len(), missing.len(), reason.as_str()), (1, 2, "menyusul"));
    assert!(named.contains(&"bappeda".into()));
}

#[test]
fn a_filled_in_list_forgets_answers_that_no_longer_apply() {
    let mut ledger = waiting();
    send(&mut ledger, "bappeda");
    let answers = BTreeMap::from([("III.2".to_owned(), true), ("III.3".to_owned(), true)]);
    let review = Review { list: 1, answers, note: String::new() };
    act(&mut ledger, "karo", Command::ReviewReport { run: RUN, agency: "bappeda".into(), round: 1, review });
    let report = &ledger.run(1).reports[&"bappeda".into()];
    let (_, review) = report.rounds[0].review.as_ref().unwrap();
    assert_eq!(review.answers.keys().collect::<Vec<_>>(), ["III.2"]);
}
