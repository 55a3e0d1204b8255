//! The rules, all of them: what a command leads to, or why it is refused.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Utc};

use super::report::rules;
use super::rights::own_work;
use super::{Actor, Command, Office, Refusal, Right, Rights, administer};
use crate::agency::Agency;
use crate::calendar::wib;
use crate::id::{LaneId, RunId};
use crate::log::{Acting, AgencyEvent, Event, RunEvent, SopEvent, Stamp};
use crate::report::Stage;
use crate::run::{OutcomeKind, Run, Status, Visit};
use crate::sop::ask::reason;
use crate::sop::{Answer, Answers, AskKind, AskProblem, Cell, CellRef, RawAnswers, Sop, SopKey};

/// Decides a command: the events that it leads to, or why it is refused.
///
/// # Errors
/// A [`Refusal`]; nothing has happened then.
pub fn decide(
    office: &Office,
    actor: &Actor,
    command: Command,
    now: DateTime<Utc>,
) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::StartRun { sop, data_year } => start(office, actor, sop, data_year, now),
        Command::FinishCell { run, cell, round, answers } => {
            let turn = Turn::of(office, actor, run, &cell, round, now)?;
            let answers = read_answers(office, run, turn.cell, &answers, now)?;
            let Turn { recorded_by, acting, .. } = turn;
            Ok(vec![Event::Run(RunEvent::CellFinished { run, cell, round, answers, recorded_by, acting })])
        }
        Command::ReturnCell { run, cell, round, reason } => {
            let turn = Turn::of(office, actor, run, &cell, round, now)?;
            let to = turn.sop.no_exit(&cell).ok_or(Refusal::NoWayBack)?.clone();
            let (reason, Turn { recorded_by, acting, .. }) = (why(&reason)?, turn);
            Ok(vec![Event::Run(RunEvent::CellReturned { run, cell, round, to, reason, recorded_by, acting })])
        }
        Command::TakeBack { run, cell, round } => take_back(office, actor, run, cell, round, now),
        Command::PauseRun { run, reason } => {
            let (state, sop) = going(office, run)?;
            let acting = allowed(&office.rights(actor, now), sop, &sop.steering.pause)?;
            if state.paused().is_some() {
                return Err(Refusal::Paused);
            }
            Ok(vec![Event::Run(RunEvent::RunPaused { run, reason: why(&reason)?, acting })])
        }
        Command::ResumeRun { run } => {
            let (state, sop) = going(office, run)?;
            let acting = allowed(&office.rights(actor, now), sop, &sop.steering.pause)?;
            state.paused().ok_or(Refusal::NotPaused)?;
            Ok(vec![Event::Run(RunEvent::RunResumed { run, acting })])
        }
        Command::CancelRun { run, reason } => {
            let (_, sop) = going(office, run)?;
            let acting = allowed(&office.rights(actor, now), sop, &sop.steering.cancel)?;
            Ok(vec![Event::Run(RunEvent::RunCancelled { run, reason: why(&reason)?, acting })])
        }
        Command::SubmitReport { run, agency, received, code, digest } => {
            rules::submit(office, actor, run, agency, received, code, *digest)
        }
        Command::JudgeReport { run, agency, round, judgement } => {
            rules::judge(office, &office.rights(actor, now), run, agency, round, judgement)
        }
        Command::ReviewReport { run, agency, round, review } => {
            rules::review(office, &office.rights(actor, now), run, agency, round, review)
        }
        Command::ReturnReport { run, agency, round, findings } => {
            rules::give_back(office, &office.rights(actor, now), run, agency, round, findings)
        }
        Command::AcceptReport { run, agency, round } => {
            rules::accept(office, &office.rights(actor, now), run, agency, round)
        }
        Command::AssignReview { run, agency, to } => {
            rules::assign(office, &office.rights(actor, now), run, agency, to)
        }
        Command::PublishSop { sop } => publish(office, actor, sop),
        Command::DecreeYear { year, days } => {
            admin(actor)?;
            administer::decree(office, year, days, now)
        }
        Command::ChangeDaysOff { remove, add } => {
            admin(actor)?;
            administer::change_days(office, remove, add, now)
        }
        Command::SetHours { from, hours } => {
            admin(actor)?;
            administer::set_hours(office, from, hours, now)
        }
        Command::AddSpecialHours { special } => {
            admin(actor)?;
            administer::add_special_hours(office, special, now)
        }
        Command::RemoveSpecialHours { from } => {
            admin(actor)?;
            administer::remove_special_hours(office, from, now)
        }
        Command::NameSubstitute { account, lane, kind, from, to } => {
            admin(actor)?;
            administer::name_substitute(office, account, lane, kind, (from, to), now)
        }
        Command::EndSubstitute { substitute } => {
            admin(actor)?;
            administer::end_substitute(office, substitute, now)
        }
        Command::ListAgencies { agencies } => list_agencies(office, actor, &agencies),
    }
}

