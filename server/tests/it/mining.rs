//! The runs as data for process mining: a finished run, read by pm4py.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command as Process;

use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use desk::office::Desk;
use domain::agency::Agency;
use domain::id::{AgencyCode, CommandId, RunId};
use domain::office::{Actor, Command, Office};
use domain::report::{Digest, FileRef, Judgement};
use domain::run::Run;
use domain::sop::{AskKind, RawAnswers, Shape, Sop};
use serde_json::json;
use services::founding::{found, shipped_sops};
use services::mining::{ocel, table, xes};

use crate::harness::{House, TestOffice, Visitor, run};

/// A run of the first shipped procedure, from the first cell to the last, in its own time.
struct Story {
    test: TestOffice,
    now: DateTime<Utc>,
    acts: u32,
}

impl Story {
    async fn begin() -> Self {
        let now: DateTime<Utc> = "2026-12-07T08:00:00+07:00".parse().unwrap();
        let test = TestOffice::empty().await;
        found(&test.office, now).await.unwrap();
        let mut story = Self { test, now, acts: 0 };
        let agency = |code: &str| Agency { code: code.into(), name: code.into(), short: code.to_uppercase() };
        let agencies = ["bappeda", "disdik", "dinkes"].map(agency).into();
        story.act(Actor::system(), Command::ListAgencies { agencies }).await;
        let sop = shipped_sops().unwrap().remove(0).key;
        story.act(person("staf"), Command::StartRun { sop, data_year: 2026 }).await;
        story
    }

    async fn act(&mut self, actor: Actor, command: Command) {
        self.acts += 1;
        self.now += TimeDelta::minutes(50);
        let id = CommandId(format!("cerita-{}", self.acts));
        self.test.office.submit_at(actor, id, command, self.now).await.unwrap();
    }

    fn office(&self) -> std::sync::Arc<Office> {
        self.test.office.office()
    }

    /// Finishes cells until this one has its turn.
    async fn walk_to(&mut self, cell: &str) {
        while self.open().is_some_and(|(at, _)| at != cell) {
            self.finish().await;
        }
    }

    fn open(&self) -> Option<(String, u16)> {
        let office = self.office();
        let open = office.runs[&RunId(1)].open()?;
        Some((open.cell.to_string(), open.round))
    }

    async fn finish(&mut self) {
        let office = self.office();
        let (run, sop) = office.run(RunId(1)).unwrap();
        let open = run.open().unwrap();
        let (cell, round) = (open.cell.clone(), open.round);
        let answers = self.answers(&office, sop);
        let lane = cell.lane.as_str().to_owned();
        self.act(person(&lane), Command::FinishCell { run: RunId(1), cell, round, answers }).await;
    }

    fn answers(&self, office: &Office, sop: &Sop) -> RawAnswers {
        let open = office.runs[&RunId(1)].open().unwrap();
        let mut answers = RawAnswers::new();
        for ask in &sop.cell(&open.cell).unwrap().asks {
            match ask.kind {
                AskKind::Agencies => {
                    answers.extend(
                        office.agencies.keys().map(|code| (format!("{}.{code}", ask.key), "ya".into())),
                    );
                }
                AskKind::Date => drop(answers.insert(ask.key.clone(), "2026-12-07".into())),
                AskKind::File => {}
                AskKind::ReportsReceived | AskKind::ReportsJudged | AskKind::ReportsReviewed => {
                    answers.insert(format!("{}.alasan", ask.key), "cukup".into());
                }
                AskKind::Text | AskKind::Note | AskKind::LetterNumber => {
                    answers.insert(ask.key.clone(), "=1+1".into());
                }
            }
        }
        answers
    }

    async fn give_back(&mut self) {
        let (cell, round) = self.open().unwrap();
        let cell = domain::sop::CellRef::try_from(cell).unwrap();
        let (lane, reason) = (cell.lane.as_str().to_owned(), "belum lengkap".to_owned());
        self.act(person(&lane), Command::ReturnCell { run: RunId(1), cell, round, reason }).await;
    }

    async fn report(&mut self, agency: &str) {
        let (code, run) = (AgencyCode::from(agency), RunId(1));
        let file = FileRef {
            sha256: "0f".repeat(32),
            name: "LKj.pdf".into(),
            size: 1000,
            media_type: "application/pdf".into(),
        };
        let submit = Command::SubmitReport {
            run,
            agency: code.clone(),
            received: self.now,
            code: format!("kode-{agency}"),
            digest: Box::new(Digest {
                content: "ab".repeat(32),
                files: vec![file],
                rows: 1,
                ..Digest::default()
            }),
        };
        self.act(Actor::of_agency(format!("pd-{agency}").as_str().into(), code), submit).await;
    }
}

