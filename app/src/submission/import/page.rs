//! The page of an import.

use desk::problem::Problem;
use desk::report::import::Brought;
use leptos::either::Either;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::choices::{ColumnsCard, DoubtsCard, SheetCard};
use super::model::ImportView;
use super::rows::{LeftCard, RowsCard};
use super::server::{ImportRows, get_import};
use crate::ui::{Flashed, Loaded, Notice};

/// `/pd/lkj/{tahun}/impor`.
#[component]
pub fn ImportPage() -> impl IntoView {
    let params = use_params_map();
    let year = move || params.with(|params| params.get("tahun").and_then(|text| text.parse::<i32>().ok()));
    let data = Resource::new_blocking(year, |year| async move {
        match year {
            Some(year) => get_import(year).await,
            None => Err(Problem::not_found("Pengumpulan LKj ini")),
        }
    });
    view! {
        <Loaded data children=|import: ImportView, flash| {
            let back = format!("/pd/lkj/{}", import.data_year);
            view! {
                <Title text=format!("Impor LKj {} · {}", import.data_year, import.agency.short)/>
                <article class="pd">
                    <p class="eyebrow">{import.agency.name.clone()}</p>
                    <h1>"Impor tabel capaian tahun "{import.data_year}</h1>
                    {match import.brought.clone() {
                        Some(brought) => Either::Left(view! { <Preview import brought flash/> }),
                        None => Either::Right(view! { <Nothing/> }),
                    }}
                    <p><a class="ghost" href=back>"Kembali ke LKj tanpa mengimpor"</a></p>
                </article>
            }
        }/>
    }
    .into_any()
}

/// There is nothing to show.
#[component]
fn Nothing() -> impl IntoView {
    view! {
        <section class="part">
            <h2>"Belum ada berkas"</h2>
            <p>"Pilih berkas .xlsx atau .csv di halaman LKj. Berkas yang belum diimpor disimpan paling lama satu jam."</p>
        </section>
    }
}

/// What would be imported, and the questions about it: one form, whose buttons show it again or
/// import it.
#[component]
fn Preview(import: ImportView, brought: Brought, flash: Flashed) -> impl IntoView {
    let problem = Signal::stored(flash.problem(ImportRows::url()));
    let Brought { name, understood, there, filled, base, note } = brought;
    let count = understood.rows.len();
    let again = there.iter().filter(|there| **there).count();
    let page = format!("/pd/lkj/{}/impor", import.data_year);
    let asks = understood.doubts.iter().any(|doubt| doubt.asks);
    view! {
        <form method="post" action=ImportRows::url() class="import" id="f-impor">
            <input type="hidden" name="run" value=import.run.to_string()/>
            <input type="hidden" name="base" value=base/>
            <input type="hidden" name="kembali" value=page/>
            <Notice problem/>
            {(!note.is_empty()).then(|| view! { <p class="notice" role="status">{note}</p> })}
            <SheetCard name understood=understood.clone()/>
            <ColumnsCard understood=understood.clone()/>
            <DoubtsCard understood=understood.clone()/>
            <RowsCard understood=understood.clone() there/>
            <LeftCard left=understood.left/>
            <Deciding count filled again asks/>
        </form>
    }
    .into_any()
}

/// What becomes of what is there, and the buttons.
#[component]
fn Deciding(
    /// Rows that would be taken.
    count: usize,
    /// Rows that the draft has.
    filled: usize,
    /// Rows that the draft has, too.
    again: usize,
    /// Whether a cell is asked about.
    asks: bool,
) -> impl IntoView {
    let append = match again {
        0 => format!("Tambahkan di bawah {filled} baris yang ada"),
        again => format!(
            "Tambahkan di bawah {filled} baris yang ada; {again} baris yang sudah ada di tabel tidak ditambahkan lagi"
        ),
    };
    let manner = (filled > 0).then(|| {
        let replace = format!("Ganti isi tabel ({filled} baris yang ada dihapus)");
        view! {
            <fieldset>
                <legend>"Tabel sudah berisi"</legend>
                <label class="tick">
                    <input type="radio" name="cara" value="tambah" checked=again < count/>
                    {append}
                </label>
                <label class="tick">
                    <input type="radio" name="cara" value="ganti" checked=again == count/>
                    {replace}
                </label>
            </fieldset>
        }
    });
    view! {
        <section class="part" id="impor">
            <h2>"Impor"</h2>
            {manner}
            {asks
                .then(|| {
                    view! {
                        <label class="tick">
                            <input type="checkbox" name="periksa" value="true" required/>
                            "Sudah saya periksa isian yang ditanyakan di atas"
                        </label>
                    }
                })}
            <p class="row">
                <button class="primary" name="langkah" value="impor">{format!("Impor {count} baris")}</button>
                <button class="ghost" name="langkah" value="lihat" formnovalidate>"Tampilkan lagi dengan pilihan ini"</button>
            </p>
        </section>
    }
    .into_any()
}
