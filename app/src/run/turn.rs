//! The one sentence above the sheet: whose turn, what, since when, until when.

use std::sync::Arc;

use domain::calendar::words;
use domain::office::Command;
use domain::run::Status;
use domain::sheet::SheetView;
use domain::sop::Sop;
use leptos::prelude::*;

use crate::sheet::{Hands, left_words};

/// What the sentence says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Words {
    /// `mine`, `theirs`, `late`, `paused` or `over`.
    tone: &'static str,
    eyebrow: String,
    what: String,
    since: String,
    until: String,
    left: String,
}

/// Whose turn it is.
#[component]
pub(super) fn TurnLine(
    /// The procedure.
    sop: StoredValue<Arc<Sop>>,
    /// How the sheet stands.
    #[prop(into)]
    view: Signal<SheetView>,
    /// Whether the run goes on.
    #[prop(into)]
    status: Signal<Status>,
    /// Who may act, and where a click leads.
    hands: Hands,
) -> impl IntoView {
    let mine = Memo::new(move |_| {
        hands.commands.with(|commands| {
            commands.iter().find_map(|command| match command {
                Command::FinishCell { cell, .. } => Some(cell.clone()),
                _ => None,
            })
        })
    });
    let words = Memo::new(move |_| {
        let mine = mine.with(Option::is_some);
        sop.with_value(|sop| view.with(|view| status.with(|status| say(sop, view, status, mine))))
    });
    let part = move |pick: fn(&Words) -> &String| move || words.with(|words| pick(words).clone());
    let act = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        hands.picked.set(mine.get_untracked());
    };
    view! {
        <section class="turn" data-tone=move || words.with(|words| words.tone) aria-label="Giliran">
            <div>
                <small>{part(|words| &words.eyebrow)}</small>
                <strong>{part(|words| &words.what)}</strong>
                <span class="since">{part(|words| &words.since)}</span>
            </div>
            <div class="count">
                <small>{part(|words| &words.until)}</small>
                <strong>{part(|words| &words.left)}</strong>
            </div>
            {move || {
                mine.get()
                    .map(|cell| {
                        let row = sop.with_value(|sop| printed(sop, cell.activity));
                        view! {
                            <button
                                class="primary"
                                form="pilih"
                                name="sel"
                                value=cell.to_string()
                                on:click=act
                            >
                                {format!("Selesaikan baris {row}…")}
                            </button>
                        }
                    })
            }}
        </section>
    }
}

fn printed(sop: &Sop, activity: u16) -> String {
    sop.activity(activity).map_or_else(String::new, |row| row.printed.trim_end_matches('.').to_owned())
}

fn say(sop: &Sop, view: &SheetView, status: &Status, mine: bool) -> Words {
    let over = |eyebrow: &str, what: String, since: String| Words {
        tone: "over",
        eyebrow: eyebrow.to_owned(),
        what,
        since,
        ..Words::default()
    };
    let Some(turn) = &view.turn else {
        return match status {
            Status::Cancelled(stamp, reason) => {
                over("Dibatalkan", format!("“{reason}”"), format!("sejak {}", words::full(stamp.at)))
            }
            Status::Finished(stamp) => {
                over("Selesai", "Semua langkah sudah dikerjakan".to_owned(), words::full(stamp.at))
            }
            Status::Going => Words::default(),
        };
    };
    let lane = sop.lane_name(&turn.at.lane);
    let row = printed(sop, turn.at.activity);
    let what = sop.activity(turn.at.activity).map_or_else(String::new, |row| row.text.clone());
    let since = format!("sejak {}", words::short(turn.since));
    if let Some((from, reason)) = &turn.paused {
        let eyebrow = format!("Dijeda sejak {}: “{reason}”", words::short(*from));
        return Words { tone: "paused", eyebrow, what, since, ..Words::default() };
    }
    let (left, until) = left_words(turn.time).unwrap_or_default();
    let tone = match (turn.late, mine) {
        (true, _) => "late",
        (false, true) => "mine",
        (false, false) => "theirs",
    };
    let round = if turn.round > 1 { format!(" · putaran {}", turn.round) } else { String::new() };
    let who = if mine { "Giliran Anda" } else { "Menunggu" };
    Words { tone, eyebrow: format!("{who} · {lane} · baris {row}{round}"), what, since, until, left }
}