fn person(lane: &str) -> Actor {
    Actor { lanes: [lane.into()].into(), agency: None, ..Actor::of_agency(lane.into(), "x".into()) }
}

/// A run with two returns, two reports and a judgement, and one act taken back.
async fn finished() -> Story {
    let mut story = Story::begin().await;
    story.walk_to("2.kabag").await;
    story.give_back().await;
    story.walk_to("4.staf").await;
    story.finish().await;
    let (cell, run) = (domain::sop::CellRef::new(4, "staf"), RunId(1));
    let round = story.office().runs[&run].round(4);
    story.act(person("staf"), Command::TakeBack { run, cell, round }).await;
    story.walk_to("6.staf").await;
    story.report("bappeda").await;
    story.report("dinkes").await;
    story.walk_to("7.staf").await;
    let judge =
        Command::JudgeReport { run, agency: "dinkes".into(), round: 1, judgement: Judgement::default() };
    story.act(person("staf"), judge).await;
    story.walk_to("8.karo").await;
    story.give_back().await;
    story.walk_to("none").await;
    story
}

/// What pm4py has to find, made of the procedure and the two returns alone.
fn expected(sop: &Sop) -> serde_json::Value {
    let name = |at: &domain::sop::CellRef| {
        let row = sop.activity(at.activity).unwrap();
        format!("{} {} · {}", at.activity, row.short, sop.lane_name(&at.lane))
    };
    let path: Vec<_> = sop.path().map(|(at, _)| at).collect();
    let mut edges: BTreeMap<(String, String), u32> = BTreeMap::new();
    for pair in path.windows(2) {
        edges.insert((name(&pair[0]), name(&pair[1])), 1);
    }
    let mut events = path.len();
    for (from, to) in [("2.kabag", "2.staf"), ("8.karo", "8.kasubbag")] {
        let at = |text: &str| domain::sop::CellRef::try_from(text.to_owned()).unwrap();
        let (from, to) = (at(from), at(to));
        assert_eq!(sop.no_exit(&from), Some(&to), "the return follows the printed arrow");
        edges.insert((name(&from), name(&to)), 1);
        // What lies between is walked once more.
        let place = |wanted: &domain::sop::CellRef| path.iter().position(|at| at == wanted).unwrap();
        for pair in path[place(&to)..=place(&from)].windows(2) {
            *edges.get_mut(&(name(&pair[0]), name(&pair[1]))).unwrap() += 1;
        }
        events += place(&from) - place(&to) + 1;
    }
    let mut edges: Vec<_> = edges.into_iter().map(|((from, to), times)| json!([from, to, times])).collect();
    edges.sort_by_key(ToString::to_string);
    let of = |shape| sop.path().filter(move |(_, cell)| cell.shape == shape).map(|(at, _)| name(&at));
    json!({
        "cases": ["pelaksanaan-1"],
        "events": events,
        "edges": edges,
        "starts": of(Shape::Start).collect::<Vec<_>>(),
        "ends": of(Shape::End).collect::<Vec<_>>(),
        "objects": { "Pelaksanaan": 1, "PD": 3 },
        // Two reports sent, one judged.
        "object_events": events + 3,
        // Each event with its run; the reports' with an agency; row 5 with all three, row 6
        // with the two that had sent, row 7 with the one that was judged.
        "relations": events + 3 + 3 + 3 + 2 + 1,
    })
}

#[test]
fn a_finished_run_opens_in_pm4py() {
    run(async || {
        let story = finished().await;
        let office = story.office();
        let (the_run, sop) = office.run(RunId(1)).unwrap();
        let runs: [&Run; 1] = [the_run];
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let files = ["runs.xes", "runs.ocel.json", "expected.json"].map(|name| folder.join(name));
        let contents = [
            xes(sop, &runs, &office.calendar).unwrap(),
            ocel(&office, sop, &runs).unwrap(),
            serde_json::to_vec(&expected(sop)).unwrap(),
        ];
        for (file, content) in files.iter().zip(&contents) {
            std::fs::write(file, content).unwrap();
        }
        for content in &contents[..2] {
            let text = String::from_utf8_lossy(content);
            for word in ["belum lengkap", "=1+1", "kode-", "\"staf\""] {
                assert!(!text.contains(word), "no people, nothing that somebody wrote: {word}");
            }
        }
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let python = root.join("target/tools/python/bin/python");
        assert!(python.exists(), "{} is missing: make target/tools/python/.ready", python.display());
        let script = root.join("end2end/python/event_logs.py");
        let done = Process::new(python).arg(script).args(&files).output().unwrap();
        let said = String::from_utf8_lossy(&done.stdout) + String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success() && said.contains("pm4py agrees"), "{said}");
    });
}

