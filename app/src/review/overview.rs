//! `/pelaksanaan/{id}/lkj`: every agency's report in one matrix, live.

use std::collections::BTreeSet;

use desk::problem::Problem;
use desk::report::{DraftBrief, MatrixLine, Standing, lines, percent};
use domain::calendar::words;
use domain::id::{AccountId, RunId};
use domain::office::Office;
use domain::report::Stage;
use domain::report::divide::waiting;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::divide::Dividing;
use super::marks::Badge;
use super::matrix::{Asked, COLUMNS, chosen};
use super::model::MatrixView;
use super::server::get_matrix;
use crate::live::{LiveOffice, Scope};
use crate::office::server::Snapshot;
use crate::office::tabs::{RunTab, RunTabs};
use crate::ui::{Icon, Loaded, Packed};

/// Every report of a run.
#[component]
pub fn MatrixPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").and_then(|id| id.parse().ok()).map(RunId));
    let asked = use_query_map().with_untracked(|query| {
        let field = |key: &str| query.get(key).unwrap_or_default();
        Asked {
            state: field("keadaan"),
            reviewer: field("penelaah"),
            words: field("cari"),
            sort: field("urut"),
            down: field("arah") == "turun",
        }
    });
    let done = use_query_map().with_untracked(|query| query.get("sudah").is_some());
    let data = Resource::new_blocking(id, |id| async move {
        match id {
            Some(id) => get_matrix(id).await,
            None => Err(Problem::not_found("Pelaksanaan ini")),
        }
    });
    view! {
        <Loaded data children=move |matrix: MatrixView, flash| {
            let asked = asked.clone();
            let MatrixView { snapshot, drafts, reviewers } = matrix;
            let run = snapshot.office.runs.values().next();
            let (id, open) = (run.map_or(RunId(0), |run| run.id), run.map_or(0, |run| waiting(run).len()));
            view! {
                <Head office=snapshot.office.clone()/>
                <p class="good" role="status" hidden=!done>"Penelaah sudah dibagi."</p>
                <Choose asked=asked.clone() people=people(&snapshot)/>
                <Dividing run=id waiting=open reviewers flash/>
                <LiveMatrix snapshot=Packed(snapshot) drafts asked/>
            }
        }/>
    }
    .into_any()
}

/// Those who review a report of this run: account and name.
fn people(snapshot: &Snapshot) -> Vec<(String, String)> {
    let reports = snapshot.office.runs.values().flat_map(|run| run.reports.values());
    let accounts: BTreeSet<_> = reports.filter_map(|report| report.reviewer.clone()).collect();
    let name = |id: &AccountId| snapshot.names.get(id).map_or_else(|| id.0.clone(), |it| it.name.clone());
    accounts.into_iter().map(|id| (id.0.clone(), name(&id))).collect()
}

/// What the page is about, and what leads on from it.
#[component]
fn Head(office: Office) -> impl IntoView {
    let (run, sop) = office.runs.keys().next().and_then(|id| office.run(*id))?;
    let page = format!("/pelaksanaan/{}", run.id);
    let until = sop.report_deadline(run.data_year).map(|at| format!(" · sampai {} WIB", words::full(at)));
    Some(view! {
        <Title text=format!("LKj PD, data tahun {}", run.data_year)/>
        <div class="title">
            <div>
                <h1>{format!("LKj PD, data tahun {}", run.data_year)}</h1>
                <p>
                    {sop.name.clone()}
                    {until}
                </p>
            </div>
            <nav class="steering" aria-label="LKj pelaksanaan ini">
                <a class="ghost" href=format!("{page}/tautan")>"Tautan pengiriman"</a>
                <a class="ghost" href=format!("{page}/lkj.xlsx") rel="external" download="">
                    <Icon name="file"/>
                    "Excel"
                </a>
                <a class="ghost" href=format!("{page}/lkj.zip") rel="external" download="">
                    <Icon name="file"/>
                    "Semua berkas (zip)"
                </a>
            </nav>
        </div>
        <RunTabs run=run.id here=RunTab::Reports collects=true/>
    })
}

