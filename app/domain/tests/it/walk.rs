//! Random walks: how an office may look after people have clicked about in it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::{DayOff, DayOffKind, HoursException, WeekHours, date_of};
use domain::id::{AgencyCode, RunId};
use domain::log::{ActingKind, Event};
use domain::office::{Actor, Command, Office};
use domain::report::Judgement;
use domain::report::review::Review;
use domain::sop::{RawAnswers, SopKey};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::RngAlgorithm;

use crate::ledger::{Ledger, TRIP, moment, sop};
use crate::people::{everybody, in_role};

/// Something that somebody tries.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    who: Index,
    /// The run, and for a start the procedure.
    which: Index,
    what: Try,
    /// Minutes since the step before.
    pause: i64,
}

/// What somebody tries, about whatever is open just then.
#[derive(Clone, Copy, Debug)]
enum Try {
    Start(i32),
    Finish,
    Return,
    TakeBack,
    Pause,
    Resume,
    Cancel,
    Republish,
    Report(u8),
    Substitute(u8, u8),
    EndSubstitute,
    Calendar(u8),
}

fn what() -> impl Strategy<Value = Try> {
    prop_oneof![
        2 => (2025..=2026).prop_map(Try::Start),
        24 => Just(Try::Finish),
        10 => Just(Try::Return),
        6 => Just(Try::TakeBack),
        2 => Just(Try::Pause),
        3 => Just(Try::Resume),
        1 => Just(Try::Cancel),
        1 => Just(Try::Republish),
        6 => (0..6u8).prop_map(Try::Report),
        6 => (0..2u8, 0..9u8).prop_map(|(from, days)| Try::Substitute(from, days)),
        1 => Just(Try::EndSubstitute),
        2 => (0..6u8).prop_map(Try::Calendar),
    ]
}

/// How properties are tested here. The usual generator of random numbers takes 40 times as
/// long in a build that is not optimised.
pub(crate) fn cases(cases: u32) -> ProptestConfig {
    let rng_algorithm = RngAlgorithm::XorShift;
    ProptestConfig { cases, rng_algorithm, failure_persistence: None, ..ProptestConfig::default() }
}

/// Up to so many steps.
pub(crate) fn steps(longest: usize) -> impl Strategy<Value = Vec<Step>> {
    let step = (any::<Index>(), any::<Index>(), what(), 0..600i64);
    let step = step.prop_map(|(who, which, what, pause)| Step { who, which, what, pause });
    prop::collection::vec(step, 0..longest)
}

/// An office with a run of each procedure in which every step was tried, with the moment
/// after the last.
pub(crate) fn walk(steps: &[Step]) -> (Ledger, DateTime<Utc>) {
    walk_seen(steps, |_, _, _| {})
}

/// The same, looking at the office before each command and at the event that came of it.
pub(crate) fn walk_seen(
    steps: &[Step],
    mut see: impl FnMut(&Office, &Event, &Office),
) -> (Ledger, DateTime<Utc>) {
    let (mut ledger, mut now) = (Ledger::founded(), moment("2026-12-02 07.30"));
    ledger.start_org();
    let trip = Command::StartRun { sop: sop(TRIP).key, data_year: 2026 };
    ledger.act(&in_role("pemohon"), trip, now).unwrap();
    for step in steps {
        now += TimeDelta::minutes(step.pause);
        let Some(command) = step.command(&ledger, now) else { continue };
        let actor = step.actor(&ledger, &command, now);
        let (before, command) = (ledger.office.clone(), ledger.fill(&command, now));
        for event in ledger.act(&actor, command, now).into_iter().flatten() {
            see(&before, &event, &ledger.office);
        }
    }
    (ledger, now)
}

impl Step {
    /// Mostly somebody whose turn it might be: purely random people would hardly get on.
    fn actor(&self, ledger: &Ledger, command: &Command, now: DateTime<Utc>) -> Actor {
        let everybody = everybody();
        let able: Vec<_> = everybody
            .iter()
            .filter(|actor| match command {
                Command::FinishCell { run, cell, .. } | Command::ReturnCell { run, cell, .. } => {
                    let sop = ledger.office.run(*run).map(|(_, sop)| sop);
                    sop.is_some_and(|sop| ledger.office.rights(actor, now).cell(sop, &cell.lane).is_some())
                }
                Command::SubmitReport { agency, .. } => actor.agency.as_ref() == Some(agency),
                Command::TakeBack { run, .. } => {
                    let act = ledger.run(run.0).last_act().and_then(|act| act.outcome.as_ref());
                    act.is_some_and(|outcome| outcome.stamp.by == actor.account)
                }
                command if administers(command) => actor.admin,
                _ => true,
            })
            .collect();
        let able = if able.is_empty() { everybody.iter().collect() } else { able };
        (*self.who.get(&able)).clone()
    }