#[test]
fn the_table_has_a_line_for_each_row_and_cell_and_no_formula() {
    run(async || {
        let story = finished().await;
        let office = story.office();
        let (the_run, sop) = office.run(RunId(1)).unwrap();
        let csv = table(sop, &[the_run], &office.calendar);
        let cells = sop.path().count();
        assert_eq!(csv.lines().count(), 1 + sop.activities.len() + cells);
        assert!(csv.starts_with("\u{feff}baris;nomor_tercetak;"));
        let widths: Vec<_> = csv.lines().skip(1).map(|line| line.matches("\";\"").count()).collect();
        assert!(widths.iter().all(|width| *width == 14), "{widths:?}");
        let row_2 = csv.lines().nth(2 + 1).unwrap();
        assert!(row_2.contains("\"2\";\"2.\"") && row_2.contains("\"60\""), "{row_2}");
    });
}

#[test]
fn plan_times_and_exports_are_for_those_who_work_here() {
    run(async || {
        let house = House::practice().await;
        let staff = house.signed_in("karo").await;
        for (path, kind) in [
            ("/sop/ORG.2.2.2/waktu.csv", "text/csv"),
            ("/sop/ORG.2.2.2/waktu.xes?versi=1", "application/xml"),
            ("/sop/ORG.2.2.2/waktu.ocel.json?pelaksanaan=1", "application/json"),
        ] {
            let answer = staff.get(&house, path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert!(answer.header("content-type").starts_with(kind));
            assert!(answer.header("content-disposition").starts_with("attachment"));
            assert_eq!(Visitor::default().get(&house, path).await.status, StatusCode::UNAUTHORIZED);
        }
        for path in ["/sop/TIDAK.ADA/waktu.csv", "/sop/ORG.2.2.2/waktu.xes?versi=9", "/api/plan?run=9"] {
            assert_eq!(staff.get(&house, path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let bad = staff.get(&house, "/sop/ORG.2.2.2/waktu.csv?versi=satu").await;
        assert_eq!(bad.status, StatusCode::BAD_REQUEST, "{}", bad.text());
        for path in ["/api/plan?run=1", "/api/timing?number=ORG.2.2.2"] {
            assert_eq!(staff.get(&house, path).await.status, StatusCode::OK, "{path}");
            assert_eq!(Visitor::default().get(&house, path).await.status, StatusCode::UNAUTHORIZED, "{path}");
        }
    });
}

#[test]
fn the_pages_say_it_in_words() {
    run(async || {
        let house = House::practice().await;
        let staff = house.signed_in("staf").await;
        let plan = staff.get(&house, "/pelaksanaan/1/rencana").await.text();
        for words in [
            "Mulai paling lambat",
            "Rabu, 9 Desember 2026 pukul 11.00",
            "Perkiraan selesai",
            "dipakai waktu baku",
            "Minggu, 28 Februari 2027",
            "Rabu, 31 Maret 2027",
            "Menunggu LKj PD",
        ] {
            assert!(plan.contains(words), "{words}");
        }
        let times = staff.get(&house, "/sop/ORG.2.2.2/waktu").await.text();
        for words in [
            "1 pelaksanaan, 0 di antaranya selesai",
            "heat-",
            "Belum ada pelaksanaan yang selesai",
            "× waktu baku",
        ] {
            assert!(times.contains(words), "{words}");
        }
        let list = staff.get(&house, "/pelaksanaan").await.text();
        assert!(list.contains("Data tahun 2027: mulai paling lambat Kamis, 9 Desember 2027 pukul 11.00"));
        assert!(list.contains("kalender 2028 belum ditetapkan"));
        for page in [plan, times] {
            assert!(!page.contains("style=\""), "no inline styles");
        }
    });
}
