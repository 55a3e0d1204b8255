//! The sheet, the columns, and the cells that are asked about.

use desk::report::import::key;
use domain::achievement::import::{Choice, Column, Doubtful, Held, Understood, letters};
use leptos::prelude::*;

/// Which file and which sheet, and what the sender may not see.
#[component]
pub(super) fn SheetCard(
    /// What the file is called.
    name: String,
    understood: Understood,
) -> impl IntoView {
    let Understood { sheet, others, heading, said, .. } = understood;
    let heading = match heading.as_slice() {
        [] => "tidak ada".to_owned(),
        [only] => format!("baris {only}"),
        [first, .., last] => format!("baris {first} sampai {last}"),
    };
    let chosen = sheet.at;
    let mut sheets = others;
    sheets.push((sheet.at, sheet.name.clone()));
    sheets.sort();
    let select = (sheets.len() > 1).then(|| {
        let options = sheets
            .into_iter()
            .map(|(at, name)| view! { <option value=at selected=at == chosen>{name}</option> })
            .collect_view();
        view! {
            <label>
                "Lembar yang diambil"
                <select name="lembar">{options}</select>
            </label>
        }
    });
    let said = said.into_iter().map(|said| view! { <li>{said}</li> }).collect_view();
    view! {
        <section class="part">
            <h2>"Berkas"</h2>
            <dl>
                <dt>"Nama"</dt>
                <dd>{name}</dd>
                {(!sheet.name.is_empty()).then(|| view! { <dt>"Lembar"</dt><dd>{sheet.name.clone()}</dd> })}
                <dt>"Judul kolom"</dt>
                <dd>{heading}</dd>
            </dl>
            <ul>{said}</ul>
            {select}
        </section>
    }
    .into_any()
}

/// What becomes of every column, and what there is to choose.
#[component]
pub(super) fn ColumnsCard(understood: Understood) -> impl IntoView {
    let Understood { columns, choices, missing, .. } = understood;
    let named = |at: usize| {
        let name = columns.iter().find(|column| column.at == at).map(|column| column.name.clone());
        let name = name.filter(|name| !name.is_empty()).unwrap_or_else(|| "tanpa judul".to_owned());
        format!("{} ({name})", letters(at))
    };
    let choices = choices
        .into_iter()
        .map(|choice| {
            let options = choice.among.iter().map(|at| (*at, named(*at))).collect();
            view! { <Choosing choice options/> }
        })
        .collect_view();
    let missing: Vec<_> = missing.into_iter().map(|field| field.word().to_lowercase()).collect();
    let missing = (!missing.is_empty()).then(|| format!("Tidak ada kolomnya: {}.", missing.join(", ")));
    let rows = columns.iter().cloned().map(column).collect_view();
    view! {
        <section class="part">
            <h2>"Kolom"</h2>
            {choices}
            <div class="scroll">
                <table class="read">
                    <thead>
                        <tr>
                            <th scope="col">"Kolom"</th>
                            <th scope="col">"Judul di berkas"</th>
                            <th scope="col">"Menjadi"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="hint">{missing}</p>
        </section>
    }
    .into_any()
}

fn column(column: Column) -> impl IntoView {
    let held = match column.held {
        Held::Field(field) => field.word().to_owned(),
        Held::Left(why) => format!("tidak diambil: {why}"),
    };
    view! {
        <tr>
            <td>{letters(column.at)}</td>
            <td>{column.name}</td>
            <td>{held}</td>
        </tr>
    }
}

/// Which of several columns holds something.
#[component]
fn Choosing(choice: Choice, options: Vec<(usize, String)>) -> impl IntoView {
    let Choice { field, chosen, why, must, .. } = choice;
    let none = if must { "pilih dulu" } else { "tidak diambil" };
    let options = options
        .into_iter()
        .map(|(at, name)| view! { <option value=at selected=chosen == Some(at)>{name}</option> })
        .collect_view();
    let name = format!("kolom[{}]", key(field));
    let label = format!("{} diambil dari kolom", field.word());
    view! {
        <label>
            {label}
            <select name=name required=must>
                <option value="" selected=chosen.is_none()>{none}</option>
                {options}
            </select>
            <small>{why}</small>
        </label>
    }
    .into_any()
}

/// The cells that are asked about or were read in a way that is worth a look.
#[component]
pub(super) fn DoubtsCard(understood: Understood) -> impl IntoView {
    let Understood { rows, doubts, .. } = understood;
    let mut cells: Vec<(Doubtful, Vec<String>)> = Vec::new();
    for doubt in doubts {
        match cells.iter_mut().find(|(other, _)| other.cell == doubt.cell) {
            Some((other, said)) => {
                other.asks |= doubt.asks;
                said.push(doubt.sentence);
            }
            None => {
                let said = vec![doubt.sentence.clone()];
                cells.push((doubt, said));
            }
        }
    }
    cells.sort_by_key(|(doubt, _)| (!doubt.asks, doubt.row));
    let count = cells.len();
    let cells = cells
        .into_iter()
        .map(|(doubt, said)| {
            let of = rows.get(doubt.row).map(|taken| taken.row.indikator.clone()).unwrap_or_default();
            view! { <Cell doubt said of/> }
        })
        .collect_view();
    (count > 0).then(|| {
        view! {
            <section class="part back">
                <h2>{format!("Perlu diperiksa: {count} isian")}</h2>
                <p class="hint">"Perbaiki di sini bila salah, atau biarkan bila sudah benar."</p>
                <ul>{cells}</ul>
            </section>
        }
    })
}

#[component]
fn Cell(
    doubt: Doubtful,
    /// What there is to say.
    said: Vec<String>,
    /// The indikator of its row.
    of: String,
) -> impl IntoView {
    let label = format!("Sel {}, {}: {of}", doubt.cell, doubt.field.word().to_lowercase());
    let said = said.join("; ");
    view! {
        <li>
            <label>
                {label}
                <input name=format!("isi[{}]", doubt.cell) value=doubt.text autocomplete="off"/>
                <small>{said}</small>
            </label>
        </li>
    }
    .into_any()
}
