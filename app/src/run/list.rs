//! `/pelaksanaan`: every run, and where a new one begins.

use domain::calendar::words;
use domain::id::RunId;
use domain::office::{Command, Office, possible};
use domain::run::{Run, Status};
use domain::sheet::SheetView;
use domain::sop::Sop;
use leptos::prelude::*;
use leptos_meta::Title;
use server_fn::ServerFn;

use super::StartRun;
use super::start::latest_starts;
use crate::live::{LiveOffice, Scope};
use crate::office::server::{Snapshot, cells_waiting, get_overview};
use crate::sheet::left_words;
use crate::ui::{Act, Flashed, Loaded, Packed, count_in_title, counted};

/// Every run.
#[component]
pub fn RunsPage() -> impl IntoView {
    let data = Resource::new_blocking(|| (), |()| get_overview());
    view! {
        <Loaded data children=|snapshot: Snapshot, flash| {
            // Once for the whole page: calendars do not change while somebody reads it.
            let commands = possible(&snapshot.office, &snapshot.caller.actor, snapshot.now);
            let latest = latest_starts(&snapshot.office, &starts_of(commands), snapshot.now);
            view! {
                <Title text=counted("Pelaksanaan", snapshot.waiting())/>
                <LiveRuns snapshot=Packed(snapshot) flash latest/>
            }
        }/>
    }
    .into_any()
}

/// The live part of the list.
#[island]
fn LiveRuns(snapshot: Packed<Snapshot>, flash: Flashed, latest: Vec<String>) -> impl IntoView {
    let latest = StoredValue::new(latest);
    let flash = StoredValue::new(flash);
    let Packed(Snapshot { office, now, caller, .. }) = snapshot;
    let LiveOffice { office, now } = LiveOffice::follow(office, now, Scope::Overview);
    let actor = caller.actor;
    let commands = Memo::new(move |_| office.with(|office| possible(office, &actor, now.get())));
    count_in_title(Signal::derive(move || commands.with(|commands| cells_waiting(commands))));
    let starts = Memo::new(move |_| starts_of(commands.get()));
    let cards = move || {
        office.with(|office| {
            office.runs.keys().rev().filter_map(|id| RunCard::of(office, *id, now.get())).collect::<Vec<_>>()
        })
    };
    // Not the form's own: the event may arrive before the answer, and take the form away.
    let done = Callback::new(|run: RunId| {
        let _ = window().location().set_href(&format!("/pelaksanaan/{run}"));
    });
    let form = move || view! { <StartForm office starts latest flash=flash.get_value() done/> };
    view! {
        <div data-seq=move || office.with(|office| office.seq) data-live=LiveOffice::data_live()>
            <div class="title"><h1>"Pelaksanaan"</h1></div>
            {move || (!starts.with(Vec::is_empty)).then(form)}
            <RunCards cards empty="Belum ada pelaksanaan. STAF membukanya dari halaman ini."/>
        </div>
    }
}

/// The procedures and data years for which a run can be opened.
fn starts_of(commands: Vec<Command>) -> Vec<(domain::sop::SopKey, i32)> {
    let start = |command| match command {
        Command::StartRun { sop, data_year } => Some((sop, data_year)),
        _ => None,
    };
    commands.into_iter().filter_map(start).collect()
}

