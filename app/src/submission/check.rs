//! `/cek/{kode}`: whether a receipt is genuine, for anybody who holds it.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use desk::problem::Problem;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use crate::ui::{Icon, Loaded};

/// All that is public of a receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicReceipt {
    /// Its number.
    pub number: String,
    /// The agency's name.
    pub agency: String,
    /// When it was received, in words.
    pub received_wib: String,
    /// The hash of the report.
    pub content: String,
}

/// The receipt with this code.
#[server(prefix = "/api", endpoint = "check-receipt", input = GetUrl)]
pub async fn check_receipt(code: String) -> Result<PublicReceipt, Problem> {
    let office = crate::ui::request::ports().desk.office();
    let nothing = || Problem::not_found("Tanda terima dengan kode ini");
    let sent =
        office.runs.values().flat_map(|run| run.reports.iter().map(move |(agency, it)| (run, agency, it)));
    let mut rounds =
        sent.flat_map(|(run, agency, it)| it.rounds.iter().map(move |round| (run, agency, round)));
    let found = rounds.find(|(_, _, round)| !code.is_empty() && round.code == code).ok_or_else(nothing)?;
    let receipt =
        desk::report::Receipt::of(&office, found.0.id, found.1, found.2.round).ok_or_else(nothing)?;
    let desk::report::Receipt { number, agency, received_wib, content, .. } = receipt;
    Ok(PublicReceipt { number, agency, received_wib, content })
}

/// The page.
#[component]
pub fn CheckPage() -> impl IntoView {
    let params = use_params_map();
    let code = move || params.with(|params| params.get("kode").unwrap_or_default());
    let data = Resource::new_blocking(code, check_receipt);
    view! {
        <Loaded data children=|found: PublicReceipt, _| {
            view! {
                <Title text="Cek tanda terima"/>
                <article class="pd">
                    <h1>"Tanda terima ini asli"</h1>
                    <section class="part ok">
                        <p><Icon name="check"/>"Tercatat pada Alur dengan isi berikut. Cocokkan dengan yang Anda pegang."</p>
                        <dl>
                            <dt>"Nomor"</dt>
                            <dd>{found.number}</dd>
                            <dt>"Perangkat Daerah"</dt>
                            <dd>{found.agency}</dd>
                            <dt>"Diterima"</dt>
                            <dd>{found.received_wib}</dd>
                            <dt>"SHA-256 isi LKj"</dt>
                            <dd><code>{found.content}</code></dd>
                        </dl>
                    </section>
                </article>
            }
        }/>
    }
    .into_any()
}
