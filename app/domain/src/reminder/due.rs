//! What is due to be sent at a moment, and whether it still is when it is about to go.

use chrono::{DateTime, Utc};

use super::release::open_at;
use super::{About, Closed, Members, Reminder, Rules, Schedule, Step, To};
use crate::calendar::{Calendar, Undecreed};
use crate::id::RunId;
use crate::office::{Actor, Office, barred};
use crate::report::Stage;
use crate::run::{Run, Status};
use crate::sop::Sop;

/// Whether a reminder is worth sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// It is to be sent.
    Yes,
    /// Not now, but perhaps later: the run stands still.
    Later,
    /// No longer, and why.
    No(&'static str),
}

/// Everything that is due now and may go without anybody pressing a button, in a fixed order.
///
/// Of a row on the ladder only the highest rung that it has reached: what was missed below is
/// not made up for. A run whose dates depend on a year without a decree gives what does not
/// depend on it.
///
/// # Errors
/// [`Closed`] if nothing may go out at this moment.
pub fn due(
    office: &Office,
    members: &Members,
    rules: &Rules,
    now: DateTime<Utc>,
) -> Result<Vec<Reminder>, Closed> {
    open_at(&office.calendar, now)?;
    let mut found = Vec::new();
    for id in office.runs.keys() {
        let Some((run, sop)) = office.run(*id) else { continue };
        if run.status != Status::Going || run.paused().is_some() {
            continue;
        }
        turns(office, run, members, now, &mut found);
        if rules.ladder.on
            && let Ok(Some(standing)) = rules.ladder.standing(run, sop, &office.calendar, now)
            && let Some(lane) = standing.lane
        {
            let about = About::Row(standing.row, standing.rung);
            let works = |who: &Actor| office.rights(who, now).lane(&lane).is_some();
            found.extend(to_those(*id, &about, members, works));
        }
        if rules.automatic.contains(id)
            && let Ok(Some(schedule)) = schedule(office, run, sop)
            && let Some(step) = schedule.current(now)
        {
            found.extend(of_step(office, *id, step));
        }
    }
    Ok(found)
}

/// The reminders of a step to the agencies of a run that have not sent anything; none while
/// the row that waits for them does not have its turn.
pub fn of_step(office: &Office, id: RunId, step: Step) -> Vec<Reminder> {
    let Some((run, _)) = office.run(id).filter(|(run, sop)| collects(run, sop)) else { return Vec::new() };
    let (_, missing) = Stage::Received.split(run, &office.agencies);
    let reminder = |code| Reminder { run: id, about: About::Report(step), to: To::Agency(code) };
    missing.into_iter().map(reminder).collect()
}

/// Whether a reminder that was found due earlier is to go now.
pub fn worth(office: &Office, members: &Members, reminder: &Reminder, now: DateTime<Utc>) -> Worth {
    let Some((run, sop)) = office.run(reminder.run) else { return Worth::No("pelaksanaan tidak ada") };
    if run.status != Status::Going {
        return Worth::No("pelaksanaan sudah berakhir");
    }
    if run.paused().is_some() {
        return Worth::Later;
    }
    match (&reminder.about, &reminder.to) {
        (About::Report(step), To::Agency(code)) => {
            if !office.agencies.contains_key(code) {
                return Worth::No("PD sudah ditutup");
            }
            if run.reports.get(code).is_some_and(|report| report.state().is_some()) {
                return Worth::No("LKj sudah terkirim");
            }
            if !collects(run, sop) {
                return Worth::No("pengumpulan sudah lewat");
            }
            match schedule(office, run, sop) {
                Ok(Some(schedule)) if schedule.current(now) == Some(*step) => Worth::Yes,
                Ok(Some(_)) => Worth::No("waktunya sudah lewat"),
                Ok(None) => Worth::No("tidak ada batas waktu"),
                Err(_) => Worth::Later,
            }
        }
        (About::Turn(cell, round), To::Account(account)) => {
            let here = run.open().is_some_and(|open| open.cell == *cell && open.round == *round);
            match here {
                false => Worth::No("gilirannya sudah lewat"),
                true if members
                    .get(account)
                    .is_some_and(|it| may_decide(office, &it.actor(account), run, now)) =>
                {
                    Worth::Yes
                }
                true => Worth::No("bukan perannya lagi"),
            }
        }
        (About::Row(row, _), To::Account(account)) => {
            let here = run.open().is_some_and(|open| open.cell.activity == *row);
            match here {
                false => Worth::No("barisnya sudah lewat"),
                true if members.contains_key(account) => Worth::Yes,
                true => Worth::No("akun tidak aktif"),
            }
        }
        _ => Worth::No("penerimanya tidak cocok"),
    }
}

/// When the agencies of a run are reminded; `None` if it waits for no reports, or for none by
/// a date.
///
/// # Errors
/// [`Undecreed`] if it depends on a year without a decree.
fn schedule(office: &Office, run: &Run, sop: &Sop) -> Result<Option<Schedule>, Undecreed> {
    Schedule::of_run(&office.calendar, run, sop)
}

impl Schedule {
    /// When the agencies of a run are reminded; `None` if its procedure waits for no reports,
    /// or for none by a date.
    ///
    /// # Errors
    /// [`Undecreed`] if it depends on a year without a decree.
    pub fn of_run(calendar: &Calendar, run: &Run, sop: &Sop) -> Result<Option<Self>, Undecreed> {
        let row = sop.row_of_stage(Stage::Received).and_then(|row| sop.activity(row));
        let before = row.and_then(|row| row.before.as_ref());
        before.map(|before| Self::of(calendar, before, run.data_year)).transpose()
    }
}

/// Whether the row that waits for reports has its turn: before that the letter has not gone
/// out, after it nobody waits for them.
pub(super) fn collects(run: &Run, sop: &Sop) -> bool {
    let row = sop.row_of_stage(Stage::Received);
    run.open().is_some_and(|open| Some(open.cell.activity) == row)
}

/// To everybody who may act in the cell whose turn it is, except whoever brought it there.
fn turns(office: &Office, run: &Run, members: &Members, now: DateTime<Utc>, found: &mut Vec<Reminder>) {
    let Some(open) = run.open() else { return };
    let brought = run.last_act().and_then(|act| act.outcome.as_ref()).map(|outcome| &outcome.stamp.by);
    let brought = brought.unwrap_or(&run.started.by);
    let about = About::Turn(open.cell.clone(), open.round);
    let may = |who: &Actor| who.account != *brought && may_decide(office, who, run, now);
    found.extend(to_those(run.id, &about, members, may));
}

fn to_those<'a>(
    run: RunId,
    about: &'a About,
    members: &'a Members,
    who: impl Fn(&Actor) -> bool + 'a,
) -> impl Iterator<Item = Reminder> + 'a {
    let those = members.iter().filter(move |(account, member)| who(&member.actor(account)));
    those.map(move |(account, _)| Reminder { run, about: about.clone(), to: To::Account(account.clone()) })
}

/// Whether the open cell of a run is theirs: in their lane or one that they stand in for, and
/// not their own work.
fn may_decide(office: &Office, who: &Actor, run: &Run, now: DateTime<Utc>) -> bool {
    let Some((open, (_, sop))) = run.open().zip(office.run(run.id)) else { return false };
    office.rights(who, now).cell(sop, &open.cell.lane).is_some() && barred(office, who, run.id, now).is_none()
}
