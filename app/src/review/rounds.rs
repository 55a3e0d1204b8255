//! The earlier rounds of a report, and what changed from each to the next.

use domain::calendar::words;
use domain::report::Submission;
use domain::report::parts::place;
use leptos::prelude::*;

use super::changes::{Changes, RowChange};
use super::model::ReportSheet;

/// Every round after the first with its differences, the newest first. Nothing if there is
/// only one.
#[component]
pub(super) fn Rounds(sheet: ReportSheet) -> impl IntoView {
    let pairs = sheet.report.rounds.windows(2).zip(sheet.contents.windows(2));
    let steps: Vec<_> = pairs
        .filter_map(|(rounds, contents)| match (rounds, contents) {
            ([before, after], [Some(old), Some(new)]) => {
                Some((before.clone(), after.clone(), Changes::between(old, new)))
            }
            _ => None,
        })
        .collect();
    let steps =
        steps.into_iter().rev().map(|(before, after, changes)| view! { <Step before after changes/> });
    (sheet.report.rounds.len() > 1).then(|| {
        view! {
            <section class="card" id="putaran">
                <h2>"Perubahan antarputaran"</h2>
                {steps.collect_view()}
            </section>
        }
    })
}

#[component]
fn Step(before: Submission, after: Submission, changes: Changes) -> impl IntoView {
    let rows = before.digest.rows;
    let findings = before
        .findings()
        .iter()
        .map(|finding| view! { <li><b>{place(&finding.place, rows)}</b>" “"{finding.text.clone()}"”"</li> })
        .collect_view();
    let same = changes.is_empty();
    let lines = [
        ("Bagian yang kini ada", changes.parts_in.join(", ")),
        ("Bagian yang tidak ada lagi", changes.parts_out.join(", ")),
        ("Berkas baru", changes.files_in.join(", ")),
        ("Berkas yang tidak ada lagi", changes.files_out.join(", ")),
    ];
    let lines = lines.into_iter().filter(|(_, what)| !what.is_empty());
    let lines = lines.map(|(head, what)| view! { <li><b>{head}</b>": "{what}</li> }).collect_view();
    let changed = changes.rows.into_iter().map(row_words).collect_view();
    let head = format!(
        "Putaran {} ({}) ke putaran {} ({})",
        before.round,
        words::short(before.received),
        after.round,
        words::short(after.received)
    );
    view! {
        <details class="step" open>
            <summary>{head}</summary>
            <div class="pair">
                <div>
                    <h3>"Temuan pada putaran "{before.round}</h3>
                    <ul class="findings">{findings}</ul>
                </div>
                <div>
                    <h3>"Yang diubah PD"</h3>
                    {same.then(|| view! { <p class="hint">"Tidak ada yang berubah."</p> })}
                    <ul class="changes">{changed} {lines}</ul>
                </div>
            </div>
        </details>
    }
    .into_any()
}

fn row_words(change: RowChange) -> impl IntoView {
    let (kind, word, name, cells) = match change {
        RowChange::Added(name) => ("in", "Baris baru", name, Vec::new()),
        RowChange::Removed(name) => ("out", "Baris dihapus", name, Vec::new()),
        RowChange::Changed(name, cells) => ("changed", "Baris diubah", name, cells),
    };
    let cells = cells
        .into_iter()
        .map(|(field, before, after)| {
            view! {
                <span class="cellchange">
                    {field.word()}
                    ": "
                    <del>{if before.is_empty() { "kosong".to_owned() } else { before }}</del>
                    " → "
                    <ins>{if after.is_empty() { "kosong".to_owned() } else { after }}</ins>
                </span>
            }
        })
        .collect_view();
    view! { <li data-change=kind><b>{word}</b>": "{name}{cells}</li> }
}