/// The data years that a run may be about: this year and the one before [assumed].
pub(super) fn data_years(now: DateTime<Utc>) -> [i32; 2] {
    let year = now.with_timezone(&wib()).year();
    [year - 1, year]
}

fn start(
    office: &Office,
    actor: &Actor,
    sop: SopKey,
    data_year: i32,
    now: DateTime<Utc>,
) -> Result<Vec<Event>, Refusal> {
    let Some(procedure) = office.sops.get(&sop).filter(|_| office.is_current(&sop)) else {
        return Err(Refusal::SopNotInForce { sop });
    };
    let acting = allowed(&office.rights(actor, now), procedure, &procedure.steering.start)?;
    let [from, to] = data_years(now);
    if data_year < from || data_year > to {
        return Err(Refusal::YearOutOfReach { data_year, from, to });
    }
    let same = |run: &&std::sync::Arc<Run>| {
        run.data_year == data_year
            && run.sop.number == sop.number
            && !matches!(run.status, Status::Cancelled(..))
    };
    if let Some(there) = office.runs.values().find(same) {
        return Err(Refusal::AlreadyStarted { data_year, run: there.id });
    }
    let newest = office.runs.keys().next_back().map_or(0, |id| id.0);
    let run = RunId(newest.saturating_add(1));
    Ok(vec![Event::Run(RunEvent::RunStarted { run, sop, data_year, acting })])
}

/// A cell whose turn it is, and by what right the actor has it.
struct Turn<'a> {
    sop: &'a Sop,
    cell: &'a Cell,
    recorded_by: Option<LaneId>,
    acting: Option<Acting>,
}

impl<'a> Turn<'a> {
    fn of(
        office: &'a Office,
        actor: &Actor,
        id: RunId,
        at: &CellRef,
        round: u16,
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        let (run, sop) = office.run(id).ok_or(Refusal::NoSuchRun { run: id })?;
        let cell = sop.cell(at).ok_or_else(|| Refusal::NoSuchCell { cell: at.clone() })?;
        let right = office.rights(actor, now).cell(sop, &cell.lane);
        let (right, recorded_by) = right.ok_or_else(|| not_allowed(sop, sop.who_may(&cell.lane)))?;
        let acting = right.acting();
        let in_round = run.visits_of(at).find(|visit| visit.round == round);
        if let Some(done) = in_round.and_then(|visit| visit.outcome.as_ref()) {
            return Err(not_its_turn(sop, at, Some(done.stamp.at)));
        }
        let Some(open) = run.open() else { return Err(Refusal::Over) };
        if run.paused().is_some() {
            return Err(Refusal::Paused);
        }
        if open.cell != *at {
            // Done in an earlier round that the present one does not repeat, or yet to come.
            let done = run.visits_of(at).next_back().filter(|_| sop.precedes(at, &open.cell));
            let done = done.and_then(|visit| visit.outcome.as_ref());
            return Err(not_its_turn(sop, at, done.map(|outcome| outcome.stamp.at)));
        }
        if open.round != round {
            return Err(Refusal::Stale { now: open.round });
        }
        // Whoever only records does not decide.
        if recorded_by.is_none() {
            own_work(run, sop, at, actor, acting.as_ref())?;
        }
        Ok(Self { sop, cell, recorded_by, acting })
    }
}

