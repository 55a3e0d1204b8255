//! `/pelaksanaan/{id}/rencana`: the plan of a run as a table with bars, and its forecast.

use chrono::{DateTime, Utc};
use desk::problem::Problem;
use domain::calendar::words;
use domain::id::RunId;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::bars::{BandBars, Bars, Head};
use super::model::{Fact, OuterDate, PlanRow, PlanSheet, Stretch};
use super::server::get_plan;
use crate::office::tabs::{RunTab, RunTabs};
use crate::ui::{Loaded, PrintIsland};

/// The plan of a run.
#[component]
pub fn PlanPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").and_then(|id| id.parse().ok()).map(RunId));
    let data = Resource::new_blocking(id, |id| async move {
        match id {
            Some(id) => get_plan(id).await,
            None => Err(Problem::not_found("Pelaksanaan ini")),
        }
    });
    view! { <Loaded data children=|sheet: PlanSheet, _| view! { <Sheet sheet/> }/> }.into_any()
}

#[component]
fn Sheet(sheet: PlanSheet) -> impl IntoView {
    let title = format!("Rencana: {}, data tahun {}", sheet.name, sheet.data_year);
    let as_of = format!("Keadaan {}", words::full(sheet.now));
    view! {
        <Title text=format!("Rencana, data tahun {}", sheet.data_year)/>
        <div class="title">
            <div>
                <h1>{title}</h1>
                <p>{as_of}</p>
            </div>
            <PrintIsland/>
        </div>
        <RunTabs run=sheet.run here=RunTab::Plan collects=sheet.collects/>
        <div class="plan">
            <dl class="answers">{sheet.facts.iter().cloned().map(answer).collect_view()}</dl>
            <Chart sheet=sheet.clone()/>
            <Legend/>
            <div class="pair">
                <Reasons reasons=sheet.reasons known=sheet.forecast.is_some()/>
                <Limits limits=sheet.limits/>
            </div>
        </div>
    }
    .into_any()
}

fn answer(fact: Fact) -> impl IntoView {
    let more = fact.more.into_iter().map(|more| view! { <small>{more}</small> }).collect_view();
    view! {
        <div data-tone=fact.tone>
            <dt>{fact.head}</dt>
            <dd><strong>{fact.what}</strong>{more}</dd>
        </div>
    }
}

