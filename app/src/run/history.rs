//! What happened in a run, newest first, in words.

use std::collections::BTreeMap;

use desk::account::Person;
use domain::calendar::words;
use domain::id::{AccountId, RunId, Seq};
use domain::log::{Event, Recorded, RunEvent};
use domain::sop::{CellRef, Shape, Sop};
use leptos::prelude::*;

use crate::office::answer::on_behalf;
use crate::office::calendar::{change_words, due_words};

/// One line of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
struct HistoryLine {
    /// The record it comes from.
    seq: u64,
    /// When, in words.
    when: String,
    /// What happened.
    what: String,
    /// More about it: reason, or who.
    more: Vec<String>,
    /// `done`, `back` or `other`, for the mark beside it.
    mark: &'static str,
}

/// The history of a run.
#[component]
pub(super) fn History(
    /// The run.
    run: RunId,
    /// The procedure that the run keeps.
    sop: StoredValue<std::sync::Arc<Sop>>,
    /// The records, oldest first.
    #[prop(into)]
    records: Signal<Vec<std::sync::Arc<Recorded>>>,
    /// The last record that the page began with; later ones are shown as new.
    since: Seq,
    /// Names of people by account.
    names: StoredValue<BTreeMap<AccountId, Person>>,
) -> impl IntoView {
    let lines = move || {
        let line = |record: &std::sync::Arc<Recorded>| {
            sop.with_value(|sop| names.with_value(|names| line(record, run, sop, names)))
        };
        records.with(|records| records.iter().rev().map(line).collect::<Vec<_>>())
    };
    view! {
        <aside class="side" aria-labelledby="riwayat">
            <h2 id="riwayat">"Riwayat"</h2>
            <ol>
                <For each=lines key=|line| line.seq let:line>
                    <li class=line.mark data-new=(line.seq > since).then_some("")>
                        <time>{line.when}</time>
                        {line.what}
                        {line.more.into_iter().map(|more| view! { <small>{more}</small> }).collect_view()}
                    </li>
                </For>
            </ol>
        </aside>
    }
}

/// What happened to the run, and how the line is marked; what else is to be said goes to `more`.
fn run_words(event: &RunEvent, sop: &Sop, more: &mut Vec<String>) -> (String, &'static str) {
    let lane = |cell: &CellRef| sop.lane_name(&cell.lane).to_owned();
    let row = |cell: &CellRef| {
        let activity = sop.activity(cell.activity);
        activity.map_or_else(String::new, |row| format!("{} {}", row.printed, row.short))
    };
    let decision = |cell: &CellRef| sop.cell(cell).is_some_and(|cell| cell.shape == Shape::Decision);
    match event {
        RunEvent::RunStarted { data_year, .. } => {
            (format!("Pelaksanaan dibuka untuk data tahun {data_year}"), "other")
        }
        RunEvent::CellFinished { cell, recorded_by, .. } => {
            more.extend(recorded_by.as_ref().map(|by| format!("dicatat oleh {}", sop.lane_name(by))));
            let verb = if decision(cell) { "menyetujui" } else { "menyelesaikan" };
            (format!("{} {verb} {}", lane(cell), row(cell)), "done")
        }
        RunEvent::CellReturned { cell, to, reason, recorded_by, .. } => {
            more.push(format!("“{reason}”"));
            more.extend(recorded_by.as_ref().map(|by| format!("dicatat oleh {}", sop.lane_name(by))));
            (format!("{} mengembalikan ke {}, {}", lane(cell), lane(to), row(to)), "back")
        }
        RunEvent::ActTakenBack { cell, .. } => {
            (format!("{} menarik kembali {}", lane(cell), row(cell)), "back")
        }
        RunEvent::RunPaused { reason, .. } => {
            more.push(format!("“{reason}”"));
            ("Pelaksanaan dijeda".to_owned(), "other")
        }
        RunEvent::RunResumed { .. } => ("Pelaksanaan dilanjutkan".to_owned(), "other"),
        RunEvent::RunCancelled { reason, .. } => {
            more.push(format!("“{reason}”"));
            ("Pelaksanaan dibatalkan".to_owned(), "back")
        }
    }
}

fn line(record: &Recorded, run: RunId, sop: &Sop, names: &BTreeMap<AccountId, Person>) -> HistoryLine {
    let mut more = Vec::new();
    let (what, mark) = match &record.event {
        Event::Run(event) => run_words(event, sop, &mut more),
        Event::Calendar(event) => {
            more.extend(moved(&record.event, run, sop));
            (change_words(event), "other")
        }
        Event::Sop(_) | Event::Report(_) | Event::Substitute(_) | Event::Agency(_) | Event::Withheld => {
            ("Perubahan lain".to_owned(), "other")
        }
    };
    let name = names.get(&record.actor).map(|person| person.name.clone());
    let name = name.unwrap_or_else(|| record.actor.0.clone());
    more.push(match record.event.acting() {
        Some(acting) => format!("{name}, {}", on_behalf(acting, sop)),
        None => name,
    });
    HistoryLine { seq: record.seq, when: words::short(record.at), what, more, mark }
}

/// What a changed calendar moved in this run: the row whose turn it is, and the end.
fn moved(event: &Event, run: RunId, sop: &Sop) -> Vec<String> {
    let here: Vec<_> = event.moved().iter().filter(|moved| moved.run == run).collect();
    let (planned, due): (Vec<_>, Vec<_>) = here.into_iter().partition(|moved| moved.planned);
    let last = planned.last().map(|last| due_words(last, sop));
    due.into_iter().map(|moved| due_words(moved, sop)).chain(last).collect()
}
