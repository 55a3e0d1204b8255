//! Old events stay readable for ever: one file of every shape that was ever written.
//!
//! A new kind of event does not compile here until it has an example; an event that is
//! written in a new shape fails until a file of that shape is added beside the old one.
//! Files are never changed or removed: `UPDATE_GOLDEN=1 cargo test -p server golden` writes
//! those that are missing.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use domain::agency::Agency;
use domain::calendar::{DayOff, DayOffKind, HoursException, WeekHours};
use domain::id::{AccountId, AgencyCode, CommandId, LaneId, RunId};
use domain::log::{
    Acting, ActingKind, AgencyEvent, CalendarEvent, DueMoved, Event, Recorded, ReportEvent, RunEvent,
    SopEvent, SubstituteEvent, SubstituteId,
};
use domain::report::review::Review;
use domain::report::{Digest, FileRef, Finding, Judgement};
use domain::sop::{Answer, CellRef, SopKey};
use services::store::record::{read_record, write_record};

use crate::harness::{now, procedure};

#[test]
fn every_event_has_a_golden_file_of_its_present_shape() {
    let folder = folder();
    let files = read_files();
    for event in examples() {
        let record = recorded(event);
        let text = write_record(&record).unwrap();
        if files.iter().any(|(_, body)| *body == text) {
            continue;
        }
        let kind = kind(&record.event).unwrap();
        assert_eq!(std::env::var("UPDATE_GOLDEN").as_deref(), Ok("1"), "no golden file for {kind}: {text}");
        let name =
            (1..).map(|n| folder.join(format!("{kind}.{n}.json"))).find(|path| !path.exists()).unwrap();
        fs::write(name, text + "\n").unwrap();
    }
}

#[test]
fn every_golden_file_is_readable_and_says_what_it_is() {
    let mut kinds = BTreeSet::new();
    for (name, body) in read_files() {
        let record = read_record(&body).unwrap_or_else(|error| panic!("{name}: {error}"));
        let kind = kind(&record.event).unwrap();
        assert!(name.starts_with(&format!("{kind}.")), "{name} holds a {kind}");
        // What was read can be written and read again without loss.
        assert_eq!(read_record(&write_record(&record).unwrap()).unwrap(), record, "{name}");
        kinds.insert(kind);
    }
    let expected: BTreeSet<_> = examples().iter().filter_map(kind).collect();
    assert_eq!(kinds, expected);
}

/// The name of an event's file; `None` for what is never in a log. The match has to name
/// every kind, so that a new one cannot be forgotten.
fn kind(event: &Event) -> Option<&'static str> {
    Some(match event {
        Event::Sop(SopEvent::SopPublished { .. }) => "sop_published",
        Event::Calendar(CalendarEvent::YearDecreed { .. }) => "year_decreed",
        Event::Agency(AgencyEvent::AgencyListed { .. }) => "agency_listed",
        Event::Agency(AgencyEvent::AgencyClosed { .. }) => "agency_closed",
        Event::Run(RunEvent::RunStarted { .. }) => "run_started",
        Event::Run(RunEvent::CellFinished { .. }) => "cell_finished",
        Event::Run(RunEvent::CellReturned { .. }) => "cell_returned",
        Event::Run(RunEvent::ActTakenBack { .. }) => "act_taken_back",
        Event::Run(RunEvent::RunPaused { .. }) => "run_paused",
        Event::Run(RunEvent::RunResumed { .. }) => "run_resumed",
        Event::Run(RunEvent::RunCancelled { .. }) => "run_cancelled",
        Event::Report(ReportEvent::ReportSubmitted { .. }) => "report_submitted",
        Event::Report(ReportEvent::ReportJudged { .. }) => "report_judged",
        Event::Report(ReportEvent::ReportReviewed { .. }) => "report_reviewed",
        Event::Report(ReportEvent::ReportReturned { .. }) => "report_returned",
        Event::Report(ReportEvent::ReportAccepted { .. }) => "report_accepted",
        Event::Report(ReportEvent::ReviewAssigned { .. }) => "review_assigned",
        Event::Calendar(CalendarEvent::DaysOffChanged { .. }) => "days_off_changed",
        Event::Calendar(CalendarEvent::HoursSet { .. }) => "hours_set",
        Event::Calendar(CalendarEvent::SpecialHoursAdded { .. }) => "special_hours_added",
        Event::Calendar(CalendarEvent::SpecialHoursRemoved { .. }) => "special_hours_removed",
        Event::Substitute(SubstituteEvent::SubstituteNamed { .. }) => "substitute_named",
        Event::Substitute(SubstituteEvent::SubstituteEnded { .. }) => "substitute_ended",
        Event::Withheld => return None,
    })
}

