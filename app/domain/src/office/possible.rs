//! What an actor may do now: what the screen offers.

use chrono::{DateTime, Utc};

use super::decide::{data_years, no_longer_acting};
use super::rights::own_work;
use super::{Actor, Command, Office, Rights, may_write};
use crate::report::review::Review;
use crate::report::{Judgement, ReportState};
use crate::run::{Run, Status};
use crate::sop::{CellRef, Sop};

/// Every command about runs that [`super::decide`] would accept from this actor now, if
/// what it asks for is typed well. Answers and reasons are empty.
///
/// An administrator's commands carry whole lists and are not enumerated.
pub fn possible(office: &Office, actor: &Actor, now: DateTime<Utc>) -> Vec<Command> {
    let mut commands = Vec::new();
    let rights = office.rights(actor, now);
    for sop in office.current_sops().filter(|sop| rights.any(&sop.steering.start).is_some()) {
        for data_year in data_years(now).into_iter().filter(|year| is_free(office, sop, *year)) {
            commands.push(Command::StartRun { sop: sop.key.clone(), data_year });
        }
    }
    for id in office.runs.keys() {
        if let Some((run, sop)) = office.run(*id) {
            in_run(office, run, sop, (actor, &rights), &mut commands);
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

/// Who looks, and what they may do now.
type Who<'a> = (&'a Actor, &'a Rights<'a>);

fn in_run(office: &Office, run: &Run, sop: &Sop, (actor, rights): Who<'_>, commands: &mut Vec<Command>) {
    let id = run.id;
    if run.status == Status::Going {
        if rights.any(&sop.steering.pause).is_some() {
            commands.push(match run.paused() {
                Some(_) => Command::ResumeRun { run: id },
                None => Command::PauseRun { run: id, reason: String::new() },
            });
        }
        if rights.any(&sop.steering.cancel).is_some() {
            commands.push(Command::CancelRun { run: id, reason: String::new() });
        }
    }
    if run.status == Status::Going && sop.collects_reports() {
        about_reports(office, run, sop, (actor, rights), commands);
    }
    if run.paused().is_some() || matches!(run.status, Status::Cancelled(..)) {
        return;
    }
    if let Some(open) = run.open().filter(|open| may_act(run, sop, &open.cell, (actor, rights))) {
        let (cell, round) = (open.cell.clone(), open.round);
        if sop.no_exit(&cell).is_some() {
            let (cell, reason) = (cell.clone(), String::new());
            commands.push(Command::ReturnCell { run: id, cell, round, reason });
        }
        commands.push(Command::FinishCell { run: id, cell, round, answers: Default::default() });
    }
    if let Some(act) = run.last_act() {
        let stamp = act.outcome.as_ref().map(|outcome| &outcome.stamp);
        let own = stamp.filter(|stamp| stamp.by == actor.account);
        if own.is_some_and(|stamp| no_longer_acting(rights, stamp).is_none()) {
            commands.push(Command::TakeBack { run: id, cell: act.cell.clone(), round: act.round });
        }
    }
}

fn may_act(run: &Run, sop: &Sop, at: &CellRef, (actor, rights): Who<'_>) -> bool {
    match rights.cell(sop, &at.lane) {
        None => false,
        Some((_, Some(_))) => true,
        Some((right, None)) => own_work(run, sop, at, actor, right.acting().as_ref()).is_ok(),
    }
}

fn about_reports(
    office: &Office,
    run: &Run,
    sop: &Sop,
    (actor, rights): Who<'_>,
    commands: &mut Vec<Command>,
) {
    let id = run.id;
    if let Some(agency) = actor.agency.as_ref().filter(|code| may_write(office, id, code).is_ok()) {
        commands.push(Command::SubmitReport {
            run: id,
            agency: agency.clone(),
            received: DateTime::default(),
            code: String::new(),
            digest: Box::default(),
        });
    }
    let (judges, reviews) = (rights.any(sop.judges()).is_some(), rights.any(sop.reviewers()).is_some());
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