#[component]
fn Chart(sheet: PlanSheet) -> impl IntoView {
    let PlanSheet { axis, now, limits, rows, forecast, .. } = sheet;
    // The deadline is the last moment of the row with a date: that of the latest times.
    let deadline = rows.iter().rev().find_map(|row| row.latest);
    let (head, band) = (axis.clone(), axis.clone());
    let (outer, heads) = (limits.clone(), limits.clone());
    let lines = rows
        .into_iter()
        .map(|row| view! { <PlanRow row axis=axis.clone() now limits=limits.clone() deadline/> })
        .collect_view();
    let band = forecast.map(|forecast| {
        let middle = format!("sekitar {}", words::short(forecast.middle));
        view! {
            <tr data-row="forecast">
                <td class="no"></td>
                <th scope="row">"Perkiraan selesai"<small>"1 dari 2 dan 9 dari 10"</small></th>
                <td class="blank"></td>
                <td data-label="Perkiraan">{middle}<small>{between(forecast.ninety)}</small></td>
                <td class="blank"></td>
                <td class="chart"><BandBars band=forecast axis=band now limits=outer.clone() deadline/></td>
            </tr>
        }
    });
    view! {
        <table class="gantt">
            <caption>"Rencana tiap baris, dengan waktu nyata di bawahnya"</caption>
            <thead>
                <tr>
                    <th scope="col" class="no">"No"</th>
                    <th scope="col">"Kegiatan"</th>
                    <th scope="col">"Rencana semula"</th>
                    <th scope="col">"Nyata, atau rencana kini"</th>
                    <th scope="col">"Cadangan"</th>
                    <th scope="col" class="chart"><span>"Bagan"</span><Head axis=head now limits=heads deadline/></th>
                </tr>
            </thead>
            <tbody>{lines}{band}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn PlanRow(
    row: PlanRow,
    axis: super::axis::Axis,
    now: DateTime<Utc>,
    limits: Vec<OuterDate>,
    deadline: Option<DateTime<Utc>>,
) -> impl IntoView {
    let (word, icon) = match row.state.as_str() {
        "done" => ("selesai", "check"),
        "open" => ("sedang berjalan", "hand"),
        "dropped" => ("tidak dilalui", "stop"),
        _ => ("rencana", "clock"),
    };
    let times = match row.span {
        Some(span) => between(span),
        None => row.unknown.clone(),
    };
    let late = row.due.filter(|due| *due < now).map(|due| format!("batas {}", words::short(due)));
    view! {
        <tr data-state=row.state.clone()>
            <td class="no">{row.printed.clone()}</td>
            <th scope="row">{row.short.clone()}<small>{row.lanes.clone()}</small></th>
            <td data-label="Rencana semula">{row.first.map(between)}</td>
            <td data-label="Kini">
                {times}
                <small><crate::ui::Icon name=icon/>{word}</small>
                {late.map(|late| view! { <small class="late">{late}", terlambat"</small> })}
            </td>
            <td data-label="Cadangan" class:late=row.short_of_time class:blank=row.slack.is_empty()>{row.slack.clone()}</td>
            <td class="chart"><Bars row=row.clone() axis now limits deadline/></td>
        </tr>
    }
    .into_any()
}

/// "7 Des 08.02 – 8 Des 09.15", or the one moment.
fn between(stretch: Stretch) -> String {
    let (from, to) = (words::short(stretch.from), words::short(stretch.to));
    let day = words::short_date(domain::calendar::date_of(stretch.to));
    if from == to {
        from
    } else if from.starts_with(&format!("{day} ")) {
        format!("{from}–{}", words::clock(stretch.to))
    } else {
        format!("{from} – {to}")
    }
}

#[component]
fn Legend() -> impl IntoView {
    let mark = |class: &'static str| view! { <svg class="bars mark" aria-hidden="true"><rect class=class x="1" y="3" width="26" height="10" rx="2"></rect></svg> };
    let line = |class: &'static str| view! { <svg class="bars mark" aria-hidden="true"><line class=class x1="14" x2="14" y1="0" y2="16"></line></svg> };
    view! {
        <p class="legend">
            <span>{mark("planned")}"rencana semula"</span>
            <span>{mark("done")}"waktu nyata"</span>
            <span>{mark("open")}"sedang berjalan"</span>
            <span>{mark("coming")}"rencana kini"</span>
            <span>{mark("over")}"lewat batas"</span>
            <span>{mark("off")}"akhir pekan"</span>
            <span>{mark("off holiday")}"hari libur"</span>
            <span>{line("now")}"sekarang"</span>
            <span>{line("deadline")}"batas tanggal"</span>
            <span>{line("outer")}"batas luar"</span>
            <span>
                <svg class="bars mark" aria-hidden="true">
                    <line class="spare" x1="2" x2="26" y1="8" y2="8"></line>
                    <line class="spare" x1="26" x2="26" y1="3" y2="13"></line>
                </svg>
                "cadangan"
            </span>
        </p>
    }
    .into_any()
}

#[component]
fn Reasons(reasons: Vec<String>, known: bool) -> impl IntoView {
    let list = reasons.into_iter().map(|reason| view! { <li>{reason}</li> }).collect_view();
    known.then(|| {
        view! {
            <section aria-labelledby="mengapa">
                <h2 id="mengapa">"Mengapa perkiraannya begitu"</h2>
                <ul class="reasons">{list}</ul>
                <p class="hint">
                    "Perkiraan bukan janji: rentangnya dihitung dari lamanya baris yang sama pada pelaksanaan kantor ini sebelumnya. Batas waktu dan cadangan tetap menurut SOP."
                </p>
            </section>
        }
    })
}

#[component]
fn Limits(limits: Vec<OuterDate>) -> impl IntoView {
    let none = limits.is_empty();
    let list = limits
        .into_iter()
        .map(|limit| {
            view! {
                <li>
                    <strong>{limit.what}</strong>
                    " sampai "
                    {words::full(limit.until)}
                    <small class:late=limit.late>{limit.margin}</small>
                    <small>{limit.basis}</small>
                </li>
            }
        })
        .collect_view();
    (!none).then(|| {
        view! {
            <section aria-labelledby="batas-luar">
                <h2 id="batas-luar">"Batas luar"</h2>
                <ul class="reasons">{list}</ul>
            </section>
        }
    })
}