    fn command(&self, ledger: &Ledger, now: DateTime<Utc>) -> Option<Command> {
        match self.what {
            Try::Start(data_year) => {
                let sops: Vec<_> = ledger.office.sops.keys().cloned().collect();
                return Some(Command::StartRun { sop: self.which.get(&sops).clone(), data_year });
            }
            Try::Republish => {
                let sops: Vec<_> = ledger.office.current_sops().collect();
                let mut sop = Box::new((*self.which.get(&sops)).clone());
                sop.key.version += 1;
                return Some(Command::PublishSop { sop });
            }
            Try::Substitute(from, days) => return Some(self.substitute(ledger, now, from, days)),
            Try::EndSubstitute => {
                let all: Vec<_> = ledger.office.substitutes.keys().collect();
                let substitute = **all.get(self.which.index(all.len().max(1)))?;
                return Some(Command::EndSubstitute { substitute });
            }
            Try::Calendar(kind) => return Some(self.calendar(ledger, now, kind)),
            _ => {}
        }
        let runs: Vec<_> = ledger.office.runs.values().collect();
        let run = runs.get(self.which.index(runs.len()))?;
        let id = run.id;
        let open = run.open().map(|visit| (visit.cell.clone(), visit.round));
        let act = run.last_act().map(|visit| (visit.cell.clone(), visit.round));
        Some(match self.what {
            Try::Finish => {
                let (cell, round) = open?;
                Command::FinishCell { run: id, cell, round, answers: RawAnswers::new() }
            }
            Try::Return => {
                let (cell, round) = open?;
                Command::ReturnCell { run: id, cell, round, reason: String::new() }
            }
            Try::TakeBack => {
                let (cell, round) = act?;
                Command::TakeBack { run: id, cell, round }
            }
            Try::Pause => Command::PauseRun { run: id, reason: String::new() },
            Try::Resume => Command::ResumeRun { run: id },
            Try::Cancel => Command::CancelRun { run: id, reason: String::new() },
            Try::Report(kind) => {
                let agencies: Vec<_> = ledger.office.agencies.keys().collect();
                let agency = (*self.who.get(&agencies)).clone();
                let round = run.reports.get(&agency).map_or(1, |report| report.rounds.len());
                let round = u16::try_from(round).unwrap();
                let mut all = about_report(id, &agency, round);
                all.swap_remove(usize::from(kind))
            }
            _ => return None,
        })
    }

    fn substitute(&self, ledger: &Ledger, now: DateTime<Utc>, from: u8, days: u8) -> Command {
        let lanes: Vec<_> = ledger.office.sops.values().flat_map(|sop| &sop.lanes).collect();
        let lane = self.which.get(&lanes).id.clone();
        let account = self.who.get(&everybody()).account.clone();
        let from = date_of(now) + TimeDelta::days(i64::from(from));
        let kind = *self.who.get(&ActingKind::ALL);
        Command::NameSubstitute { account, lane, kind, from, to: from + TimeDelta::days(i64::from(days)) }
    }

