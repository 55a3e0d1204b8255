//! What an actor may do now: what the screen offers.

use chrono::{DateTime, Utc};

use super::decide::data_years;
use super::{Actor, Command, Office};
use crate::report::review::Review;
use crate::report::{Judgement, ReportState};
use crate::run::{Run, Status};
use crate::sop::Sop;

/// Every command about runs that [`super::decide`] would accept from this actor now, if
/// what it asks for is typed well. Answers and reasons are empty.
///
/// An administrator's commands carry whole lists and are not enumerated.
pub fn possible(office: &Office, actor: &Actor, now: DateTime<Utc>) -> Vec<Command> {
    let mut commands = Vec::new();
    for sop in office.current_sops().filter(|sop| actor.is_in(&sop.steering.start)) {
        for data_year in data_years(now).into_iter().filter(|year| is_free(office, sop, *year)) {
            commands.push(Command::StartRun { sop: sop.key.clone(), data_year });
        }
    }
    for id in office.runs.keys() {
        if let Some((run, sop)) = office.run(*id) {
            in_run(office, run, sop, actor, &mut commands);
        }
    }
    commands
}

fn is_free(office: &Office, sop: &Sop, data_year: i32) -> bool {
    !office.runs.values().any(|run| {
        run.data_year == data_year
            && run.sop.number == sop.key.number
            && !matches!(run.status, Status::Cancelled(..))
    })
}

fn in_run(office: &Office, run: &Run, sop: &Sop, actor: &Actor, commands: &mut Vec<Command>) {
    let id = run.id;
    if run.status == Status::Going {
        if actor.is_in(&sop.steering.pause) {
            commands.push(match run.paused() {
                Some(_) => Command::ResumeRun { run: id },
                None => Command::PauseRun { run: id, reason: String::new() },
            });
        }
        if actor.is_in(&sop.steering.cancel) {
            commands.push(Command::CancelRun { run: id, reason: String::new() });
        }
    }
    if run.status == Status::Going && sop.collects_reports() {
        about_reports(office, run, sop, actor, commands);
    }
    if run.paused().is_some() || matches!(run.status, Status::Cancelled(..)) {
        return;
    }
    if let Some(open) = run.open().filter(|open| actor.is_in(sop.who_may(&open.cell.lane))) {
        let (cell, round) = (open.cell.clone(), open.round);
        if sop.no_exit(&cell).is_some() {
            let (cell, reason) = (cell.clone(), String::new());
            commands.push(Command::ReturnCell { run: id, cell, round, reason });
        }
        commands.push(Command::FinishCell { run: id, cell, round, answers: Default::default() });
    }
    if let Some(act) = run.last_act() {
        let by = act.outcome.as_ref().map(|outcome| &outcome.stamp.by);
        if by == Some(&actor.account) {
            commands.push(Command::TakeBack { run: id, cell: act.cell.clone(), round: act.round });
        }
    }
}

fn about_reports(office: &Office, run: &Run, sop: &Sop, actor: &Actor, commands: &mut Vec<Command>) {
    let id = run.id;
    if let Some(agency) = actor.agency.as_ref().filter(|code| office.agencies.contains_key(*code)) {
        let state = run.reports.get(agency).and_then(|report| report.state());
        if matches!(state, None | Some(ReportState::Returned)) {
            commands.push(Command::SubmitReport {
                run: id,
                agency: agency.clone(),
                received: DateTime::default(),
                code: String::new(),
                digest: Box::default(),
            });
        }
    }
    let (judges, reviews) = (actor.is_in(sop.judges()), actor.is_in(sop.reviewers()));
    for (agency, report) in &run.reports {
        let Some(last) = report.last() else { continue };
        let (agency, round) = (agency.clone(), last.round);
        if judges {
            let (judgement, findings) = (Judgement::default(), Vec::new());
            commands.push(Command::JudgeReport { run: id, agency: agency.clone(), round, judgement });
            commands.push(Command::ReturnReport { run: id, agency: agency.clone(), round, findings });
            commands.push(Command::AssignReview { run: id, agency: agency.clone(), to: None });
        }
        if reviews {
            let review = Review::default();
            commands.push(Command::ReviewReport { run: id, agency: agency.clone(), round, review });
            if last.state() != ReportState::Accepted {
                commands.push(Command::AcceptReport { run: id, agency, round });
            }
        }
    }
}
