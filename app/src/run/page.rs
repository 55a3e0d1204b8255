//! `/pelaksanaan/{id}`: one run, live.

use std::sync::Arc;

use desk::office::Accepted;
use desk::problem::Problem;
use domain::calendar::words;
use domain::id::RunId;
use domain::office::possible;
use domain::run::{Run, Status};
use domain::sheet::{SheetView, draw};
use domain::sop::{CellRef, Sop};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use serde::{Deserialize, Serialize};

use super::dialog::{CellDialog, LiveRun};
use super::history::History;
use super::steer::Steering;
use super::turn::TurnLine;
use crate::live::{LineState, LiveOffice, Scope, page_line};
use crate::office::server::{Snapshot, cells_waiting, get_sheet};
use crate::office::tabs::{RunTab, RunTabs};
use crate::sheet::{Hands, Legend, SheetTable};
use crate::ui::{Flashed, Loaded, Packed, count_in_title, counted};

/// One run's live sheet.
#[component]
pub fn RunPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").and_then(|id| id.parse().ok()).map(RunId));
    let data = Resource::new_blocking(id, |id| async move {
        match id {
            Some(id) => get_sheet(id).await,
            None => Err(Problem::not_found("Pelaksanaan ini")),
        }
    });
    let asked = use_query_map().with_untracked(|query| Asked {
        picked: query.get("sel").and_then(|cell| CellRef::try_from(cell).ok()),
        sent: query.get("berkas").zip(query.get("nama")),
    });
    view! {
        <Loaded data children=move |snapshot: Snapshot, flash| {
            let title = snapshot.office.runs.values().next().map(|run| {
                let sop = snapshot.office.sops.get(&run.sop);
                format!("{}, data tahun {}", sop.map_or("", |sop| &sop.name), run.data_year)
            });
            view! {
                <Title text=counted(&title.unwrap_or_default(), snapshot.waiting())/>
                <LiveSheet snapshot=Packed(snapshot) flash asked=asked.clone()/>
            }
        }/>
    }
    .into_any()
}

/// What the address asks for beside the run.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Asked {
    /// The cell whose dialog is open.
    picked: Option<CellRef>,
    /// A file that was sent for it, by hash and name.
    sent: Option<(String, String)>,
}

/// The live part of the page.
#[island]
fn LiveSheet(snapshot: Packed<Snapshot>, flash: Flashed, asked: Asked) -> impl IntoView {
    let Packed(Snapshot { office, now, caller, names }) = snapshot;
    let run = office.runs.keys().next().copied()?;
    let (_, sop) = office.run(run)?;
    let collects = sop.collects_reports();
    let sop = StoredValue::new(Arc::new(sop.clone()));
    let actor = caller.actor;
    let held = StoredValue::new(actor.clone());
    let mine = office.rights(&actor, now).lanes().into_iter().map(|lane| lane.0).collect::<Vec<_>>();
    let since = office.seq;
    let LiveOffice { office, now } = LiveOffice::follow(office, now, Scope::Run(run));

    let view = Memo::new(move |_| {
        office.with(|office| match office.run(run) {
            Some((run, sop)) => {
                SheetView::of(sop, run, &office.calendar, now.get()).with_reports(sop, run, &office.agencies)
            }
            None => sop.with_value(|sop| SheetView::blank(sop)),
        })
    });
    let commands = Memo::new(move |_| office.with(|office| possible(office, &actor, now.get())));
    count_in_title(Signal::derive(move || commands.with(|commands| cells_waiting(commands))));
    let status = Memo::new(move |_| with_run(office, run, |run| run.status.clone(), Status::Going));
    let records = Signal::derive(move || with_run(office, run, |run| run.history.clone(), Vec::new()));

    let picked = RwSignal::new(asked.picked);
    let known = move || picked.get().filter(|at| sop.with_value(|sop| sop.cell(at).is_some()));
    let hands = Hands { commands: commands.into(), picked };
    let said = RwSignal::new(0_u32);
    let done = Callback::new(move |accepted: Accepted| {
        picked.set(None);
        said.update(|times| *times += 1);
        // Where the line is down, the page cannot wait for the event: it loads the state.
        let behind = office.with_untracked(|office| office.seq) < accepted.last;
        if behind && page_line().state.get_untracked() != LineState::On {
            let _ = window().location().reload();
        }
    });
    let flash = StoredValue::new(flash);
    let sent = StoredValue::new(asked.sent);
    let live = LiveRun { run, actor: held, now, sent, sop, office, view, commands, flash, done };
    let page = format!("/pelaksanaan/{run}");
    let text = move || {
        let text = |sop: &Sop, run: Option<&Run>| view.with(|view| draw(sop, run, view));
        office.with(|office| sop.with_value(|sop| text(sop, office.run(run).map(|(run, _)| run))))
    };
    Some(view! {
        <div class="run" data-seq=move || office.with(|office| office.seq) data-live=LiveOffice::data_live()>
            <form id="pilih" method="get" action=page></form>
            <div class="title">
                <div>
                    <h1>{title(sop, office, run)}</h1>
                    <p>{subtitle(sop, office, run)}</p>
                </div>
                <Steering run commands flash done/>
            </div>
            <RunTabs run here=RunTab::Sheet collects/>
            <TurnLine sop view status hands/>
            <p class="said" role="status" data-shown=move || said.with(|times| (*times > 0).then_some(times % 2))>
                {move || if said.get() > 0 { "Tersimpan." } else { "" }}
            </p>
            <div class="cols">
                <div>
                    <SheetTable sop view mine hands/>
                    <Legend sop/>
                    <details class="as-text">
                        <summary>"Lembar sebagai teks"</summary>
                        <pre id="teks" tabindex="0">{text}</pre>
                    </details>
                </div>
                <History run sop records since names=StoredValue::new(names)/>
            </div>
            {move || {
                known()
                    .map(|at| {
                        let close = Callback::new(move |()| picked.set(None));
                        view! { <CellDialog live at close/> }
                    })
            }}
        </div>
    })
}

fn with_run<T>(
    office: RwSignal<domain::office::Office>,
    id: RunId,
    read: impl FnOnce(&Run) -> T,
    otherwise: T,
) -> T {
    office.with(|office| office.runs.get(&id).map_or(otherwise, |run| read(run)))
}

fn title(sop: StoredValue<Arc<Sop>>, office: RwSignal<domain::office::Office>, id: RunId) -> String {
    let year = office.with_untracked(|office| office.runs.get(&id).map_or(0, |run| run.data_year));
    sop.with_value(|sop| format!("{}, data tahun {year}", sop.name))
}

fn subtitle(sop: StoredValue<Arc<Sop>>, office: RwSignal<domain::office::Office>, id: RunId) -> String {
    let started = office.with_untracked(|office| office.runs.get(&id).map(|run| run.started.at));
    let started = started.map(words::short).unwrap_or_default();
    sop.with_value(|sop| format!("SOP {} · versi {} · dibuka {started}", sop.key.number, version(sop)))
}

/// A version as people know it: its date as printed, else its number.
fn version(sop: &Sop) -> String {
    sop.identity.approved.clone().unwrap_or_else(|| sop.key.version.to_string())
}
