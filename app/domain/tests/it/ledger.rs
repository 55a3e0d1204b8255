//! An office and its log, kept as the server keeps them.

use std::sync::LazyLock;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use domain::agency::Agency;
use domain::calendar::{DayOff, SHIPPED_CSV, instant, parse_csv};
use domain::id::{CommandId, RunId};
use domain::log::{Event, Recorded};
use domain::office::{Actor, Command, Office, Refusal, decide, evolve};
use domain::report::{Digest, FileRef, Finding};
use domain::run::Run;
use domain::sop::{AskKind, CellRef, RawAnswers, Sop};

/// The shipped procedure.
pub(crate) const ORG: &str = include_str!("../../procedures/org-2-2-2.json");
/// A procedure that is different in every way the rules could trip over.
pub(crate) const TRIP: &str = include_str!("../fixtures/perjalanan-dinas.json");

/// A procedure from its data file.
pub(crate) fn sop(json: &str) -> Sop {
    serde_json::from_str(json).unwrap()
}

/// A moment in WIB, written `2026-12-07 08.02`, if need be with seconds and more.
pub(crate) fn moment(text: &str) -> DateTime<Utc> {
    let (day, time) = text.split_once(' ').expect("a day and a time");
    let day: NaiveDate = day.parse().unwrap();
    let time = match *time.splitn(4, '.').collect::<Vec<_>>().as_slice() {
        [h, m] => format!("{h}:{m}:00"),
        [h, m, s] => format!("{h}:{m}:{s}"),
        [h, m, s, ms] => format!("{h}:{m}:{s}.{ms}"),
        _ => panic!("not a time: {time:?}"),
    };
    instant(day.and_time(time.parse::<NaiveTime>().unwrap()))
}

/// The decreed days off of a year.
pub(crate) fn days_off(year: i32) -> Vec<DayOff> {
    parse_csv(SHIPPED_CSV).unwrap().into_iter().filter(|day| day.date.year() == year).collect()
}

/// Three agencies: enough for "all", "some" and "none".
pub(crate) fn agencies() -> Vec<Agency> {
    [("bappeda", "Bappeda"), ("disdik", "Disdik"), ("dinkes", "Dinkes")]
        .map(|(code, short)| Agency { code: code.into(), name: short.into(), short: short.into() })
        .into()
}

/// A report with all that it needs, as it is sent.
pub(crate) fn full_digest() -> Digest {
    let file = |name: &str| FileRef {
        sha256: "0f".repeat(32),
        name: name.to_owned(),
        size: 1000,
        media_type: "application/pdf".to_owned(),
    };
    Digest { content: "ab".repeat(32), files: vec![file("LKj.pdf")], rows: 3, ..Digest::default() }
}

/// An office and its log.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ledger {
    /// The state.
    pub(crate) office: Office,
    /// How it came about.
    pub(crate) log: Vec<Recorded>,
}

impl Ledger {
    /// An office with both procedures, two decreed years and three agencies.
    pub(crate) fn founded() -> Self {
        static FOUNDED: LazyLock<Ledger> = LazyLock::new(Ledger::found);
        FOUNDED.clone()
    }

    fn found() -> Self {
        let mut ledger = Self::default();
        let now = moment("2026-12-01 08.00");
        let decree = |year| Command::DecreeYear { year, days: days_off(year) };
        let commands = [
            Command::PublishSop { sop: Box::new(sop(ORG)) },
            Command::PublishSop { sop: Box::new(sop(TRIP)) },
            decree(2026),
            decree(2027),
            Command::ListAgencies { agencies: agencies() },
        ];
        for command in commands {
            ledger.act(&Actor::system(), command, now).unwrap();
        }
        ledger
    }

    /// Decides a command and, if it is accepted, writes it down.
    pub(crate) fn act(
        &mut self,
        actor: &Actor,
        command: Command,
        now: DateTime<Utc>,
    ) -> Result<Vec<Event>, Refusal> {
        let events = decide(&self.office, actor, command, now)?;
        let command_id = CommandId(format!("c{}", self.office.seq));
        for event in events.clone() {
            let (seq, actor) = (self.office.seq + 1, actor.account.clone());
            let record = Recorded { seq, at: now, actor, command_id: command_id.clone(), event };
            evolve(&mut self.office, &record);
            self.log.push(record);
        }
        Ok(events)
    }