fn take_back(
    office: &Office,
    actor: &Actor,
    id: RunId,
    cell: CellRef,
    round: u16,
    now: DateTime<Utc>,
) -> Result<Vec<Event>, Refusal> {
    let (run, sop) = office.run(id).ok_or(Refusal::NoSuchRun { run: id })?;
    sop.cell(&cell).ok_or_else(|| Refusal::NoSuchCell { cell: cell.clone() })?;
    let acted = |visit: &&Visit| visit.round == round && visit.outcome.is_some();
    let visit = run.visits_of(&cell).find(acted).ok_or(Refusal::NothingToTakeBack)?;
    let stamp = visit.outcome.as_ref().map(|outcome| &outcome.stamp);
    if stamp.is_none_or(|stamp| stamp.by != actor.account) {
        return Err(Refusal::NotYours);
    }
    if let Some(over) = stamp.and_then(|stamp| no_longer_acting(&office.rights(actor, now), stamp)) {
        let title = format!("{} {}", over.kind, sop.lane_name(&over.lane));
        return Err(Refusal::SubstitutionOver { title });
    }
    if matches!(run.status, Status::Cancelled(..)) {
        return Err(Refusal::Over);
    }
    if run.paused().is_some() {
        return Err(Refusal::Paused);
    }
    if run.last_act() != Some(visit) {
        return Err(Refusal::TooLateToTakeBack);
    }
    Ok(vec![Event::Run(RunEvent::ActTakenBack { run: id, cell, round })])
}

/// In whose place an act was done, if the actor does not stand there any more.
pub(super) fn no_longer_acting<'a>(rights: &Rights<'_>, act: &'a Stamp) -> Option<&'a Acting> {
    act.acting.as_ref().filter(|acting| rights.lane(&acting.lane).is_none())
}

fn going(office: &Office, id: RunId) -> Result<(&Run, &Sop), Refusal> {
    let (run, sop) = office.run(id).ok_or(Refusal::NoSuchRun { run: id })?;
    if run.status == Status::Going { Ok((run, sop)) } else { Err(Refusal::Over) }
}

/// In whose place the actor works in one of these lanes, if in none of its own.
fn allowed(rights: &Rights<'_>, sop: &Sop, lanes: &[LaneId]) -> Result<Option<Acting>, Refusal> {
    rights.any(lanes).map(Right::acting).ok_or_else(|| not_allowed(sop, lanes))
}

fn not_allowed<'a>(sop: &Sop, lanes: impl IntoIterator<Item = &'a LaneId>) -> Refusal {
    let names: Vec<_> = lanes.into_iter().map(|lane| sop.lane_name(lane).to_owned()).collect();
    let who = if names.is_empty() { "tidak seorang pun".to_owned() } else { names.join(", ") };
    Refusal::NotAllowed { who }
}

fn admin(actor: &Actor) -> Result<(), Refusal> {
    let who = "administrator".to_owned();
    if actor.admin { Ok(()) } else { Err(Refusal::NotAllowed { who }) }
}

fn not_its_turn(sop: &Sop, cell: &CellRef, done_at: Option<DateTime<Utc>>) -> Refusal {
    let row = sop.activity(cell.activity).map_or_else(String::new, |row| row.printed.clone());
    let lane = sop.lane_name(&cell.lane).to_owned();
    Refusal::NotItsTurn { cell: cell.clone(), row, lane, done_at }
}

fn why(text: &str) -> Result<String, Refusal> {
    reason(text).map_err(|message| Refusal::Reason { message })
}

