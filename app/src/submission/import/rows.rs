//! The rows that would be imported, and those that would not.

use domain::achievement::import::{Left, Taken, Understood};
use domain::achievement::{Field, Reading};
use leptos::prelude::*;

/// The rows that would be imported. Numbers are shown as they are read.
#[component]
pub(super) fn RowsCard(
    understood: Understood,
    /// For each row whether the draft has it.
    there: Vec<bool>,
) -> impl IntoView {
    let rows = understood.rows;
    let count = rows.len();
    let again = there.iter().filter(|there| **there).count();
    let words = match again {
        0 => String::new(),
        again => format!("{again} baris bertanda sudah ada di tabel: sasaran dan indikatornya sama."),
    };
    let there = there.into_iter().chain(std::iter::repeat(false));
    let lines = rows.into_iter().zip(there).map(|(taken, there)| line(taken, there)).collect_view();
    view! {
        <section class="part">
            <h2>{format!("Baris yang diambil: {count}")}</h2>
            <p class="hint">{words}</p>
            <div class="scroll">
                <table class="read" id="baris-impor">
                    <thead>
                        <tr>
                            <th scope="col">"Baris"</th>
                            <th scope="col">"Sasaran"</th>
                            <th scope="col">"Indikator"</th>
                            <th scope="col">"Satuan"</th>
                            <th scope="col">"Target"</th>
                            <th scope="col">"Realisasi"</th>
                            <th scope="col">"Tahun lalu"</th>
                            <th scope="col">"Capaian"</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn line(taken: Taken, there: bool) -> impl IntoView {
    let Taken { line, row } = taken;
    let read = |field: Field| match Reading::of(row.text(field)) {
        Reading::Nothing => "-".to_owned(),
        Reading::Fault(_) => row.text(field).to_owned(),
        reading => reading.shown(),
    };
    let (target, realisasi, last) = (read(Field::Target), read(Field::Realisasi), read(Field::Last));
    let achievement = row.achievement().to_string();
    let mark = there.then(|| view! { <small>"sudah ada"</small> });
    view! {
        <tr>
            <td>{line}" "{mark}</td>
            <td>{row.sasaran}</td>
            <td>{row.indikator}</td>
            <td>{row.satuan}</td>
            <td>{target}</td>
            <td>{realisasi}</td>
            <td>{last}</td>
            <td>{achievement}</td>
        </tr>
    }
}

/// The rows that would not be imported, each with its reason.
#[component]
pub(super) fn LeftCard(left: Vec<Left>) -> impl IntoView {
    let count = left.len();
    let lines = left
        .into_iter()
        .map(|left| {
            view! {
                <li>
                    {format!("Baris {}: ", left.line)}
                    <b>{left.why.to_string()}</b>
                    " “"
                    {left.text}
                    "”"
                </li>
            }
        })
        .collect_view();
    (count > 0).then(|| {
        view! {
            <section class="part" id="baris-tersisih">
                <h2>{format!("Baris yang tidak diambil: {count}")}</h2>
                <ul>{lines}</ul>
            </section>
        }
    })
}
