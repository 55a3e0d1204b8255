//! The table itself. What is typed is computed at once, by the code that the server uses.

use domain::achievement::{Achievement, Polarity, Row};
use leptos::prelude::*;

use crate::ui::Area;

/// Empty rows below the last one.
const SPARE: usize = 3;

/// One row of the screen.
#[derive(Clone, Copy, PartialEq, Eq)]
struct GridRow {
    /// Its place, which is also its field's index.
    place: usize,
    /// What is in it.
    row: RwSignal<Row>,
}

impl GridRow {
    fn new((place, row): (usize, Row)) -> Self {
        Self { place, row: RwSignal::new(row) }
    }
}

/// The table. `found` are the office's findings, by row.
#[cfg_attr(any(feature = "ssr", feature = "agency"), island)]
#[cfg_attr(not(any(feature = "ssr", feature = "agency")), component)]
pub(super) fn AchievementTable(
    rows: Vec<Row>,
    found: Vec<(usize, String)>,
    /// The year that the report is about.
    year: i32,
) -> impl IntoView {
    let spare = std::iter::repeat_n(Row::default(), SPARE);
    let lines: Vec<_> = rows.into_iter().chain(spare).enumerate().map(GridRow::new).collect();
    let lines = RwSignal::new(lines);
    let said = RwSignal::new(String::new());
    let found = StoredValue::new(found);
    let add = move |_| lines.update(|lines| lines.push(GridRow::new((lines.len(), Row::default()))));
    let paste = move |event: leptos::ev::ClipboardEvent| {
        #[cfg(feature = "hydrate")]
        take_paste(&event, year, lines, said);
        #[cfg(not(feature = "hydrate"))]
        let _ = (&event, year, said);
    };
    view! {
        <div class="scroll" on:paste=paste>
            <table class="grid">
                <thead>
                    <tr>
                        <th scope="col">"Sasaran"</th>
                        <th scope="col">"Indikator dan satuan"</th>
                        <th scope="col">"Target dan arah"</th>
                        <th scope="col">"Realisasi dan tahun lalu"</th>
                        <th scope="col">"Capaian"</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || lines.get() key=|line| (line.place, line.row) let:line>
                        {row(line, found)}
                    </For>
                </tbody>
            </table>
        </div>
        <p class="row">
            <button class="ghost script" type="button" on:click=add>"Tambah indikator"</button>
            <span class="hint" role="status">{said}</span>
        </p>
    }
}