    /// A change of the calendar near today: a day comes or goes, hours change.
    fn calendar(&self, ledger: &Ledger, now: DateTime<Utc>, kind: u8) -> Command {
        let calendar = &ledger.office.calendar;
        let today = date_of(now) + TimeDelta::days(self.which.index(20) as i64);
        let name = "Takziah di rumah pegawai".to_owned();
        let decree = "Surat edaran kami".to_owned();
        let closed = DayOff { date: today, kind: DayOffKind::OfficeClosed, name: name.clone(), decree };
        match kind {
            0 => Command::ChangeDaysOff { remove: Vec::new(), add: vec![closed] },
            1 => Command::ChangeDaysOff { remove: calendar.days_off_on(today).to_vec(), add: Vec::new() },
            2 => {
                let there = calendar.days_off(2026).iter().filter(|day| !day.kind.by_decree()).cloned();
                Command::ChangeDaysOff { remove: there.take(1).collect(), add: vec![closed] }
            }
            3 => Command::SetHours { from: today, hours: WeekHours::ramadan_proposal() },
            4 => {
                let (to, hours) = (today + TimeDelta::days(5), WeekHours::default());
                Command::AddSpecialHours { special: HoursException { from: today, to, name, hours } }
            }
            _ => {
                let from = calendar.exceptions().first().map_or(today, |special| special.from);
                Command::RemoveSpecialHours { from }
            }
        }
    }
}

/// Whether the command is an administrator's.
fn administers(command: &Command) -> bool {
    matches!(
        command,
        Command::ChangeDaysOff { .. }
            | Command::SetHours { .. }
            | Command::AddSpecialHours { .. }
            | Command::RemoveSpecialHours { .. }
            | Command::NameSubstitute { .. }
            | Command::EndSubstitute { .. }
    )
}

/// Every command about a report, in the order of their events.
fn about_report(run: RunId, agency: &AgencyCode, round: u16) -> Vec<Command> {
    let agency = || agency.clone();
    vec![
        Command::SubmitReport {
            run,
            agency: agency(),
            received: DateTime::default(),
            code: String::new(),
            digest: Box::default(),
        },
        Command::JudgeReport { run, agency: agency(), round, judgement: Judgement::default() },
        Command::ReviewReport { run, agency: agency(), round, review: Review::default() },
        Command::ReturnReport { run, agency: agency(), round, findings: Vec::new() },
        Command::AcceptReport { run, agency: agency(), round },
        Command::AssignReview { run, agency: agency(), to: None },
    ]
}

/// Every command about runs that could be thought of: every cell of every run in every round
/// that was and one more, runs and procedures that are not there, years out of reach.
pub(crate) fn universe(ledger: &Ledger) -> Vec<Command> {
    let office = &ledger.office;
    let mut commands = Vec::new();
    let missing = SopKey { number: "TIDAK.ADA".into(), version: 1 };
    for sop in office.sops.keys().chain([&missing]) {
        commands.extend((2024..=2028).map(|data_year| Command::StartRun { sop: sop.clone(), data_year }));
    }
    let last = office.runs.keys().next_back().map_or(0, |id| id.0);
    for run in (0..=last + 1).map(RunId) {
        let (reason, answers) = (String::new(), RawAnswers::new());
        commands.push(Command::PauseRun { run, reason: reason.clone() });
        commands.push(Command::ResumeRun { run });
        commands.push(Command::CancelRun { run, reason: reason.clone() });
        let unknown = AgencyCode::from("tidak-ada");
        for agency in office.agencies.keys().chain([&unknown]) {
            let rounds = known_rounds(office, run, agency);
            commands.extend(about_report(run, agency, 0));
            for round in 1..=rounds + 1 {
                let with_round = |command: &Command| command.blank() != about_report(run, agency, 0)[0];
                let all = about_report(run, agency, round).into_iter().filter(with_round);
                commands.extend(all.filter(|command| !matches!(command, Command::AssignReview { .. })));
            }
        }
        // A run that is not there is asked for with the cells of another one.
        let known = office.run(run).or_else(|| office.run(RunId(1)));
        let cells = known.into_iter().flat_map(|(run, sop)| sop.path().map(move |(at, _)| (at, run)));
        for (cell, state) in cells {
            for round in 0..=state.rounds.iter().max().copied().unwrap_or(1) + 1 {
                let cell = cell.clone();
                commands.push(Command::FinishCell {
                    run,
                    cell: cell.clone(),
                    round,
                    answers: answers.clone(),
                });
                commands.push(Command::ReturnCell { run, cell: cell.clone(), round, reason: reason.clone() });
                commands.push(Command::TakeBack { run, cell, round });
            }
        }
    }
    commands
}

fn known_rounds(office: &Office, run: RunId, agency: &AgencyCode) -> u16 {
    let report = office.runs.get(&run).and_then(|run| run.reports.get(agency));
    report.map_or(0, |report| u16::try_from(report.rounds.len()).unwrap())
}
