//! `/papan`: the wall.

use desk::problem::Problem;
use domain::calendar::words;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::Board;
use crate::office::wall::{WallSnapshot, get_wall};
use crate::ui::Packed;

/// How long a run is shown when several are in progress and the address does not say, in seconds.
const TURN_SECONDS: u32 = 20;

/// The wall. It has no bar, never asks anybody to sign in, and never stands still unnoticed.
#[component]
pub fn WallPage() -> impl IntoView {
    let data = Resource::new_blocking(|| (), |()| get_wall());
    let seconds = use_query_map()
        .with_untracked(|query| query.get("putar").and_then(|seconds| seconds.parse().ok()))
        .unwrap_or(TURN_SECONDS);
    view! {
        <Title text="Papan"/>
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move {
                match data.await {
                    Ok(snapshot) => view! { <Wall snapshot seconds/> }.into_any(),
                    Err(problem) => view! { <NoWall problem/> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

/// The wall with its foot. The foot is kept by `papan.js`, which goes on when the rest stops.
#[component]
fn Wall(snapshot: WallSnapshot, seconds: u32) -> impl IntoView {
    let WallSnapshot { office, now, name } = snapshot;
    let day = words::weekday_date(domain::calendar::date_of(now));
    view! {
        <div class="wall" data-wall="papan" data-age="fresh" data-shift="0">
            <Board office=Packed(office) now seconds/>
            <p class="veil" role="status" hidden><span></span></p>
            <section class="foot" aria-label="Keadaan papan">
                <span class="chip" data-line="reaching"><i aria-hidden="true"></i><span>"Menyambungkan…"</span></span>
                <span>{name}</span>
                <b><span class="day">{day}</span>" · "<span class="clock">{words::clock(now)}</span>" WIB"</b>
            </section>
            <script src="/papan.js" defer></script>
        </div>
    }
    .into_any()
}

/// A display that may not see the wall: not yet, or no longer.
#[component]
fn NoWall(problem: Problem) -> impl IntoView {
    if problem == Problem::SignedOut {
        leptos_axum::redirect("/papan/pasang");
    }
    let (head, text) = match problem {
        Problem::Forbidden { .. } => (
            "Papan ini dicabut",
            "Administrator dapat memasangnya lagi dari halaman /papan/pasang di layar ini.",
        ),
        _ => ("Menunggu server", "Papan ini tampil sendiri begitu server siap."),
    };
    view! {
        <div class="wall" data-wall="tunggu">
            <main id="isi" class="board">
                <section class="quiet-page"><h1>{head}</h1><p>{text}</p></section>
            </main>
            <script src="/papan.js" defer></script>
        </div>
    }
    .into_any()
}
