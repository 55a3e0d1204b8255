//! Checking and sending.

use domain::achievement::{Field, Row};
use domain::report::parts::PARTS;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::model::ReportView;
use super::server::SendReport;
use crate::ui::{Area, Flashed, Icon, Post};

/// What is missing, and the button that sends.
#[component]
pub(super) fn SendCard(report: ReportView, flash: Flashed) -> impl IntoView {
    let draft = &report.draft;
    let missing: Vec<_> =
        PARTS.iter().filter(|part| !draft.have.contains(part.key)).map(|part| part.label).collect();
    let blocking = [
        (draft.rows.is_empty(), "Tabel capaian masih kosong."),
        (draft.report.is_none(), "Berkas LKj (PDF) belum diunggah."),
    ];
    let blocking: Vec<_> = blocking.into_iter().filter(|(is, _)| *is).map(|(_, words)| words).collect();
    let (faulty, unfilled) = (draft.rows.iter().filter(|row| is_faulty(row)).count(), unfilled(&draft.rows));
    let doubts = [
        (faulty > 0).then(|| format!("{faulty} baris capaian perlu diperbaiki.")),
        (unfilled > 0).then(|| format!("{unfilled} baris capaian belum lengkap angkanya.")),
    ];
    let lists = blocking.iter().map(|words| (*words).to_owned()).chain(doubts.into_iter().flatten());
    let lists = lists.map(|words| view! { <li class="lacking">{words}</li> }).collect_view();
    let count = missing.len();
    let typed = flash.typed(SendReport::url(), "alasan").unwrap_or_default();
    let again = !report.report.rounds.is_empty();
    view! {
        <section class="part" id="kirim">
            <h2>"Periksa dan kirim"</h2>
            <ul class="check" id="periksa" data-fresh>
                {lists}
                {(count > 0)
                    .then(|| {
                        view! {
                            <li class="lacking">
                                {count}" bagian belum ada."
                                <small>{missing.join(" · ")}</small>
                            </li>
                        }
                    })}
                {(count == 0 && blocking.is_empty() && faulty == 0)
                    .then(|| view! { <li><Icon name="check"/>"Semua bagian ada."</li> })}
            </ul>
            <Post<SendReport> flash class="send" id="f-kirim">
                <input type="hidden" name="run" value=report.run.to_string()/>
                <label>
                    "Alasan, bila tetap dikirim tidak lengkap"
                    <Area text=typed attr:name="alasan" attr:rows="2" attr:maxlength="4000"/>
                </label>
                <super::sending::Sending form="f-kirim".to_owned()/>
                <button class="primary">{if again { "Kirim perbaikan" } else { "Kirim LKj" }}</button>
                <small>"Waktu terima dicatat server; tanda terima langsung terbit."</small>
            </Post<SendReport>>
        </section>
    }
    .into_any()
}

fn is_faulty(row: &Row) -> bool {
    !row.faults().is_empty()
}

fn unfilled(rows: &[Row]) -> usize {
    let empty = |row: &&Row| {
        row.text(Field::Target).trim().is_empty() || row.text(Field::Realisasi).trim().is_empty()
    };
    rows.iter().filter(empty).count()
}
