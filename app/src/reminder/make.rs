//! What the page of a run's reminders shows, made from the office.

use std::collections::BTreeSet;

use domain::calendar::words;
use domain::id::{AgencyCode, RunId};
use domain::office::{Actor, Office};
use domain::reminder::{About, Ladder, Reminder, Schedule, Step, To, Words, of_step};
use domain::report::Stage;
use domain::run::{Run, Status};
use domain::sop::Sop;

use super::model::{Recipient, RemindersView, Timetable};
use desk::account::Person;
use desk::problem::Problem;
use desk::reminder::Letter;
use desk::site::Ports;

/// Agencies are reminded by whoever judges their reports, and by administrators.
pub(crate) fn may_remind(actor: &Actor, id: RunId) -> Result<(), Problem> {
    let office = crate::ui::request::ports().desk.office();
    let (_, sop) = office.run(id).ok_or_else(|| Problem::not_found(format!("Pelaksanaan nomor {id}")))?;
    let who = "pelaksana SOP ini dan administrator".to_owned();
    if domain::reminder::may_remind(actor, sop) { Ok(()) } else { Err(Problem::Forbidden { who }) }
}

/// What goes is seen by whoever works in the procedure, and by administrators. Whether they
/// may also let something go.
pub(crate) fn may_see(actor: &Actor, id: RunId) -> Result<bool, Problem> {
    let office = crate::ui::request::ports().desk.office();
    let (_, sop) = office.run(id).ok_or_else(|| Problem::not_found(format!("Pelaksanaan nomor {id}")))?;
    let who = "pelaksana SOP ini dan administrator".to_owned();
    let sees = domain::reminder::may_see(actor, sop);
    if sees { Ok(domain::reminder::may_remind(actor, sop)) } else { Err(Problem::Forbidden { who }) }
}

impl RemindersView {
    pub(crate) fn of(ports: &Ports, id: RunId, may: bool, letters: Vec<Letter>) -> Result<Self, Problem> {
        let (office, now) = (ports.desk.office(), ports.desk.now());
        let (run, sop) =
            office.run(id).ok_or_else(|| Problem::not_found(format!("Pelaksanaan nomor {id}")))?;
        let (addresses, rules, site) = (ports.post.addresses(), ports.post.rules()?, ports.post.site());
        let words = Words { office: &office, site: site.as_deref(), practice: ports.site.practice, now };
        let schedule = Schedule::of_run(&office.calendar, run, sop);
        let (sent, missing) = if sop.collects_reports() {
            Stage::Received.split(run, &office.agencies)
        } else {
            Default::default()
        };
        let timetable = schedule.as_ref().ok().and_then(Option::as_ref).map(|schedule| Timetable {
            last_day: schedule.last_day,
            begins: schedule.begins.to_vec(),
            current: schedule.current(now),
        });
        let current = timetable.as_ref().and_then(|timetable| timetable.current);
        let told = told(&letters, current);
        let recipient = |code: &AgencyCode| {
            let agency = office.agencies.get(code)?.clone();
            Some(Recipient {
                mail: addresses.get(&To::Agency(code.clone())).cloned().unwrap_or_default(),
                told: told.contains(code),
                text: words.whatsapp(id, code).unwrap_or_default(),
                agency,
            })
        };
        let missing: Vec<_> = missing.iter().filter_map(recipient).collect();
        let sample = missing.first().and_then(|first| {
            let about = About::Report(current.unwrap_or(Step::Seven));
            let reminder = Reminder { run: id, about, to: To::Agency(first.agency.code.clone()) };
            words.mail(&reminder).map(|mail| (mail.subject, mail.body))
        });
        let resting = resting(&office, run, sop, current).or(schedule.err().map(|why| why.to_string()));
        let people = ports.people.names();
        let named = |letter: Letter| {
            let name = match &letter.reminder.to {
                To::Agency(code) => office.agencies.get(code).map(|agency| agency.short.clone()),
                To::Account(account) => people.get(account).map(|Person { name, .. }| name.clone()),
            };
            let code = match &letter.reminder.to {
                To::Agency(code) => code.0.clone(),
                To::Account(account) => account.0.clone(),
            };
            (name.unwrap_or(code), letter)
        };
        Ok(Self {
            run: id,
            collects: sop.collects_reports(),
            procedure: sop.name.clone(),
            data_year: run.data_year,
            now,
            may,
            post: ports.post.state(),
            automatic: rules.automatic.contains(&id),
            resting,
            timetable,
            missing,
            sent: sent.len(),
            sample,
            for_all: words.whatsapp_all(id).unwrap_or_default(),
            ladder: ladder_words(&rules.ladder, &office, run, sop, now),
            letters: letters.into_iter().map(named).collect(),
        })
    }
}