/// Begins a run of a procedure for a data year.
#[component]
fn StartForm(
    office: RwSignal<Office>,
    starts: Memo<Vec<(domain::sop::SopKey, i32)>>,
    latest: StoredValue<Vec<String>>,
    flash: Flashed,
    done: Callback<RunId>,
) -> impl IntoView {
    let open = flash.problem("/api/start-run").is_some();
    let mut sops: Vec<_> = starts.get_untracked().into_iter().map(|(sop, _)| sop).collect();
    sops.dedup();
    let mut years: Vec<_> = starts.get_untracked().into_iter().map(|(_, year)| year).collect();
    years.sort_unstable();
    years.dedup();
    let name = move |key: &domain::sop::SopKey| {
        office.with_untracked(|office| {
            office
                .sops
                .get(key)
                .map_or_else(|| key.to_string(), |sop| format!("{} · {}", sop.key.number, sop.name))
        })
    };
    let latest = latest.get_value().into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
    view! {
        <details class="menu start" open=open>
            <summary class="primary">"Buka pelaksanaan baru…"</summary>
            <div class="pop">
                <Act action=StartRun::url() done flash>
                    <label>
                        "Prosedur"
                        <select name="sop">
                            {sops
                                .into_iter()
                                .map(|key| view! { <option value=key.to_string()>{name(&key)}</option> })
                                .collect_view()}
                        </select>
                    </label>
                    <label>
                        "Data tahun"
                        <select name="data_year">
                            {years
                                .into_iter()
                                .rev()
                                .map(|year| view! { <option value=year>{year}</option> })
                                .collect_view()}
                        </select>
                    </label>
                    <ul class="latest">{latest}</ul>
                    <button class="primary">"Buka pelaksanaan"</button>
                </Act>
            </div>
        </details>
    }
}

/// A run in a few lines.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RunCard {
    id: RunId,
    title: String,
    state: &'static str,
    head: String,
    what: String,
    left: String,
    done: usize,
    cells: usize,
}

impl RunCard {
    /// The card of a run at a moment.
    pub fn of(office: &Office, id: RunId, now: chrono::DateTime<chrono::Utc>) -> Option<Self> {
        let (run, sop) = office.run(id)?;
        let view = SheetView::of(sop, run, &office.calendar, now);
        let cells = view.rows.iter().flat_map(|row| &row.cells);
        let done = cells.clone().filter(|cell| cell.state == domain::sheet::CellState::Done).count();
        let CardWords { state, head, what, left } = CardWords::of(run, sop, &view);
        let title = format!("{}, data tahun {}", sop.name, run.data_year);
        Some(Self { id, title, state, head, what, left, done, cells: cells.count() })
    }
}

/// What a card says of how its run stands.
#[derive(Default)]
struct CardWords {
    state: &'static str,
    head: String,
    what: String,
    left: String,
}

impl CardWords {
    fn of(run: &Run, sop: &Sop, view: &SheetView) -> Self {
        match (&run.status, &view.turn) {
            (Status::Finished(stamp), _) => {
                let head = format!("Selesai {}", words::short(stamp.at));
                Self { state: "done", head, ..Self::default() }
            }
            (Status::Cancelled(stamp, reason), _) => {
                let head = format!("Dibatalkan {}", words::short(stamp.at));
                Self { state: "returned", head, what: format!("“{reason}”"), ..Self::default() }
            }
            (Status::Going, None) => Self { state: "idle", ..Self::default() },
            (Status::Going, Some(turn)) => {
                let row = sop.activity(turn.at.activity);
                let what = row.map_or_else(String::new, |row| format!("baris {} {}", row.printed, row.short));
                let left = left_words(turn.time).map(|(left, _)| left).unwrap_or_default();
                let state = if turn.late { "late" } else { "active" };
                let head = match turn.paused {
                    Some(_) => "Dijeda".to_owned(),
                    None => format!("Menunggu {}", sop.lane_name(&turn.at.lane)),
                };
                Self { state, head, what, left }
            }
        }
    }
}

/// Runs as cards that lead to their sheets.
#[component]
pub fn RunCards(
    /// The runs.
    #[prop(into)]
    cards: Signal<Vec<RunCard>>,
    /// What to say if there is none.
    empty: &'static str,
) -> impl IntoView {
    view! {
        <ul class="cards">
            <For each=move || cards.get() key=|card| card.clone() let:card>
                <li>
                    <a class="card" href=format!("/pelaksanaan/{}", card.id) data-state=card.state>
                        <strong>{card.title}</strong>
                        <span>{card.head}" "{card.what}</span>
                        <em>{card.left}</em>
                        <progress max=card.cells value=card.done aria-label="Kemajuan"></progress>
                        <small>{format!("{} dari {} kotak selesai", card.done, card.cells)}</small>
                    </a>
                </li>
            </For>
        </ul>
        <p class="hint" hidden=move || !cards.with(Vec::is_empty)>{empty}</p>
    }
}