/// What the matrix is to show. The page is asked for anew with it.
#[component]
fn Choose(asked: Asked, people: Vec<(String, String)>) -> impl IntoView {
    let states = Standing::ALL
        .map(|standing| {
            let chosen = asked.state == standing.key();
            view! { <option value=standing.key() selected=chosen>{standing.word()}</option> }
        })
        .collect_view();
    let people = people
        .into_iter()
        .map(|(account, name)| {
            let chosen = asked.reviewer == account;
            view! { <option value=account selected=chosen>{name}</option> }
        })
        .collect_view();
    view! {
        <form method="get" class="choose" role="search">
            <label>
                "Cari PD"
                <input type="search" name="cari" value=asked.words autocomplete="off"/>
            </label>
            <label>
                "Keadaan"
                <select name="keadaan">
                    <option value="">"semua"</option>
                    {states}
                </select>
            </label>
            <label>
                "Penelaah"
                <select name="penelaah">
                    <option value="">"semua"</option>
                    {people}
                </select>
            </label>
            <input type="hidden" name="urut" value=asked.sort/>
            <input type="hidden" name="arah" value=if asked.down { "turun" } else { "" }/>
            <button class="ghost">"Tampilkan"</button>
        </form>
    }
    .into_any()
}

/// The live part: the sums and the matrix. Drafts are no events; they are as of page load.
#[island]
fn LiveMatrix(snapshot: Packed<Snapshot>, drafts: Vec<DraftBrief>, asked: Asked) -> impl IntoView {
    let Packed(Snapshot { office, now, names, .. }) = snapshot;
    let id = office.runs.keys().next().copied()?;
    let LiveOffice { office, .. } = LiveOffice::follow(office, now, Scope::Run(id));
    let heads = heads(&asked);
    let rows = move || chosen(office.with(|office| lines(office, id, &drafts, &names)), &asked);
    let rows = Memo::new(move |_| rows());
    let sums = move || office.with(|office| sums(office, id));
    let none = move || rows.with(Vec::is_empty);
    Some(view! {
        <div class="lkj" data-seq=move || office.with(|office| office.seq) data-live=LiveOffice::data_live()>
            <p class="sums" role="status">{sums}</p>
            <div class="scroll" tabindex="0">
                <table class="list matrix">
                    <thead>
                        <tr>{heads}</tr>
                    </thead>
                    <tbody>
                        <For each=move || rows.get() key=|line| line.clone() let:line>
                            <MatrixRow id line/>
                        </For>
                    </tbody>
                </table>
                <p class="hint" hidden=move || !none()>"Tidak ada PD yang cocok dengan pilihan ini."</p>
            </div>
        </div>
    })
}

/// The headings, each of which sorts.
fn heads(asked: &Asked) -> impl IntoView + use<> {
    let sorted = if asked.sort.is_empty() { "pd" } else { &asked.sort };
    COLUMNS
        .map(|(key, words)| {
            let here = key == sorted;
            let down = here && !asked.down;
            let sort = here.then_some(if asked.down { "descending" } else { "ascending" });
            let arah = if down { "turun" } else { "" };
            let href = format!(
                "?cari={}&keadaan={}&penelaah={}&urut={key}&arah={arah}",
                escaped(&asked.words),
                asked.state,
                escaped(&asked.reviewer)
            );
            view! {
                <th scope="col" aria-sort=sort>
                    <a href=href>{words}</a>
                </th>
            }
        })
        .into_iter()
        .collect_view()
}

/// A word as it may stand in a query.
fn escaped(word: &str) -> String {
    utf8_percent_encode(word, NON_ALPHANUMERIC).collect()
}

#[component]
fn MatrixRow(id: RunId, line: MatrixLine) -> impl IntoView {
    let href = format!("/pelaksanaan/{id}/lkj/{}", line.code);
    let (completeness, judgement) = (line.completeness(), line.judgement());
    view! {
        <tr data-report=line.standing.key() data-pd=line.code.0>
            <th scope="row">
                <a href=href>{line.short}</a>
                <small>{line.name}</small>
            </th>
            <td><Badge standing=line.standing/></td>
            <td data-label="Diterima">
                {line.received.map(words::short)}
                <small class="late">{line.late}</small>
            </td>
            <td data-label="Lengkap">{completeness}</td>
            <td data-label="Rata-rata">{line.average.map(percent)}</td>
            <td data-label="Penilaian" data-lacking=line.lacking>{judgement}</td>
            <td data-label="Penelaah">{line.reviewer}</td>
            <td data-label="Putaran">{(line.round > 0).then_some(line.round)}</td>
        </tr>
    }
}

/// "31 dari 45 terkirim · 12 dinilai · 5 diterima"
fn sums(office: &Office, id: RunId) -> String {
    let Some((run, _)) = office.run(id) else { return String::new() };
    let count = |stage: Stage| {
        let (reached, missing) = stage.split(run, &office.agencies);
        (reached.len(), reached.len() + missing.len())
    };
    let (sent, all) = count(Stage::Received);
    let (judged, accepted) = (count(Stage::Judged).0, count(Stage::Reviewed).0);
    format!("{sent} dari {all} terkirim · {judged} dinilai · {accepted} diterima")
}
