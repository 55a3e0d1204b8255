//! The receipt (tanda terima) of a report, and the page that shows it to the agency.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use chrono::{DateTime, Utc};
use domain::calendar::words;
use domain::id::{AgencyCode, RunId};
use domain::office::Office;
use domain::report::FileRef;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use super::size_words;
use crate::problem::Problem;
use crate::shell::{Icon, Loaded, PrintIsland};

/// What a receipt says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Its number.
    pub number: String,
    /// The agency's name.
    pub agency: String,
    /// The run.
    pub run: RunId,
    /// The year that the report is about.
    pub data_year: i32,
    /// Which sending it was.
    pub round: u16,
    /// When its last byte had arrived.
    pub received: DateTime<Utc>,
    /// The same in words, in WIB.
    pub received_wib: String,
    /// The same in UTC, as ISO 8601.
    pub received_utc: String,
    /// On time, or late by how much.
    pub timing: String,
    /// Whether it was in time.
    pub on_time: bool,
    /// The files.
    pub files: Vec<FileRef>,
    /// The hash of the report as a document.
    pub content: String,
    /// What it is looked up by in public.
    pub code: String,
}

impl Receipt {
    /// The receipt of a round; `None` if that was not sent.
    pub fn of(office: &Office, id: RunId, agency: &AgencyCode, round: u16) -> Option<Self> {
        let (run, sop) = office.run(id)?;
        let report = run.reports.get(agency)?;
        let sent = report.rounds.iter().find(|sent| sent.round == round)?;
        let deadline = sop.report_deadline(run.data_year);
        let late = deadline.filter(|deadline| sent.received > *deadline);
        let timing = match late {
            None => "tepat waktu".to_owned(),
            Some(deadline) => format!("terlambat {}", words::elapsed(sent.received - deadline)),
        };
        let name = office.agencies.get(agency).map_or_else(|| agency.0.clone(), |agency| agency.name.clone());
        Some(Self {
            number: sent.receipt(run.data_year),
            agency: name,
            run: id,
            data_year: run.data_year,
            round,
            received: sent.received,
            received_wib: format!("{} WIB", words::full(sent.received)),
            received_utc: sent.received.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string(),
            timing,
            on_time: late.is_none(),
            files: sent.digest.files.clone(),
            content: sent.digest.content.clone(),
            code: sent.code.clone(),
        })
    }
}

/// The receipt of one's own report.
#[server(prefix = "/api", endpoint = "receipt", input = GetUrl)]
pub async fn get_receipt(data_year: i32, round: u16) -> Result<Receipt, Problem> {
    use crate::shell::request::{ports, require_agency};
    let (caller, office) = (require_agency()?, ports().desk.office());
    let run = super::view::run_about(&office, &caller, data_year)?;
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