/// One of each kind, and of each shape that a kind can take.
fn examples() -> Vec<Event> {
    let (run, round, cell) = (RunId(7), 2, CellRef::new(4, "staf"));
    let reason = "Lampiran belum lengkap.".to_owned();
    let day = now().date_naive();
    let codes = |code: &str| vec![AgencyCode::from(code)];
    let agencies =
        Answer::Agencies { named: codes("bappeda"), missing: codes("rsud"), reason: reason.clone() };
    let answers = [
        ("nomor", Answer::Text("000.8.6.3/12/ORG".to_owned())),
        ("tanggal", Answer::Date(day)),
        ("pindai", Answer::File("ab".repeat(32))),
        ("kepada", agencies),
    ];
    let answers = answers.map(|(key, answer)| (key.to_owned(), answer)).into();
    let recorded_by = Some(LaneId::from("staf"));
    let agency = Agency {
        code: AgencyCode::from("bappeda"),
        name: "Badan Perencanaan Pembangunan Daerah".to_owned(),
        short: "Bappeda".to_owned(),
    };
    let day = |kind, name: &str| DayOff {
        date: day,
        name: name.to_owned(),
        kind,
        decree: "SKB 3 Menteri".to_owned(),
    };
    vec![
        Event::Sop(SopEvent::SopPublished { sop: Box::new(procedure()) }),
        Event::Calendar(CalendarEvent::YearDecreed {
            year: 2027,
            days: vec![
                day(DayOffKind::NationalHoliday, "Tahun Baru"),
                day(DayOffKind::CollectiveLeave, "Cuti bersama"),
                day(DayOffKind::OfficeClosed, "Kantor tutup"),
            ],
            moved: Vec::new(),
        }),
        Event::Agency(AgencyEvent::AgencyListed { agency }),
        Event::Agency(AgencyEvent::AgencyClosed { code: AgencyCode::from("bappeda") }),
        Event::Run(RunEvent::RunStarted {
            run,
            sop: SopKey { number: "ORG.2.2.2".to_owned(), version: 1 },
            data_year: 2026,
            acting: None,
        }),
        Event::Run(RunEvent::CellFinished {
            run,
            cell: cell.clone(),
            round,
            answers,
            recorded_by: recorded_by.clone(),
            acting: None,
        }),
        Event::Run(RunEvent::CellFinished {
            run,
            cell: cell.clone(),
            round,
            answers: Default::default(),
            recorded_by: None,
            acting: None,
        }),
        Event::Run(RunEvent::CellReturned {
            run,
            cell: CellRef::new(8, "kabag"),
            round,
            to: CellRef::new(8, "kasubbag"),
            reason: reason.clone(),
            recorded_by,
            acting: None,
        }),
        Event::Run(RunEvent::CellReturned {
            run,
            cell: CellRef::new(8, "kabag"),
            round,
            to: CellRef::new(8, "kasubbag"),
            reason: reason.clone(),
            recorded_by: None,
            acting: None,
        }),
        Event::Run(RunEvent::ActTakenBack { run, cell, round }),
        Event::Run(RunEvent::RunPaused { run, reason: reason.clone(), acting: None }),
        Event::Run(RunEvent::RunResumed { run, acting: None }),
        Event::Run(RunEvent::RunCancelled { run, reason, acting: None }),
    ]
    .into_iter()
    .chain(about_reports())
    .chain(about_calendar())
    .chain(in_anothers_place())
    .collect()
}

