//! `/pelaksanaan/{id}/tautan`: the agencies' links, made here and printed with the letter.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use std::collections::BTreeMap;

use desk::problem::Problem;
use desk::report::{FreshLink, LinkView};
use domain::agency::Agency;
use domain::calendar::words;
use domain::id::{AgencyCode, RunId};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::server_fn::codec::GetUrl;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use serde::{Deserialize, Serialize};

use crate::ui::{Flashed, Loaded, Post, PrintIsland};

/// The links of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinksView {
    /// The run.
    pub run: RunId,
    /// The year that its reports are about.
    pub data_year: i32,
    /// All agencies.
    pub agencies: Vec<Agency>,
    /// The links that there are.
    pub links: BTreeMap<AgencyCode, LinkView>,
    /// Links that were made just before; shown this once.
    pub fresh: Vec<FreshLink>,
}

/// The links of a run, and those that were made just before.
#[server(prefix = "/api", endpoint = "links", input = GetUrl)]
pub async fn get_links(run: RunId, #[server(default)] lembar: String) -> Result<LinksView, Problem> {
    use crate::ui::request::{ports, require_caller, site_address};
    let (caller, ports) = (require_caller()?, ports());
    may_make(&caller.actor, run)?;
    let office = ports.desk.office();
    let data_year = office.runs.get(&run).map_or(0, |run| run.data_year);
    let links = ports.submissions.links(run).await?;
    let fresh = ports.submissions.link_sheet(lembar, caller.actor.account, site_address()).await;
    Ok(LinksView {
        run,
        data_year,
        agencies: office.agencies.values().cloned().collect(),
        links: links.into_iter().map(|link| (link.agency.clone(), link)).collect(),
        fresh: fresh.unwrap_or_default(),
    })
}

/// Makes links: for one agency, or for all that have none.
#[server(prefix = "/api", endpoint = "make-links")]
pub async fn make_links(run: RunId, #[server(default)] pd: Option<AgencyCode>) -> Result<String, Problem> {
    use crate::ui::request::{act, ports, require_caller};
    use desk::trail::Kind;
    let (caller, ports) = (require_caller()?, ports());
    may_make(&caller.actor, run)?;
    let office = ports.desk.office();
    let agencies = match pd {
        Some(code) => vec![code],
        None => {
            let there = ports.submissions.links(run).await?;
            let none = |code: &&AgencyCode| there.iter().all(|link| link.agency != **code);
            office.agencies.keys().filter(none).cloned().collect()
        }
    };
    let whom = match agencies.as_slice() {
        [one] => format!("PD {one}"),
        several => format!("{} PD", several.len()),
    };
    let told = |_: &String| (whom, format!("pelaksanaan {run}"));
    let made = ports.submissions.make_links(run, agencies, caller.actor.account);
    let sheet = act(Kind::LinksMade, told, made).await?;
    leptos_axum::redirect(&format!("/pelaksanaan/{run}/tautan?lembar={sheet}"));
    Ok(sheet)
}

/// Makes an agency's link void.
#[server(prefix = "/api", endpoint = "revoke-link")]
pub async fn revoke_link(run: RunId, pd: AgencyCode) -> Result<(), Problem> {
    use crate::ui::request::{act, ports, require_caller};
    use desk::trail::Kind;
    let caller = require_caller()?;
    may_make(&caller.actor, run)?;
    let (submissions, whom) = (ports().submissions, format!("PD {pd}"));
    let told = |(): &()| (whom, format!("pelaksanaan {run}"));
    act(Kind::LinkRevoked, told, submissions.revoke_link(run, pd)).await
}

/// Refuses whoever may not make links for the run.
#[cfg(feature = "ssr")]
fn may_make(actor: &domain::office::Actor, run: RunId) -> Result<(), Problem> {
    use domain::office::{Refusal, may_make_links};
    let desk = crate::ui::request::ports().desk;
    may_make_links(&desk.office(), actor, run, desk.now()).map_err(|refusal| match refusal {
        Refusal::NotAllowed { who } => Problem::Forbidden { who },
        Refusal::NoSuchRun { run } => Problem::not_found(format!("Pelaksanaan nomor {run}")),
        _ => Problem::not_found("Pengumpulan LKj ini"),
    })
}

