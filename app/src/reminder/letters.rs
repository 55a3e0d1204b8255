//! Which mails went, and how it ended.

use desk::reminder::{Letter, LetterState};
use domain::calendar::words;
use domain::reminder::{About, Rung};
use leptos::prelude::*;

/// Every mail about a run.
#[component]
pub(super) fn Letters(letters: Vec<(String, Letter)>) -> impl IntoView {
    if letters.is_empty() {
        return view! { <p class="hint">"Belum ada surel yang dikirim dalam pelaksanaan ini."</p> }
            .into_any();
    }
    let rows = letters.into_iter().map(|(name, letter)| row(name, &letter)).collect_view();
    view! {
        <div class="scroll" tabindex="0">
            <table class="list letters">
                <thead>
                    <tr>
                        <th scope="col">"Kepada"</th>
                        <th scope="col">"Tentang"</th>
                        <th scope="col">"Keadaan"</th>
                        <th scope="col">"Waktu"</th>
                        <th scope="col">"Keterangan"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(name: String, letter: &Letter) -> impl IntoView + use<> {
    let about = about(&letter.reminder.about);
    let (state, key) = state(letter);
    let when = words::short(letter.done_at.unwrap_or(letter.made_at));
    let by = match &letter.made_by {
        Some(by) => format!("dilepas {by}"),
        None => "otomatis".to_owned(),
    };
    let note = if letter.note.is_empty() { by } else { format!("{by} · {}", letter.note) };
    view! {
        <tr data-letter=key>
            <th scope="row">{name}</th>
            <td>{about}</td>
            <td class="how">{state}</td>
            <td>{when}</td>
            <td class="note">{note}</td>
        </tr>
    }
}

fn about(about: &About) -> String {
    match about {
        About::Report(step) => format!("LKj, {}", step.word()),
        About::Turn(cell, 1) => format!("giliran baris {}", cell.activity),
        About::Turn(cell, round) => format!("giliran baris {}, putaran {round}", cell.activity),
        About::Row(row, Rung::Early) => format!("baris {row} hampir habis waktu"),
        About::Row(row, Rung::Due) => format!("baris {row} jatuh tempo"),
        About::Row(row, Rung::Over) => format!("baris {row} masih terlambat"),
    }
}

/// In the office's words, and as markup says it.
fn state(letter: &Letter) -> (String, &'static str) {
    let tries = |text: &str| match letter.tries {
        0 | 1 => text.to_owned(),
        tries => format!("{text}, {tries} kali dicoba"),
    };
    match letter.state {
        LetterState::Waiting if letter.repeated => {
            ("jawaban server hilang, dicoba sekali lagi".to_owned(), "waiting")
        }
        LetterState::Waiting => (tries("menunggu"), "waiting"),
        LetterState::Sending => ("sedang dikirim".to_owned(), "waiting"),
        LetterState::Sent if letter.repeated => {
            ("terkirim; mungkin dua kali, karena jawaban pertama hilang".to_owned(), "twice")
        }
        LetterState::Sent => ("terkirim".to_owned(), "sent"),
        LetterState::Failed => (tries("gagal"), "failed"),
        LetterState::Uncertain => ("tidak pasti apakah terkirim".to_owned(), "failed"),
        LetterState::Dropped => ("tidak jadi".to_owned(), "dropped"),
    }
}
