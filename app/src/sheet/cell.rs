//! One place of the table: its pieces of lines, and its symbol if it has one.

use std::sync::Arc;

use domain::calendar::words;
use domain::office::Command;
use domain::sheet::{Anchor, Axis, CellState, CellView, LineKind, Segment, SheetView, Side, Tile, Tiles};
use domain::sop::{CellRef, Shape};
use leptos::prelude::*;

use super::hands::Hands;
use crate::ui::Icon;

/// What a place shows.
pub(super) struct Spot {
    pub(super) at: CellRef,
    pub(super) lane_name: String,
    pub(super) activity: String,
    pub(super) shape: Option<Shape>,
    pub(super) tile: Tile,
    pub(super) edges: Arc<Tiles>,
    pub(super) view: Signal<SheetView>,
    pub(super) hands: Option<Hands>,
    /// How hot it is, its part of the whole, and its time, in words.
    pub(super) heat: Option<(u8, String, String)>,
}

/// A place of the table.
#[component]
pub(super) fn Place(spot: Spot) -> impl IntoView {
    let Spot { at, lane_name, activity, shape, tile, edges, view, hands, heat } = spot;
    // Most places are empty, and nothing ever happens there.
    let seen = shape.map(|_| {
        let place = at.clone();
        Memo::new(move |_| view.with(|view| view.cell(&place).cloned()))
    });
    let state = move || seen.map_or(CellState::Idle, state_of);
    let lines = tile.segments.iter().map(|piece| line(piece, &edges, view)).collect_view();
    let class = if shape.is_some() { "lane has" } else { "lane" };
    let (activity_order, lane, name) = (at.activity, at.lane.0.clone(), lane_name.clone());
    view! {
        <td
            class=class
            data-activity=activity_order
            data-lane=lane
            data-name=name
            data-state=move || state().name()
        >
            {lines}
            {tile.arrow.map(|side| view! { <i class=format!("head {}", side_class(side))></i> })}
            {tile.back_arrow.map(|side| view! { <i class=format!("head back {}", side_class(side))></i> })}
            {tile.yes.filter(|_| shape == Some(Shape::Decision)).map(|side| label("Ya", side))}
            {tile.no.map(|side| label("Tidak", side))}
            {shape
                .zip(seen)
                .map(|(shape, seen)| view! { <Symbol at lane_name activity shape seen view hands heat/> })}
        </td>
    }
}

fn state_of(seen: Memo<Option<CellView>>) -> CellState {
    seen.with(|cell| cell.as_ref().map_or(CellState::Idle, |cell| cell.state))
}