/// The page.
#[component]
pub fn LinksPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = move || {
        let run = params.with(|params| params.get("id").and_then(|id| id.parse().ok()).map(RunId));
        (run, query.with_untracked(|query| query.get("lembar").unwrap_or_default()))
    };
    let data = Resource::new_blocking(asked, |(run, sheet)| async move {
        match run {
            Some(run) => get_links(run, sheet).await,
            None => Err(Problem::not_found("Pelaksanaan ini")),
        }
    });
    view! { <Loaded data children=|links: LinksView, flash| view! { <Links links flash/> }/> }.into_any()
}

#[component]
fn Links(links: LinksView, flash: Flashed) -> impl IntoView {
    let LinksView { run, data_year, agencies, links, fresh } = links;
    let without = agencies.len() - agencies.iter().filter(|agency| links.contains_key(&agency.code)).count();
    let names: BTreeMap<_, _> =
        agencies.iter().map(|agency| (agency.code.clone(), agency.name.clone())).collect();
    let slips = fresh
        .iter()
        .map(|link| {
            let name = names.get(&link.agency).cloned().unwrap_or_default();
            let until = format!(
                "Pengiriman LKj tahun {data_year}. Pindai atau ketik alamat ini; berlaku sampai {} WIB. Hanya untuk PD ini, jangan diteruskan.",
                words::full(link.expires)
            );
            view! {
                <li>
                    <div class="qr" inner_html=link.qr.clone()></div>
                    <div>
                        <strong>{name}</strong>
                        <p>{until}</p>
                        <code>{link.url.clone()}</code>
                    </div>
                </li>
            }
        })
        .collect_view();
    let rows = agencies
        .into_iter()
        .map(|agency| {
            let link = links.get(&agency.code);
            let made = link.map_or_else(|| "belum ada".to_owned(), |link| words::short(link.made_at));
            let used = link.and_then(|link| link.used_at).map_or_else(|| "—".to_owned(), words::short);
            let until = link.map_or_else(|| "—".to_owned(), |link| words::short(link.expires));
            let has = link.is_some();
            let code = agency.code.0.clone();
            view! {
                <tr>
                    <th scope="row">{agency.short}</th>
                    <td>{made}</td>
                    <td>{used}</td>
                    <td>{until}</td>
                    <td class="acts">
                        <form method="post" action=MakeLinks::url()>
                            <input type="hidden" name="run" value=run.to_string()/>
                            <input type="hidden" name="pd" value=code.clone()/>
                            <button class="quiet">{if has { "Ganti" } else { "Buat" }}</button>
                        </form>
                        {has
                            .then(|| {
                                view! {
                                    <form method="post" action=RevokeLink::url()>
                                        <input type="hidden" name="run" value=run.to_string()/>
                                        <input type="hidden" name="pd" value=code/>
                                        <button class="quiet">"Cabut"</button>
                                    </form>
                                }
                            })}
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Title text="Tautan pengiriman"/>
        <div class="title">
            <div>
                <p class="eyebrow">
                    <a href=format!("/pelaksanaan/{run}/lkj")>{format!("LKj PD, data tahun {data_year}")}</a>
                </p>
                <h1>"Tautan pengiriman"</h1>
            </div>
        </div>
        {(!fresh.is_empty())
            .then(|| {
                view! {
                    <section class="part slips">
                        <h2>"Lembar tautan"</h2>
                        <p class="notice">"Tautan hanya tampil kali ini. Cetak sekarang, lalu kirim bersama surat."</p>
                        <p class="noprint"><PrintIsland/></p>
                        <ul>{slips}</ul>
                    </section>
                }
            })}
        <section class="part noprint">
            <Post<MakeLinks> flash>
                <input type="hidden" name="run" value=run.to_string()/>
                <p class="hint">"Setiap PD mendapat satu tautan untuk tahun ini. Siapa yang memegangnya dapat menulis dan mengirim LKj PD itu. Membuat yang baru membatalkan yang lama."</p>
                <button class="primary" disabled=without == 0>{format!("Buat tautan untuk {without} PD yang belum punya")}</button>
            </Post<MakeLinks>>
            <div class="scroll" tabindex="0">
                <table class="list">
                    <thead>
                        <tr>
                            <th scope="col">"PD"</th>
                            <th scope="col">"Dibuat"</th>
                            <th scope="col">"Terakhir dipakai"</th>
                            <th scope="col">"Berlaku sampai"</th>
                            <th scope="col">"Tindakan"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
