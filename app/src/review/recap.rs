//! `/pelaksanaan/{id}/rekap`: achievement across the agencies, as table, figures and plots.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use desk::problem::Problem;
use desk::report::percent;
use domain::achievement::Category;
use domain::id::RunId;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::model::{Part, Recap};
use super::plot::{Against, Distribution, Stacked};
use crate::office::tabs::{RunTab, RunTabs};
use crate::ui::{Loaded, PrintIsland};

/// The achievement of every agency that has sent its report.
#[server(prefix = "/api", endpoint = "recap", input = GetUrl)]
pub async fn get_recap(run: RunId) -> Result<Recap, Problem> {
    use crate::ui::request::{ports, require_caller};
    require_caller()?;
    super::make::recap(&ports().desk.office(), run)
}

/// The page.
#[component]
pub fn RecapPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").and_then(|id| id.parse().ok()).map(RunId));
    let data = Resource::new_blocking(id, |id| async move {
        match id {
            Some(id) => get_recap(id).await,
            None => Err(Problem::not_found("Pelaksanaan ini")),
        }
    });
    view! { <Loaded data children=|recap: Recap, _| view! { <Sheet recap/> }/> }.into_any()
}

#[component]
fn Sheet(recap: Recap) -> impl IntoView {
    let head = format!("Rekap capaian kinerja, data tahun {}", recap.data_year);
    let (sent, all) = (recap.parts.len(), recap.agencies);
    let average = recap.average().map_or_else(|| "belum ada".to_owned(), percent);
    let counts = recap.counts();
    let total: u32 = counts.iter().sum();
    let tally = Category::ALL
        .into_iter()
        .zip(counts)
        .map(|(category, count)| {
            view! { <li data-category=super::words::key(category)><b>{count}</b>" "{category.word()}</li> }
        })
        .collect_view();
    let any_last = recap.parts.iter().any(|part| part.last.is_some());
    view! {
        <Title text=head.clone()/>
        <article class="recap">
            <div class="title">
                <div>
                    <h1>{head}</h1>
                </div>
                <PrintIsland/>
            </div>
            <RunTabs run=recap.run here=RunTab::Recap collects=true/>
            <p class="sums">{format!("{sent} dari {all} PD terkirim · rata-rata {average} · {total} indikator terukur")}</p>
            <ul class="tally">{tally}</ul>
            {(sent == 0).then(|| view! { <p class="card">"Belum ada LKj yang dikirim. Rekap terisi begitu LKj pertama diterima."</p> })}
            {(sent > 0)
                .then(|| {
                    view! {
                        <div class="plots">
                            <Distribution parts=recap.parts.clone()/>
                            {any_last.then(|| view! { <Against parts=recap.parts.clone()/> })}
                            <Stacked parts=recap.parts.clone()/>
                        </div>
                        <Table parts=recap.parts.clone() last=any_last/>
                    }
                })}
            <p class="hint">{Category::rule()}" Rata-rata seluruh PD ialah rata-rata biasa dari rata-rata PD."</p>
        </article>
    }
    .into_any()
}

#[component]
fn Table(parts: Vec<Part>, last: bool) -> impl IntoView {
    let heads = Category::ALL
        .map(|category| view! { <th scope="col" class="num">{category.word()}</th> })
        .collect_view();
    let rows = parts
        .into_iter()
        .map(|part| {
            let counts = part.categories.map(|count| view! { <td class="num">{count}</td> }).collect_view();
            let before = last
                .then(|| view! { <td class="num">{part.last.map_or_else(|| "—".to_owned(), percent)}</td> });
            view! {
                <tr>
                    <th scope="row">{part.short}</th>
                    <td class="num">{part.rows}</td>
                    <td class="num">{part.measured}</td>
                    <td class="num"><b>{part.average.map_or_else(|| "—".to_owned(), percent)}</b></td>
                    {before}
                    {counts}
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="scroll" tabindex="0">
            <table class="list">
                <thead>
                    <tr>
                        <th scope="col">"PD"</th>
                        <th scope="col" class="num">"Indikator"</th>
                        <th scope="col" class="num">"Terukur"</th>
                        <th scope="col" class="num">"Rata-rata"</th>
                        {last.then(|| view! { <th scope="col" class="num">"Tahun lalu"</th> })}
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
