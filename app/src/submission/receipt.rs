//! The receipt (tanda terima) of a report, and the page that shows it to the agency.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use desk::file::size_words;
use desk::problem::Problem;
use desk::report::Receipt;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use crate::ui::{Icon, Loaded, PrintIsland};

/// The receipt of one's own report.
#[server(prefix = "/api", endpoint = "receipt", input = GetUrl)]
pub async fn get_receipt(data_year: i32, round: u16) -> Result<Receipt, Problem> {
    use crate::ui::request::{ports, require_agency};
    let (caller, office) = (require_agency()?, ports().desk.office());
    let run = super::make::run_about(&office, &caller, data_year)?;
    Receipt::of(&office, run, &caller.agency, round).ok_or_else(|| Problem::not_found("Tanda terima ini"))
}

/// `/pd/lkj/{tahun}/tanda-terima/{putaran}`.
#[component]
pub fn ReceiptPage() -> impl IntoView {
    let params = use_params_map();
    let of = move || {
        params.with(|params| {
            let number = |key: &str| params.get(key).and_then(|text| text.parse::<i32>().ok());
            number("tahun").zip(number("putaran").and_then(|round| u16::try_from(round).ok()))
        })
    };
    let data = Resource::new_blocking(of, |of| async move {
        match of {
            Some((year, round)) => get_receipt(year, round).await,
            None => Err(Problem::not_found("Tanda terima ini")),
        }
    });
    view! { <Loaded data children=|receipt: Receipt, _| view! { <Paper receipt/> }/> }.into_any()
}

#[component]
fn Paper(receipt: Receipt) -> impl IntoView {
    let Receipt {
        number, agency, run, data_year, round, received_wib, received_utc, timing, on_time, ..
    } = receipt.clone();
    let files = receipt
        .files
        .iter()
        .map(|file| {
            view! {
                <li>
                    <b>{file.name.clone()}</b>
                    " · "
                    {size_words(file.size)}
                    <code>{file.sha256.clone()}</code>
                </li>
            }
        })
        .collect_view();
    let check = format!("/cek/{}", receipt.code);
    view! {
        <Title text=format!("Tanda terima {number}")/>
        <article class="pd receipt">
            <p class="eyebrow">{agency.clone()}</p>
            <h1>"Tanda terima LKj"</h1>
            <section class=if on_time { "part ok" } else { "part late" }>
                <p class="number">{number}</p>
                <p>
                    <Icon name=if on_time { "check" } else { "clock" }/>
                    "Diterima "
                    <strong>{received_wib}</strong>
                    ", "
                    {timing}
                    "."
                </p>
            </section>
            <section class="part">
                <dl>
                    <dt>"Perangkat Daerah"</dt>
                    <dd>{agency}</dd>
                    <dt>"LKj tahun"</dt>
                    <dd>{data_year}</dd>
                    <dt>"Pengiriman"</dt>
                    <dd>"putaran "{round}</dd>
                    <dt>"Waktu terima (UTC)"</dt>
                    <dd>{received_utc}</dd>
                    <dt>"SHA-256 isi LKj"</dt>
                    <dd><code>{receipt.content}</code></dd>
                </dl>
                <h2>"Berkas"</h2>
                <ul class="hashes">{files}</ul>
            </section>
            <p class="row noprint">
                <a class="primary" href=format!("/pd/tanda-terima/{run}/{round}") rel="external">"Unduh PDF"</a>
                <PrintIsland/>
                <a class="ghost" href=check>"Halaman cek keaslian"</a>
                <a class="ghost" href=format!("/pd/lkj/{data_year}")>"Kembali ke LKj"</a>
            </p>
        </article>
    }
}
