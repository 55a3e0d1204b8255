//! The table: rows by lanes, each place with its lines and its symbol.

use std::sync::Arc;

use domain::sheet::{CellState, RowView, SheetView, Tiles, TimeView};
use domain::sop::{Activity, CellRef, Sop};
use domain::wall::window;
use leptos::prelude::*;

use super::Hands;
use super::cell::{Place, Spot};
use super::heat::Heat;
use super::keys::walk;
use super::time::time_words;
use crate::office::answer::{on_behalf, row_note};

/// A sheet. Without `hands` nothing in it can be clicked.
#[component]
pub fn SheetTable(
    /// The procedure.
    sop: StoredValue<Arc<Sop>>,
    /// How it stands.
    #[prop(into)]
    view: Signal<SheetView>,
    /// The lanes of the viewer, marked in the head.
    #[prop(optional, into)]
    mine: Vec<String>,
    /// Who may click.
    #[prop(optional)]
    hands: Option<Hands>,
    /// Whether to show every column of the official form.
    #[prop(optional)]
    official: bool,
    /// Whether to say the activities in a few words, and of a long sheet only what is near, to
    /// be read from afar.
    #[prop(optional)]
    small: bool,
    /// A layer of times, for a sheet without a run.
    #[prop(optional)]
    heat: Option<Arc<Heat>>,
) -> impl IntoView {
    let procedure = sop.get_value();
    let tiles = Arc::new(Tiles::of(&procedure));
    let caption = format!("Bagan alur {} {}", procedure.key.number, procedure.name);
    let heads = procedure
        .lanes
        .iter()
        .map(|lane| {
            let is_mine = mine.contains(&lane.id.0);
            view! { <th scope="col" class="lane" data-mine=is_mine.then_some("")>{breakable(&lane.name)}</th> }
        })
        .collect_view();
    let rows = (0..procedure.activities.len())
        .map(|index| row(index, &procedure, &tiles, view, hands, (official, small), heat.as_ref()))
        .collect_view();
    view! {
        <table class="sheet" data-official=official.then_some("") on:keydown=walk>
            <caption>{caption}</caption>
            <thead>
                <tr>
                    <th scope="col" class="no">"No"</th>
                    <th scope="col" class="act">{if official { "Kegiatan" } else { "Aktivitas" }}</th>
                    {heads}
                    {official.then(|| view! { <th scope="col" class="more">"Kelengkapan"</th> })}
                    <th scope="col" class="time">"Waktu"</th>
                    {official
                        .then(|| {
                            view! {
                                <th scope="col" class="more">"Output"</th>
                                <th scope="col" class="more">"Keterangan"</th>
                            }
                        })}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// A name that may break after a slash, and nowhere inside a word.
fn breakable(name: &str) -> String {
    name.replace('/', "/\u{200b}")
}

fn row(
    index: usize,
    sop: &Arc<Sop>,
    tiles: &Arc<Tiles>,
    view: Signal<SheetView>,
    hands: Option<Hands>,
    (official, small): (bool, bool),
    heat: Option<&Arc<Heat>>,
) -> impl IntoView + use<> {
    let activity = sop.activities.get(index).cloned()?;
    let seen = Memo::new(move |_| view.with(|view| view.rows.get(index).cloned()));
    let order = u16::try_from(index + 1).unwrap_or(u16::MAX);
    let places = (0..sop.lanes.len())
        .filter_map(|lane| {
            let column = sop.lanes.get(lane)?;
            let at = CellRef { activity: order, lane: column.id.clone() };
            let warm = heat.and_then(|heat| heat.cells.get(&at).cloned());
            let spot = Spot {
                shape: sop.cell(&at).map(|cell| cell.shape),
                at,
                lane_name: column.name.clone(),
                activity: activity.text.clone(),
                tile: tiles.at(index, lane).cloned().unwrap_or_default(),
                edges: Arc::clone(tiles),
                view,
                hands,
                heat: warm,
            };
            Some(view! { <Place spot/> })
        })
        .collect_view();
    let times = heat.and_then(|heat| heat.rows.get(index).cloned());
    let now = move || {
        let open = |row: &RowView| row.cells.iter().any(|cell| cell.state.is_open());
        seen.with(|row| row.as_ref().is_some_and(open)).then_some("")
    };
    let rows = sop.activities.len();
    let outside = move || {
        let at_work = |view: &SheetView| view.turn.as_ref().map_or(0, |turn| turn.at.activity);
        small && !window(rows, usize::from(view.with(at_work)).saturating_sub(1)).contains(&index)
    };
    let Activity { printed, text, short, time, requirements, output, remarks, .. } = activity;
    let text = if small { short } else { text };
    let sop = StoredValue::new(Arc::clone(sop));
    let missing = |text: Option<String>| match text {
        Some(text) => leptos::either::Either::Left(text),
        None => leptos::either::Either::Right(view! { <em class="unfilled">"belum diisi"</em> }),
    };
    Some(view! {
        <tr data-now=now hidden=outside>
            <td class="no">{printed}</td>
            <th scope="row" class="act">
                {text}
                {move || notes(sop, seen).into_iter().map(|note| view! { <small>{note}</small> }).collect_view()}
            </th>
            {places}
            {official.then(|| view! { <td class="more">{missing(requirements)}</td> })}
            <td class="time">
                <b>{time}</b>
                {move || {
                    let time = seen.with(|row| row.as_ref().map_or(TimeView::Silent, |row| row.time));
                    let line = |(words, strength)| view! { <span class=strength>{words}</span> };
                    times.clone().unwrap_or_else(|| time_words(time)).into_iter().map(line).collect_view()
                }}
            </td>
            {official
                .then(|| {
                    view! {
                        <td class="more">{missing(output)}</td>
                        <td class="more">{missing(remarks)}</td>
                    }
                })}
        </tr>
    })
}

/// What stands in small under the activity: rounds, on behalf, numbers and counts.
fn notes(sop: StoredValue<Arc<Sop>>, seen: Memo<Option<RowView>>) -> Vec<String> {
    let Some(row) = seen.get() else { return Vec::new() };
    let mut notes = Vec::new();
    sop.with_value(|sop| {
        if let Some((lane, reason)) = row.returned.as_ref().filter(|_| row.round > 1) {
            let reason = if reason.is_empty() { String::new() } else { format!(": “{reason}”") };
            notes.push(format!("Putaran {} · dikembalikan {}{reason}", row.round, sop.lane_name(lane)));
        }
        notes.extend(row.reports.map(|(reached, expected)| format!("{reached} dari {expected} PD")));
        for cell in row.cells.iter().filter(|cell| cell.state == CellState::Done) {
            let Some(last) = cell.past.last() else { continue };
            notes.extend(last.acting.as_ref().map(|acting| on_behalf(acting, sop)));
            if let Some(lane) = &last.recorded_by {
                notes.push(format!("Dicatat oleh {}", sop.lane_name(lane)));
            }
            if let (domain::run::OutcomeKind::Finished(answers), Some(cell)) =
                (&last.kind, sop.cell(&cell.at))
            {
                notes.extend(row_note(cell, answers));
            }
        }
    });
    notes
}