/// One of each kind about reports.
fn about_reports() -> Vec<Event> {
    let (run, round, agency) = (RunId(7), 2, || AgencyCode::from("bappeda"));
    let file = FileRef {
        sha256: "ab".repeat(32),
        name: "LKj.pdf".to_owned(),
        size: 81_234,
        media_type: "application/pdf".to_owned(),
    };
    let digest = Digest {
        content: "cd".repeat(32),
        files: vec![file],
        rows: 12,
        measured: 11,
        average: Some(9_734),
        categories: [5, 4, 1, 1, 0],
        missing: vec!["a4".to_owned()],
        reason: "standar nasional belum terbit".to_owned(),
    };
    let judgement = Judgement { missing: vec!["a4".to_owned()], note: "cukup".to_owned() };
    let answers = [("I.1".to_owned(), true), ("III.2".to_owned(), false)].into();
    let review = Review { list: 1, answers, note: "rapi".to_owned() };
    let findings = vec![Finding { place: "baris.3".to_owned(), text: "satuan keliru".to_owned() }];
    let to = Some(AccountId::from("kasubbag"));
    let (code, received) = ("k7Qx2mZp".to_owned(), now());
    let sparse = Digest { average: None, missing: Vec::new(), reason: String::new(), ..digest.clone() };
    let submitted = |digest: Digest| {
        Event::Report(ReportEvent::ReportSubmitted {
            run,
            agency: agency(),
            round,
            number: 31,
            code: code.clone(),
            received,
            digest: Box::new(digest),
        })
    };
    vec![
        submitted(digest),
        submitted(sparse),
        Event::Report(ReportEvent::ReportJudged { run, agency: agency(), round, judgement, acting: None }),
        Event::Report(ReportEvent::ReportJudged {
            run,
            agency: agency(),
            round,
            judgement: Judgement::default(),
            acting: None,
        }),
        Event::Report(ReportEvent::ReportReviewed { run, agency: agency(), round, review, acting: None }),
        Event::Report(ReportEvent::ReportReturned { run, agency: agency(), round, findings, acting: None }),
        Event::Report(ReportEvent::ReportAccepted { run, agency: agency(), round, acting: None }),
        Event::Report(ReportEvent::ReviewAssigned { run, agency: agency(), to, acting: None }),
        Event::Report(ReportEvent::ReviewAssigned { run, agency: agency(), to: None, acting: None }),
    ]
}

/// One of each kind about the calendar and about substitutes, with and without what it moved.
fn about_calendar() -> Vec<Event> {
    let date = now().date_naive();
    let day = |kind, name: &str, decree: &str| DayOff {
        date,
        kind,
        name: name.to_owned(),
        decree: decree.to_owned(),
    };
    let election = day(DayOffKind::NationalHoliday, "Pilkada", "Keppres 10/2027");
    let closed = day(DayOffKind::OfficeClosed, "Pindah kantor", "");
    let moved = |from, to, planned| DueMoved { run: RunId(7), activity: 4, from, to, planned };
    let later = now() + chrono::TimeDelta::days(1);
    let some = vec![moved(Some(now()), Some(later), false), moved(None, Some(later), true)];
    let special = HoursException {
        from: date,
        to: date,
        name: "Ramadan 1448 H".to_owned(),
        hours: WeekHours::ramadan_proposal(),
    };
    let substitute = SubstituteId(3);
    vec![
        Event::Calendar(CalendarEvent::YearDecreed {
            year: 2027,
            days: vec![election.clone()],
            moved: some.clone(),
        }),
        Event::Calendar(CalendarEvent::DaysOffChanged {
            removed: Vec::new(),
            added: vec![election.clone()],
            moved: some.clone(),
        }),
        Event::Calendar(CalendarEvent::DaysOffChanged {
            removed: vec![closed.clone()],
            added: vec![election],
            moved: Vec::new(),
        }),
        Event::Calendar(CalendarEvent::DaysOffChanged {
            removed: vec![closed],
            added: Vec::new(),
            moved: Vec::new(),
        }),
        Event::Calendar(CalendarEvent::HoursSet {
            from: date,
            hours: WeekHours::default(),
            moved: some.clone(),
        }),
        Event::Calendar(CalendarEvent::HoursSet {
            from: date,
            hours: WeekHours::default(),
            moved: Vec::new(),
        }),
        Event::Calendar(CalendarEvent::SpecialHoursAdded { special: special.clone(), moved: some.clone() }),
        Event::Calendar(CalendarEvent::SpecialHoursAdded { special: special.clone(), moved: Vec::new() }),
        Event::Calendar(CalendarEvent::SpecialHoursRemoved { special: special.clone(), moved: some }),
        Event::Calendar(CalendarEvent::SpecialHoursRemoved { special, moved: Vec::new() }),
        Event::Substitute(SubstituteEvent::SubstituteNamed {
            substitute,
            account: AccountId::from("kasubbag"),
            lane: LaneId::from("kabag"),
            kind: ActingKind::Plh,
            from: date,
            to: date,
        }),
        Event::Substitute(SubstituteEvent::SubstituteEnded { substitute }),
    ]
}

