//! The table of achievement: typed, pasted or imported, read aloud as it is typed.

mod table;

use desk::report::Draft;
use domain::achievement::Category;
use domain::id::RunId;
use domain::report::Finding;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use table::AchievementTable;

use super::autosave::Autosave;
use super::server::{PasteRows, SaveRows};
use crate::ui::{Area, Flashed, Notice, Post};

/// The table, and the other ways to fill it.
#[component]
pub(super) fn AchievementCard(
    run: RunId,
    /// The year that it is about.
    year: i32,
    /// Whose report it is, as [`Autosave`] wants it.
    of: String,
    draft: Draft,
    findings: Vec<Finding>,
    flash: Flashed,
) -> impl IntoView {
    let problem = Signal::stored(flash.problem(SaveRows::url()));
    let found = findings.iter().filter_map(|finding| {
        let row = finding.place.strip_prefix("baris.")?.parse::<usize>().ok()?;
        Some((row.checked_sub(1)?, finding.text.clone()))
    });
    let found: Vec<_> = found.collect();
    let rows = typed_again(&flash).unwrap_or(draft.rows);
    let pasted = flash.typed(PasteRows::url(), "tempelan").unwrap_or_default();
    let open = !pasted.is_empty();
    let import = format!("/pd/impor/{run}");
    let import_problem = Signal::stored(flash.problem(&import));
    view! {
        <section class="part" id="capaian">
            <h2>"Capaian kinerja"</h2>
            <p class="hint">"Ketik, atau tempel banyak baris sekaligus dari Excel. Angka ditulis seperti biasa: 1.234,5"</p>
            <form method="post" action=SaveRows::url() id="f-capaian">
                <input type="hidden" name="run" value=run.to_string()/>
                <input type="hidden" name="base" value=draft.rows_version/>
                <Notice problem/>
                <AchievementTable rows found year/>
                <noscript><button class="ghost">"Simpan tabel"</button></noscript>
            </form>
            <Autosave form="f-capaian".to_owned() of/>
            <details open=open data-after-saving="">
                <summary>"Tempel dari lembar kerja, atau impor berkas"</summary>
                <Post<PasteRows> flash=flash.clone()>
                    <input type="hidden" name="run" value=run.to_string()/>
                    <label>
                        "Baris dari Excel: sasaran, indikator, satuan, target, realisasi"
                        <Area text=pasted attr:name="tempelan" attr:rows="4"/>
                    </label>
                    <button class="ghost">"Tambahkan ke tabel"</button>
                </Post<PasteRows>>
                <form method="post" action=import enctype="multipart/form-data">
                    <Notice problem=import_problem/>
                    <label>
                        "Berkas .xlsx atau .csv"
                        <input type="file" name="berkas" accept=".xlsx,.csv" required/>
                    </label>
                    <p class="row">
                        <button class="ghost">"Lihat isinya dulu"</button>
                        <a class="ghost" href=format!("/pd/templat/{run}") rel="external">"Unduh templat"</a>
                    </p>
                </form>
            </details>
            <details>
                <summary>"Cara menghitung"</summary>
                <p class="hint">"Semakin tinggi semakin baik: realisasi ÷ target × 100. Semakin rendah semakin baik: (2 × target − realisasi) ÷ target × 100."</p>
                <p class="hint">{Category::rule()}</p>
            </details>
        </section>
    }
    .into_any()
}

/// The rows as they were typed when the table was refused just before.
fn typed_again(flash: &Flashed) -> Option<Vec<domain::achievement::Row>> {
    flash.problem(SaveRows::url())?;
    let cell = |row: usize, field: &str| flash.typed(SaveRows::url(), &format!("baris[{row}][{field}]"));
    let rows = (0..domain::achievement::MAX_ROWS).map_while(|row| {
        cell(row, "indikator").map(|indikator| domain::achievement::Row {
            indikator,
            sasaran: cell(row, "sasaran").unwrap_or_default(),
            satuan: cell(row, "satuan").unwrap_or_default(),
            target: cell(row, "target").unwrap_or_default(),
            realisasi: cell(row, "realisasi").unwrap_or_default(),
            last: cell(row, "last").unwrap_or_default(),
            note: cell(row, "note").unwrap_or_default(),
            polarity: table::polarity(&cell(row, "polarity").unwrap_or_default()),
        })
    });
    Some(rows.collect())
}