fn row(line: GridRow, found: StoredValue<Vec<(usize, String)>>) -> impl IntoView {
    let GridRow { place, row } = line;
    let name = |field: &str| format!("baris[{place}][{field}]");
    let label = move |field: &str| format!("{field}, baris {}", place + 1);
    let achievement = Memo::new(move |_| row.with(Row::achievement));
    let empty = move || row.with(|row| *row == Row::default());
    let percent = move || match achievement.get() {
        _ if empty() => String::new(),
        Achievement::Percent(percent) => format!("{}%", percent.fixed(2)),
        Achievement::Missing => "—".to_owned(),
        other => other.to_string(),
    };
    let category = move || achievement.get().category();
    let class = move || match category().map(|category| category as u8) {
        Some(0..=1) => "high",
        Some(2) => "mid",
        Some(_) => "low",
        None => "none",
    };
    let remarks = move || {
        let all = row.with(|row| {
            let faults = if *row == Row::default() { Vec::new() } else { row.faults() };
            let doubts = row.remarks();
            let faults = faults.into_iter().map(|fault| (true, fault.sentence));
            faults.chain(doubts.into_iter().map(|doubt| (false, doubt.sentence))).collect::<Vec<_>>()
        });
        let formula = row.with(Row::formula).map(|formula| view! { <small>{formula}</small> });
        let all = all
            .into_iter()
            .map(|(bad, words)| view! { <small class=if bad { "bad" } else { "doubt" }>{words}</small> })
            .collect_view();
        (formula, all)
    };
    let findings = found.with_value(|found| {
        found.iter().filter(|(at, _)| *at == place).map(|(_, text)| text.clone()).collect::<Vec<_>>()
    });
    let findings =
        findings.into_iter().map(|text| view! { <small class="found">{text}</small> }).collect_view();
    view! {
        <tr id=format!("baris-{}", place + 1)>
            <td>
                <span class="tag" aria-hidden="true">"sasaran"</span>
                <Area
                    text=Signal::derive(move || row.with(|row| row.sasaran.clone()))
                    attr:name=name("sasaran")
                    attr:rows="2"
                    attr:aria-label=label("Sasaran")
                    attr:placeholder="sasaran"
                    on:input=move |event| row.update(|row| row.sasaran = event_target_value(&event))
                />
            </td>
            <td>
                <span class="tag" aria-hidden="true">"indikator"</span>
                <Area
                    text=Signal::derive(move || row.with(|row| row.indikator.clone()))
                    attr:name=name("indikator")
                    attr:rows="2"
                    attr:aria-label=label("Indikator")
                    attr:placeholder="indikator"
                    on:input=move |event| row.update(|row| row.indikator = event_target_value(&event))
                />
                {text(row, name("satuan"), label("Satuan"), "satuan", |row| &row.satuan, |row, text| row.satuan = text)}
                {findings}
            </td>
            <td class="n">
                {text(row, name("target"), label("Target"), "target", |row| &row.target, |row, text| row.target = text)}
                <span class="tag" aria-hidden="true">"arah"</span>
                <select
                    name=name("polarity")
                    aria-label=label("Arah")
                    on:change:target=move |event| row.update(|row| row.polarity = polarity(&event.target().value()))
                >
                    <option value="higher_is_better" selected=move || row.with(|row| row.polarity == Polarity::HigherIsBetter)>
                        "tinggi lebih baik ↑"
                    </option>
                    <option value="lower_is_better" selected=move || row.with(|row| row.polarity == Polarity::LowerIsBetter)>
                        "rendah lebih baik ↓"
                    </option>
                </select>
            </td>
            <td class="n">
                {text(row, name("realisasi"), label("Realisasi"), "realisasi", |row| &row.realisasi, |row, text| row.realisasi = text)}
                {text(row, name("last"), label("Capaian tahun lalu"), "tahun lalu", |row| &row.last, |row, text| row.last = text)}
                <input type="hidden" name=name("note") value=row.with_untracked(|row| row.note.clone())/>
            </td>
            <td class="n">
                <b>{percent}</b>
                <small class=class>{move || category().map(domain::achievement::Category::word)}</small>
                {remarks}
            </td>
        </tr>
    }
}

fn text(
    row: RwSignal<Row>,
    name: String,
    label: String,
    placeholder: &'static str,
    read: fn(&Row) -> &String,
    write: fn(&mut Row, String),
) -> impl IntoView {
    view! {
        <span class="tag" aria-hidden="true">{placeholder}</span>
        <input
            name=name
            aria-label=label
            placeholder=placeholder
            autocomplete="off"
            value=row.with_untracked(|row| read(row).clone())
            prop:value=move || row.with(|row| read(row).clone())
            on:input:target=move |event| row.update(|row| write(row, event.target().value()))
        />
    }
}

/// The polarity of a form field.
pub(super) fn polarity(value: &str) -> Polarity {
    if value == "lower_is_better" { Polarity::LowerIsBetter } else { Polarity::HigherIsBetter }
}

/// Takes many rows at once: in the place of an empty table, else below what is there.
#[cfg(feature = "hydrate")]
fn take_paste(
    event: &leptos::ev::ClipboardEvent,
    year: i32,
    lines: RwSignal<Vec<GridRow>>,
    said: RwSignal<String>,
) {
    use domain::achievement::paste::parse;
    let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()).unwrap_or_default();
    if !text.contains('\t') {
        return;
    }
    event.prevent_default();
    match parse(&text, year) {
        Ok(rows) => {
            said.set(format!("{} baris ditempel. Periksa cara angkanya dibaca.", rows.len()));
            lines.update(|lines| {
                lines.retain(|line| line.row.with_untracked(|row| *row != Row::default()));
                let kept: Vec<_> = lines.iter().map(|line| line.row.get_untracked()).collect();
                let spare = std::iter::repeat_n(Row::default(), SPARE);
                *lines = kept.into_iter().chain(rows).chain(spare).enumerate().map(GridRow::new).collect();
            });
            crate::submission::autosave::nudge("f-capaian");
        }
        Err(fault) => said.set(fault.to_string()),
    }
}