fn read_answers(
    office: &Office,
    run: RunId,
    cell: &Cell,
    typed: &RawAnswers,
    now: DateTime<Utc>,
) -> Result<Answers, Refusal> {
    let today = now.with_timezone(&wib()).date_naive();
    let agencies: Vec<_> = office.agencies.values().collect();
    let (mut answers, mut problems) = (Answers::new(), Vec::new());
    for ask in &cell.asks {
        let mut read = match (Stage::of(ask.kind), office.runs.get(&run)) {
            (Some(stage), Some(run)) => {
                let (named, missing) = stage.split(run, &office.agencies);
                ask.read_reports(typed, named, missing).map(Some)
            }
            _ => ask.read(typed, &agencies, today),
        };
        if let (AskKind::LetterNumber, Ok(Some(Answer::Text(number)))) = (ask.kind, &read) {
            read = unused_number(office, run, number).map(|()| read.ok().flatten());
        }
        match read {
            Ok(Some(answer)) => drop(answers.insert(ask.key.clone(), answer)),
            Ok(None) => {}
            Err(message) => problems.push(AskProblem { key: ask.key.clone(), message }),
        }
    }
    if problems.is_empty() { Ok(answers) } else { Err(Refusal::Answers { problems }) }
}

/// A letter number is never used twice, not even in a later round of the same row. One that
/// was typed by mistake and taken back is free again.
fn unused_number(office: &Office, here: RunId, number: &str) -> Result<(), String> {
    for run in office.runs.values() {
        let Some(sop) = office.sops.get(&run.sop) else { continue };
        let used = run.visits.iter().any(|visit| bears_number(sop, visit, number));
        if used {
            let place =
                if run.id == here { "pelaksanaan ini".to_owned() } else { format!("pelaksanaan {}", run.id) };
            return Err(format!("Nomor surat {number} sudah dipakai di {place}."));
        }
    }
    Ok(())
}

fn bears_number(sop: &Sop, visit: &Visit, number: &str) -> bool {
    let Some(OutcomeKind::Finished(answers)) = visit.outcome.as_ref().map(|o| &o.kind) else {
        return false;
    };
    let asks = sop.cell(&visit.cell).map_or(&[][..], |cell| &cell.asks);
    asks.iter().filter(|ask| ask.kind == AskKind::LetterNumber).any(
        |ask| matches!(answers.get(&ask.key), Some(Answer::Text(used)) if used.eq_ignore_ascii_case(number)),
    )
}

fn publish(office: &Office, actor: &Actor, sop: Box<Sop>) -> Result<Vec<Event>, Refusal> {
    admin(actor)?;
    if let Err(faults) = sop.check() {
        let faults = faults.iter().map(ToString::to_string).collect();
        return Err(Refusal::SopFaulty { faults });
    }
    let versions = office.sops.keys().filter(|key| key.number == sop.key.number);
    let next = versions.map(|key| key.version).max().unwrap_or(0).saturating_add(1);
    if sop.key.version != next {
        return Err(Refusal::SopVersion { next });
    }
    Ok(vec![Event::Sop(SopEvent::SopPublished { sop })])
}

fn list_agencies(office: &Office, actor: &Actor, agencies: &[Agency]) -> Result<Vec<Event>, Refusal> {
    admin(actor)?;
    let bad = |message: String| Err(Refusal::BadList { message });
    if agencies.is_empty() || agencies.len() > 500 {
        return bad("Daftar PD harus berisi 1 sampai 500 PD.".to_owned());
    }
    let mut codes = BTreeSet::new();
    for agency in agencies {
        if let Some(fault) = agency.fault() {
            return bad(format!("PD {}: {fault}.", agency.code));
        }
        if !codes.insert(&agency.code) {
            return bad(format!("Kode PD {} tertulis dua kali.", agency.code));
        }
    }
    let closed = office.agencies.keys().filter(|code| !codes.contains(code)).cloned();
    let mut events: Vec<_> = closed.map(|code| Event::Agency(AgencyEvent::AgencyClosed { code })).collect();
    let changed = |agency: &Agency| office.agencies.get(&agency.code) != Some(agency);
    let listed = agencies.iter().filter(|agency| changed(agency)).cloned();
    events.extend(listed.map(|agency| Event::Agency(AgencyEvent::AgencyListed { agency })));
    if events.is_empty() {
        return bad("Daftar PD sudah seperti itu.".to_owned());
    }
    Ok(events)
}
