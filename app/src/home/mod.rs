//! `/`: what waits for me, and the runs in progress.

use domain::id::RunId;
use domain::office::{Actor, Command, Office, possible};
use domain::run::Status;
use domain::sop::CellRef;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::live::{LiveOffice, Scope};
use crate::office::answer::on_behalf;
use crate::office::server::Snapshot;
use crate::run::list::{RunCard, RunCards};
use crate::ui::{Icon, Loaded, Packed, count_in_title, counted};

/// The home page.
#[component]
pub fn HomePage() -> impl IntoView {
    let data = Resource::new_blocking(|| (), |()| crate::office::server::get_overview());
    view! {
        <Loaded data children=|snapshot: Snapshot, _| {
            view! {
                <Title text=counted("Beranda", snapshot.waiting())/>
                <LiveHome snapshot=Packed(snapshot)/>
            }
        }/>
    }
    .into_any()
}

/// The live part of the home page.
#[island]
fn LiveHome(snapshot: Packed<Snapshot>) -> impl IntoView {
    let Packed(Snapshot { office, now, caller, .. }) = snapshot;
    let LiveOffice { office, now } = LiveOffice::follow(office, now, Scope::Overview);
    let name = caller.person.name;
    let actor = StoredValue::new(caller.actor);
    let tasks = Memo::new(move |_| {
        office.with(|office| actor.with_value(|actor| Task::all(office, actor, now.get())))
    });
    count_in_title(Signal::derive(move || tasks.with(Vec::len)));
    let cards = move || {
        office.with(|office| {
            let going = |id: &&RunId| office.runs.get(id).is_some_and(|run| run.status == Status::Going);
            office
                .runs
                .keys()
                .rev()
                .filter(going)
                .filter_map(|id| RunCard::of(office, *id, now.get()))
                .collect::<Vec<_>>()
        })
    };
    view! {
        <div data-seq=move || office.with(|office| office.seq) data-live=LiveOffice::data_live()>
            <div class="title"><h1>"Selamat bekerja, "{name}</h1></div>
            <section aria-labelledby="giliran-saya">
                <h2 id="giliran-saya">"Menunggu Anda"</h2>
                <ul class="tasks">
                    <For each=move || tasks.get() key=|task| task.clone() let:task>
                        <li>
                            <a href=task.href data-late=task.late.then_some("")>
                                <Icon name=if task.late { "clock" } else { "hand" }/>
                                <span>
                                    <strong>{task.what}</strong>
                                    <small>{task.place}</small>
                                </span>
                                <em>{task.left}</em>
                            </a>
                        </li>
                    </For>
                </ul>
                <p class="hint" hidden=move || !tasks.with(Vec::is_empty)>
                    "Tidak ada yang menunggu Anda sekarang. Halaman ini berubah sendiri begitu giliran Anda tiba."
                </p>
            </section>
            <section aria-labelledby="berjalan">
                <h2 id="berjalan">"Sedang berjalan"</h2>
                <RunCards cards empty="Tidak ada pelaksanaan yang berjalan."/>
            </section>
        </div>
    }
}

/// A cell that waits for the viewer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Task {
    href: String,
    what: String,
    place: String,
    left: String,
    late: bool,
}

impl Task {
    fn all(office: &Office, actor: &Actor, now: chrono::DateTime<chrono::Utc>) -> Vec<Self> {
        let finish = |command| match command {
            Command::FinishCell { run, cell, .. } => Self::of(office, actor, run, &cell, now),
            _ => None,
        };
        possible(office, actor, now).into_iter().filter_map(finish).collect()
    }

    fn of(
        office: &Office,
        actor: &Actor,
        id: RunId,
        cell: &CellRef,
        now: chrono::DateTime<chrono::Utc>,
    ) -> Option<Self> {
        let (run, sop) = office.run(id)?;
        let view = domain::sheet::SheetView::of(sop, run, &office.calendar, now);
        let turn = view.turn?;
        let row = sop.activity(cell.activity)?;
        let (right, _) = office.rights(actor, now).cell(sop, &cell.lane)?;
        let who = sop.lane_name(&cell.lane).to_owned();
        let who = right.acting().map_or(who, |acting| on_behalf(&acting, sop));
        Some(Self {
            href: format!("/pelaksanaan/{id}?sel={cell}"),
            what: row.text.clone(),
            place: format!("{who} · {}, data tahun {}", sop.name, run.data_year),
            left: crate::sheet::left_words(turn.time).map(|(left, _)| left).unwrap_or_default(),
            late: turn.late,
        })
    }
}