/// The agencies that were told in a step.
fn told(letters: &[Letter], step: Option<Step>) -> BTreeSet<AgencyCode> {
    let of = |letter: &Letter| match (&letter.reminder.about, &letter.reminder.to) {
        (About::Report(here), To::Agency(code)) if Some(*here) == step => Some(code.clone()),
        _ => None,
    };
    letters.iter().filter_map(of).collect()
}

/// Why agencies are not reminded at present.
fn resting(office: &Office, run: &Run, sop: &Sop, current: Option<Step>) -> Option<String> {
    if !sop.collects_reports() {
        return Some("SOP ini tidak mengumpulkan LKj dari PD.".to_owned());
    }
    match run.status {
        Status::Finished(_) => return Some("Pelaksanaan sudah selesai.".to_owned()),
        Status::Cancelled(..) => return Some("Pelaksanaan dibatalkan.".to_owned()),
        Status::Going => {}
    }
    if run.paused().is_some() {
        return Some("Pelaksanaan sedang dijeda; selama itu tidak ada yang dikirim.".to_owned());
    }
    let row = sop.row_of_stage(Stage::Received).unwrap_or_default();
    if let Some(open) = run.open().filter(|open| open.cell.activity != row) {
        return Some(if open.cell.activity < row {
            format!(
                "Pengingat ke PD baru dapat dikirim bila baris {row} mendapat giliran, setelah surat sampai."
            )
        } else {
            format!("Baris {row} sudah selesai; PD tidak lagi diingatkan.")
        });
    }
    let step = current?;
    of_step(office, run.id, step).is_empty().then(|| "Semua PD sudah mengirim.".to_owned())
}

fn ladder_words(
    ladder: &Ladder,
    office: &Office,
    run: &Run,
    sop: &Sop,
    now: chrono::DateTime<chrono::Utc>,
) -> String {
    let standing = match ladder.standing(run, sop, &office.calendar, now) {
        Err(why) => return format!("Tidak dapat dihitung: {why}."),
        Ok(None) => return "Baris yang mendapat giliran belum mencapai anak tangga mana pun.".to_owned(),
        Ok(Some(standing)) => standing,
    };
    let due = words::full(standing.due);
    let reached = match standing.rung {
        domain::reminder::Rung::Early => {
            format!("Baris {} sudah memakai {} % waktunya", standing.row, ladder.percent)
        }
        domain::reminder::Rung::Due => format!("Baris {} sudah lewat jatuh tempo", standing.row),
        domain::reminder::Rung::Over => {
            format!(
                "Baris {} sudah lewat jatuh tempo {} hari kerja atau lebih",
                standing.row, ladder.days_over
            )
        }
    };
    let to = match standing.lane.as_ref().map(|lane| sop.lane_name(lane)) {
        _ if !ladder.on => "tangga tidak aktif, jadi tidak ada yang diberi tahu".to_owned(),
        Some(lane) => format!("diberi tahu: {lane}"),
        None => "tidak ada yang diberi tahu pada anak tangga ini".to_owned(),
    };
    format!("{reached} (jatuh tempo {due}); {to}.")
}