/// One of each kind that somebody can do in another's place.
fn in_anothers_place() -> Vec<Event> {
    let (run, round, cell) = (RunId(7), 2, CellRef::new(8, "kabag"));
    let acting = || {
        let (substitute, lane) = (SubstituteId(3), LaneId::from("kabag"));
        Some(Acting { substitute, kind: ActingKind::Plt, lane })
    };
    let (reason, agency) = ("Rapat.".to_owned(), || AgencyCode::from("bappeda"));
    let findings = vec![Finding { place: "umum".to_owned(), text: "perbaiki".to_owned() }];
    let review = Review { list: 1, answers: Default::default(), note: String::new() };
    vec![
        Event::Run(RunEvent::RunStarted {
            run,
            sop: SopKey { number: "ORG.2.2.2".to_owned(), version: 1 },
            data_year: 2026,
            acting: acting(),
        }),
        Event::Run(RunEvent::CellFinished {
            run,
            cell: cell.clone(),
            round,
            answers: Default::default(),
            recorded_by: None,
            acting: acting(),
        }),
        Event::Run(RunEvent::CellReturned {
            run,
            cell,
            round,
            to: CellRef::new(8, "kasubbag"),
            reason: reason.clone(),
            recorded_by: None,
            acting: acting(),
        }),
        Event::Run(RunEvent::RunPaused { run, reason: reason.clone(), acting: acting() }),
        Event::Run(RunEvent::RunResumed { run, acting: acting() }),
        Event::Run(RunEvent::RunCancelled { run, reason, acting: acting() }),
        Event::Report(ReportEvent::ReportJudged {
            run,
            agency: agency(),
            round,
            judgement: Judgement::default(),
            acting: acting(),
        }),
        Event::Report(ReportEvent::ReportReviewed { run, agency: agency(), round, review, acting: acting() }),
        Event::Report(ReportEvent::ReportReturned {
            run,
            agency: agency(),
            round,
            findings,
            acting: acting(),
        }),
        Event::Report(ReportEvent::ReportAccepted { run, agency: agency(), round, acting: acting() }),
        Event::Report(ReportEvent::ReviewAssigned { run, agency: agency(), to: None, acting: acting() }),
    ]
}

fn recorded(event: Event) -> Recorded {
    let (actor, command_id) = (AccountId::from("staf"), CommandId::from("c-1"));
    Recorded { seq: 12, at: now(), actor, command_id, event }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/events")
}

fn read_files() -> Vec<(String, String)> {
    let mut files: Vec<_> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let body = fs::read_to_string(&path).unwrap().trim_end().to_owned();
            (path.file_name().unwrap().to_string_lossy().into_owned(), body)
        })
        .collect();
    files.sort();
    files
}
