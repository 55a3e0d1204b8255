//! What moves on the wall.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::id::RunId;
use domain::office::Office;
use domain::sheet::SheetView;
use domain::wall::{Turns, last_ended, next_date, shown};
use leptos::prelude::*;

use super::html;
use super::picture::Picture;
use crate::live::{LineState, LiveOffice, Scope, page_line};
use crate::sheet::SheetTable;
use crate::ui::Packed;

/// What is said beside the sheet, as HTML.
#[derive(Clone, Default, PartialEq)]
struct Face {
    tone: &'static str,
    turn: String,
    tiles: String,
    /// In how many rows of at most fifteen the tiles would fit.
    rows: usize,
    calm: String,
}

/// The live part of the wall. What has to go on when this stops, clock, age of the picture and
/// watchdog, is not in here but in `public/papan.js`, which reads the marks on the root.
#[island]
pub fn Board(office: Packed<Office>, now: DateTime<Utc>, seconds: u32) -> impl IntoView {
    let Packed(office) = office;
    let LiveOffice { office, now } = LiveOffice::follow(office, now, Scope::Wall);
    let line = page_line();
    let revoked = move || line.state.get() == LineState::SignedOut;
    let run = Memo::new(move |_| {
        office.with(|office| shown(office, Turns::of_seconds(seconds), now.get())).filter(|_| !revoked())
    });
    let face = Memo::new(move |_| office.with(|office| Face::of(office, run.get(), now.get(), revoked())));
    let idle = move || run.with(Option::is_none);
    // Counts, because the server's clock may stand still where something was heard all the same.
    let heard = counter(move || line.heard.track());
    let called = counter(move || line.call.track());
    let named = move || called().checked_sub(1).filter(|times| *times > 0).map(|times| times % 2);
    let state = move || match line.state.get() {
        LineState::On => "on",
        LineState::SignedOut => "revoked",
        LineState::Still | LineState::Reaching => "reaching",
    };
    view! {
        <main
            id="isi"
            class="board"
            data-seq=move || office.with(|office| office.seq)
            data-live=LiveOffice::data_live()
            data-line=state
            data-heard=heard
            data-now=move || now.get().timestamp_millis()
            data-outdated=move || line.outdated.get().then_some("")
            data-tone=move || face.with(|face| face.tone)
        >
            <section class="turn-now" hidden=idle inner_html=move || face.with(|face| face.turn.clone())></section>
            <div class="mini" hidden=idle>{move || run.get().map(|id| sheet(id, office, now))}</div>
            <ul
                class="tiles"
                data-rows=move || face.with(|face| face.rows)
                hidden=move || face.with(|face| face.tiles.is_empty())
                inner_html=move || face.with(|face| face.tiles.clone())
            ></ul>
            <section
                class="quiet-page"
                hidden=move || !idle()
                inner_html=move || face.with(|face| face.calm.clone())
            ></section>
            <p class="call" data-shown=named>{move || line.call.get()}</p>
        </main>
    }
}

/// Counts how often something was told, the first look included.
fn counter(track: impl Fn() + Copy + Send + Sync + 'static) -> impl Fn() -> u32 + Copy + Send + Sync {
    let times = StoredValue::new(0_u32);
    move || {
        track();
        times.update_value(|times| *times = times.wrapping_add(1));
        times.get_value()
    }
}

/// The sheet of a run, in small.
fn sheet(id: RunId, office: RwSignal<Office>, now: RwSignal<DateTime<Utc>>) -> impl IntoView + use<> {
    let sop = office.with_untracked(|office| office.run(id).map(|(_, sop)| Arc::new(sop.clone())))?;
    let held = StoredValue::new(sop);
    let view = Memo::new(move |_| {
        office.with(|office| match office.run(id) {
            Some((run, sop)) => SheetView::of(sop, run, &office.calendar, now.get()),
            None => held.with_value(|sop| SheetView::blank(sop)),
        })
    });
    Some(view! { <SheetTable sop=held view small=true/> })
}

impl Face {
    fn of(office: &Office, run: Option<RunId>, now: DateTime<Utc>, revoked: bool) -> Self {
        if revoked {
            return Self { calm: html::REVOKED.to_owned(), ..Self::default() };
        }
        if run.is_none() {
            let calm = html::calm(last_ended(office, now).as_ref(), next_date(office, now).as_ref(), now);
            return Self { calm, ..Self::default() };
        }
        let picture = Picture::of(office, run, now);
        Self {
            tone: picture.tone,
            turn: html::turn(&picture),
            tiles: html::tiles(&picture),
            rows: picture.tiles.len().div_ceil(15).clamp(1, 6),
            calm: String::new(),
        }
    }
}
