//! Says whether the page is connected, and how old its picture is.

use domain::calendar::words;
use leptos::prelude::*;

use super::line::{LineState, page_line};

/// The state of the line in the bar.
#[island]
pub fn LiveChip() -> impl IntoView {
    let line = page_line();
    let state = line.state;
    let name = move || match state.get() {
        LineState::Still => "still",
        LineState::Reaching => "reaching",
        LineState::On => "on",
        LineState::SignedOut => "signed-out",
    };
    let heard = move || line.heard.get().map(words::clock_seconds).unwrap_or_default();
    let text = move || match (state.get(), line.heard.with(Option::is_some)) {
        (LineState::Still, _) => String::new(),
        (LineState::Reaching, false) => "Menyambungkan…".to_owned(),
        (LineState::Reaching, true) => format!("Terputus · data pukul {}", heard()),
        (LineState::On, _) => format!("Tersambung · {}", heard()),
        (LineState::SignedOut, _) => "Sesi berakhir".to_owned(),
    };
    view! {
        <span class="chip" data-line=name role="status" hidden=move || state.get() == LineState::Still>
            <i aria-hidden="true"></i>
            <span>{text}</span>
        </span>
        <a class="chip" href="" rel="external" hidden=move || !line.outdated.get()>
            "Versi baru · muat ulang"
        </a>
        <a class="chip" href="/masuk" rel="external" hidden=move || state.get() != LineState::SignedOut>
            "Masuk lagi"
        </a>
    }
}