    /// A run that is there.
    pub(crate) fn run(&self, id: u32) -> &Run {
        self.office.run(RunId(id)).expect("the run is there").0
    }

    /// The cell whose turn it is in a run.
    pub(crate) fn open(&self, id: u32) -> Option<CellRef> {
        self.run(id).open().map(|visit| visit.cell.clone())
    }

    /// The same command with everything typed that it asks for, and typed well.
    pub(crate) fn fill(&self, command: &Command, now: DateTime<Utc>) -> Command {
        let mut filled = command.clone();
        match &mut filled {
            Command::FinishCell { run, cell, answers, .. } => *answers = self.answers(*run, cell, now),
            Command::ReturnCell { reason, .. }
            | Command::PauseRun { reason, .. }
            | Command::CancelRun { reason, .. } => "ada alasannya".clone_into(reason),
            Command::SubmitReport { received, code, digest, .. } => {
                *received = now;
                *code = format!("kode-{}", self.office.seq);
                **digest = full_digest();
            }
            Command::ReviewReport { review, .. } => review.list = 1,
            Command::ReturnReport { findings, .. } => {
                findings.push(Finding { place: "umum".into(), text: "perbaiki".into() });
            }
            Command::AssignReview { to, .. } => {
                *to = Some(format!("akun-{}", self.office.seq).as_str().into());
            }
            _ => {}
        }
        filled
    }

    fn answers(&self, run: RunId, cell: &CellRef, now: DateTime<Utc>) -> RawAnswers {
        let mut answers = RawAnswers::new();
        let asks = self.office.run(run).and_then(|(_, sop)| sop.cell(cell)).map(|cell| cell.asks.clone());
        for ask in asks.unwrap_or_default() {
            let answer = match ask.kind {
                AskKind::Text | AskKind::Note => "isian".to_owned(),
                AskKind::Date => domain::calendar::date_of(now).to_string(),
                // No number is used twice.
                AskKind::LetterNumber => format!("000.8.6.3/{}/ORG", self.office.seq),
                AskKind::File => "0f".repeat(32),
                AskKind::Agencies => {
                    let fields = self.office.agencies.keys().map(|code| format!("{}.{code}", ask.key));
                    answers.extend(fields.map(|field| (field, "on".to_owned())));
                    continue;
                }
                AskKind::ReportsReceived | AskKind::ReportsJudged | AskKind::ReportsReviewed => {
                    answers.insert(format!("{}.alasan", ask.key), "cukup".to_owned());
                    continue;
                }
            };
            answers.insert(ask.key, answer);
        }
        answers
    }

    /// Starts a run of the shipped procedure for the data year 2026; it is number 1.
    pub(crate) fn start_org(&mut self) {
        let start = Command::StartRun { sop: sop(ORG).key, data_year: 2026 };
        self.act(&crate::people::in_role("staf"), start, moment("2026-12-07 08.00")).unwrap();
    }

    /// Finishes the open cell of a run, by the account of its own lane.
    pub(crate) fn finish_open(&mut self, id: u32, now: DateTime<Utc>) {
        let open = self.run(id).open().expect("a cell is open");
        let (run, cell, round, lane) = (RunId(id), open.cell.clone(), open.round, open.cell.lane.clone());
        let finish = Command::FinishCell { run, cell, round, answers: RawAnswers::new() };
        let finish = self.fill(&finish, now);
        self.act(&crate::people::in_role(lane.as_str()), finish, now).unwrap();
    }

    /// Finishes cells of a run of the shipped procedure until this one is open.
    pub(crate) fn walk_to(&mut self, id: u32, cell: &str) {
        let goal = CellRef::try_from(cell.to_owned()).unwrap();
        while self.open(id).as_ref() != Some(&goal) {
            self.finish_open(id, moment("2026-12-07 09.00"));
        }
    }
}