#[component]
fn Symbol(
    at: CellRef,
    lane_name: String,
    activity: String,
    shape: Shape,
    seen: Memo<Option<CellView>>,
    view: Signal<SheetView>,
    hands: Option<Hands>,
    heat: Option<(u8, String, String)>,
) -> impl IntoView {
    let state = Memo::new(move |_| state_of(seen));
    let row = usize::from(at.activity).saturating_sub(1);
    let reports = Memo::new(move |_| view.with(|view| view.rows.get(row)?.reports));
    let last =
        move || seen.with(|cell| cell.as_ref().and_then(|cell| Some(words::short(cell.past.last()?.at))));
    let stamp = move || {
        // A diamond has no room for day and hour; both are in its name and its dialog.
        if shape != Shape::Decision {
            return last();
        }
        let brief = |cell: &CellView| cell.past.last().map(|past| words::brief(past.at, past.since));
        seen.with(|cell| cell.as_ref().and_then(brief))
    };
    let mine = finishable(hands, at.clone());
    let level = heat.as_ref().map_or(0, |(level, ..)| *level);
    let warm = if level > 0 { format!(" heat-{level}") } else { String::new() };
    let class = move || format!("shape {} {}{warm}", shape_class(shape), state.get().name());
    let inside = move || {
        let (icon, words) = match state.get() {
            CellState::Idle => return None,
            CellState::Active if mine.get() => ("hand", "Selesaikan".to_owned()),
            CellState::Active => ("hand", "Giliran".to_owned()),
            CellState::Late => ("clock", "Terlambat".to_owned()),
            CellState::Done => ("check", stamp().unwrap_or_default()),
            CellState::Returned => ("back", stamp().unwrap_or_default()),
        };
        let count = reports.get().filter(|_| state.get().is_open());
        // Drawn by the style, so that the button's name stays the act and the row; the row says it in words.
        let count = count.map(|(reached, expected)| {
            view! { <small data-count=format!("{reached} / {expected}")></small> }
        });
        Some(view! { <span><Icon name=icon/>{words}{count}</span> })
    };
    let drawing = view! {
        <svg aria-hidden="true" focusable="false"><use_ href=format!("#s-{}", shape_class(shape))/></svg>
    };
    let Some(hands) = hands else {
        let words = heat.map(|(_, share, time)| view! { <span><b>{share}</b>{time}</span> });
        return leptos::either::Either::Left(view! { <div class=class>{drawing}{inside}{words}</div> });
    };
    let value = at.to_string();
    let name = move || {
        // The name holds the words that can be seen, for people who speak to their screen.
        let late = if state.get() == CellState::Late { ", terlambat" } else { "" };
        if mine.get() {
            return format!("Selesaikan: {activity}{late}");
        }
        let state = match state.get() {
            CellState::Idle => "belum".to_owned(),
            CellState::Active | CellState::Late => format!("giliran{late}"),
            CellState::Done => format!("selesai {}", last().unwrap_or_default()),
            CellState::Returned => format!("dikembalikan {}", last().unwrap_or_default()),
        };
        format!("Lihat: {activity}, {lane_name}, {state}")
    };
    let pick = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        hands.picked.set(Some(at.clone()));
    };
    leptos::either::Either::Right(view! {
        <button class=class form="pilih" name="sel" value=value aria-label=name on:click=pick>
            {drawing}
            {inside}
        </button>
    })
}

/// Whether the viewer may finish this cell now.
fn finishable(hands: Option<Hands>, at: CellRef) -> Memo<bool> {
    Memo::new(move |_| {
        let finishes = |command: &Command| matches!(command, Command::FinishCell { cell, .. } if *cell == at);
        hands.is_some_and(|hands| hands.commands.with(|commands| commands.iter().any(finishes)))
    })
}

fn line(piece: &Segment, tiles: &Tiles, view: Signal<SheetView>) -> impl IntoView + use<> {
    let edge = tiles.edges.get(usize::from(piece.edge)).cloned();
    let back = edge.as_ref().filter(|edge| edge.kind == LineKind::Return).map(|edge| edge.from.clone());
    let axis = match piece.axis {
        Axis::Horizontal => 'h',
        Axis::Vertical => 'v',
    };
    let letter = |anchor| match anchor {
        Anchor::Start => 's',
        Anchor::Forward => 'f',
        Anchor::Back => 'b',
        Anchor::Centre => 'c',
        Anchor::FarBack => 'q',
        Anchor::End => 'e',
    };
    let kind = if back.is_some() { " r" } else { "" };
    let (from, to, at) = (letter(piece.from), letter(piece.to), letter(piece.at));
    let class = format!("s {axis} {axis}-{from}{to} {axis}-at-{at} k{}{kind}", piece.track.min(3));
    let walked = move || {
        let back = back.as_ref()?;
        view.with(|view| view.returned_from.contains(back)).then_some("")
    };
    view! { <i class=class data-walked=walked></i> }
}

fn label(text: &'static str, side: Side) -> impl IntoView {
    view! { <i class=format!("yn {}", side_class(side))>{text}</i> }
}

fn side_class(side: Side) -> &'static str {
    match side {
        Side::Top => "top",
        Side::Right => "right",
        Side::Bottom => "bottom",
        Side::Left => "left",
    }
}

fn shape_class(shape: Shape) -> &'static str {
    match shape {
        Shape::Start | Shape::End => "capsule",
        Shape::Process => "process",
        Shape::Decision => "decision",
    }
}
