//! What the calendar's pages ask the server, and what they ask it to do.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use std::collections::BTreeMap;

use chrono::NaiveDate;
use desk::office::Accepted;
use desk::problem::Problem;
use domain::calendar::Calendar;
use domain::id::CommandId;
use domain::log::{CalendarEvent, Event};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

/// The calendar, for its pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarView {
    /// Hours and days off.
    pub(super) calendar: Calendar,
    /// Today, in WIB.
    pub(super) today: NaiveDate,
    /// Its changes, newest first.
    pub(super) changes: Vec<ChangeLine>,
    /// A change that waits to be confirmed.
    pub(super) preview: Option<Preview>,
}

/// A change of the calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ChangeLine {
    /// When, in words.
    pub(super) when: String,
    /// Who.
    pub(super) who: String,
    /// What.
    pub(super) what: String,
    /// How many runs it moved due dates in.
    pub(super) runs: usize,
}

/// A change that waits to be confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Preview {
    /// The form, to be sent again.
    pub(super) typed: BTreeMap<String, String>,
    /// What it does.
    pub(super) what: Vec<String>,
    /// The due dates that it moves, by run.
    pub(super) moved: Vec<(String, Vec<String>)>,
}

/// The calendar; `gagal` names the form that waits to be confirmed.
#[server(prefix = "/api", endpoint = "calendar", input = GetUrl)]
pub async fn get_calendar(#[server(default)] gagal: String) -> Result<CalendarView, Problem> {
    use crate::ui::request::{kept_form, ports, require_admin};
    let (caller, ports) = (require_admin()?, ports());
    let (office, now) = (ports.desk.office(), ports.desk.now());
    let names = ports.people.names();
    let line = |record: &std::sync::Arc<domain::log::Recorded>| {
        let mut runs: Vec<_> = record.event.moved().iter().map(|moved| moved.run).collect();
        runs.dedup();
        let known = names.get(&record.actor).map(|person| person.name.clone());
        let Event::Calendar(event) = &record.event else { return None };
        Some(ChangeLine {
            when: domain::calendar::words::short(record.at),
            who: known.unwrap_or_else(|| record.actor.0.clone()),
            what: crate::office::calendar::change_words(event),
            runs: runs.len(),
        })
    };
    let changes = office.calendar_history.iter().rev().filter_map(line).collect();
    let waiting = kept_form(&gagal).filter(|flash| flash.problem == Problem::Confirm);
    let preview = waiting.and_then(|flash| preview(&office, &caller.actor, flash.typed, now));
    let today = domain::calendar::date_of(now);
    Ok(CalendarView { calendar: office.calendar.clone(), today, changes, preview })
}

/// Changes the calendar: `apa` says how. Without `yakin` nothing is changed yet.
#[server(prefix = "/api", endpoint = "change-calendar")]
pub async fn change_calendar(
    apa: String,
    command_id: CommandId,
    #[server(default)] isian: BTreeMap<String, String>,
    #[server(default)] yakin: String,
) -> Result<Accepted, Problem> {
    use crate::ui::request::{ports, require_admin};
    let (caller, desk) = (require_admin()?, ports().desk);
    let command = desk::calendar::command(&apa, &isian)?;
    if yakin.is_empty() {
        let (office, seq) = (desk.office(), desk.office().seq);
        let decided = domain::office::decide(&office, &caller.actor, command, desk.now());
        decided.map_err(|refusal| Problem::Refused { refusal, seq })?;
        return Err(Problem::Confirm);
    }
    let page = page_after(&command);
    let accepted = crate::office::deed::submit(command_id, command).await?;
    leptos_axum::redirect(&page);
    Ok(accepted)
}

/// Where one is led after a change.
fn page_after(command: &domain::office::Command) -> String {
    use chrono::Datelike;
    use domain::office::Command;
    let year = match command {
        Command::DecreeYear { year, .. } => Some(*year),
        Command::ChangeDaysOff { remove, add } => add.iter().chain(remove).next().map(|day| day.date.year()),
        _ => None,
    };
    let year = year.map(|year| format!("/{year}")).unwrap_or_default();
    format!("/kelola/kalender{year}?sudah=ya")
}

/// What a form would do; `None` if it can no longer be done.
fn preview(
    office: &domain::office::Office,
    actor: &domain::office::Actor,
    typed: BTreeMap<String, String>,
    now: chrono::DateTime<chrono::Utc>,
) -> Option<Preview> {
    let inner = |key: &str| key.strip_prefix("isian[")?.strip_suffix(']').map(str::to_owned);
    let fields = typed.iter().filter_map(|(key, text)| Some((inner(key)?, text.clone()))).collect();
    let command = desk::calendar::command(typed.get("apa")?, &fields).ok()?;
    let events = domain::office::decide(office, actor, command, now).ok()?;
    let what = |event: &Event| match event {
        Event::Calendar(event) => what(office, event),
        _ => Vec::new(),
    };
    let what = events.iter().flat_map(what).collect();
    let mut moved: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for due in events.iter().flat_map(Event::moved) {
        if let Some((run, sop)) = office.run(due.run) {
            let title = format!("{}, data tahun {}", sop.name, run.data_year);
            moved.entry((run.id, title)).or_default().push(crate::office::calendar::due_words(due, sop));
        }
    }
    let moved = moved.into_iter().map(|((_, title), lines)| (title, lines)).collect();
    Some(Preview { typed, what, moved })
}

/// What an event changes: for a whole year day by day, as far as it is not so already.
fn what(office: &domain::office::Office, event: &CalendarEvent) -> Vec<String> {
    let CalendarEvent::YearDecreed { year, days, .. } = event else {
        return vec![crate::office::calendar::change_words(event)];
    };
    let there = office.calendar.days_off(*year);
    let day = |mark: &str, day: &domain::calendar::DayOff| {
        let date = domain::calendar::words::weekday_date(day.date);
        format!("{mark}: {date}, {} ({})", day.name, day.kind)
    };
    let first = match office.calendar.is_decreed(*year) {
        true => format!("Kalender {year} diganti"),
        false => format!("Kalender {year} ditetapkan; sebelumnya belum"),
    };
    let gone =
        there.iter().filter(|it| it.kind.by_decree() && !days.contains(it)).map(|it| day("Dihapus", it));
    let new = days.iter().filter(|it| !there.contains(it)).map(|it| day("Ditambah", it));
    let same = days.iter().filter(|it| there.contains(it)).count();
    let last = format!("{same} hari libur tetap seperti sekarang");
    std::iter::once(first).chain(gone).chain(new).chain(std::iter::once(last)).collect()
}
