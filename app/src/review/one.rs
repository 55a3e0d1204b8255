//! `/pelaksanaan/{id}/lkj/{pd}`: one agency's report, and the office's work on it.

use desk::file::size_words;
use desk::problem::Problem;
use desk::report::{Standing, percent};
use domain::calendar::words;
use domain::id::{AgencyCode, RunId};
use domain::report::Submission;
use domain::report::parts::PARTS;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::achievement::AchievementSheet;
use super::checklist::Checklist;
use super::findings::ReturnForm;
use super::judge::{AcceptForm, AssignForm, JudgeForm};
use super::marks::Badge;
use super::model::ReportSheet;
use super::rounds::Rounds;
use super::server::get_report_of;
use super::words::name_of;
use crate::ui::{Flashed, Icon, Loaded};

/// One agency's report.
#[component]
pub fn ReportOfPage() -> impl IntoView {
    let params = use_params_map();
    let of = move || {
        params.with(|params| {
            let run = params.get("id").and_then(|id| id.parse().ok()).map(RunId);
            run.zip(params.get("pd").map(AgencyCode))
        })
    };
    let data = Resource::new_blocking(of, |of| async move {
        match of {
            Some((run, pd)) => get_report_of(run, pd).await,
            None => Err(Problem::not_found("LKj ini")),
        }
    });
    let done = use_query_map().with_untracked(|query| query.get("sudah").unwrap_or_default());
    view! {
        <Loaded data children=move |sheet: ReportSheet, flash: Flashed| {
            let done = flash.problem.is_none().then(|| done_words(&done)).flatten();
            view! {
                <Title text=format!("LKj {} {}", sheet.agency.short, sheet.data_year)/>
                <article class="lkj one">
                    <Head sheet=sheet.clone()/>
                    {done.map(|words| view! { <p class="good" role="status">{words}</p> })}
                    {sheet
                        .report
                        .last()
                        .cloned()
                        .map(|last| view! { <Sent sheet=sheet.clone() last flash=flash.clone()/> })}
                </article>
            }
        }/>
    }
    .into_any()
}

fn done_words(done: &str) -> Option<&'static str> {
    match done {
        "nilai" => Some("Penilaian tersimpan."),
        "reviu" => Some("Daftar reviu tersimpan."),
        "kembali" => {
            Some("LKj dikembalikan untuk diperbaiki. PD melihat temuannya di tempatnya masing-masing.")
        }
        "terima" => Some("LKj diterima."),
        "penelaah" => Some("Penelaah tersimpan."),
        _ => None,
    }
}

#[component]
fn Head(sheet: ReportSheet) -> impl IntoView {
    let standing = sheet.report.state().map_or(Standing::Nothing, Standing::of);
    let none = sheet.report.rounds.is_empty();
    let until = sheet.deadline.map(|at| format!("Paling lambat {} WIB.", words::full(at)));
    view! {
        <div class="title">
            <div>
                <p class="eyebrow">
                    <a href=format!("/pelaksanaan/{}/lkj", sheet.run)>"LKj PD, data tahun "{sheet.data_year}</a>
                </p>
                <h1>{sheet.agency.name.clone()}</h1>
            </div>
            <Badge standing/>
        </div>
        {none
            .then(|| {
                view! {
                    <section class="card">
                        <h2>"PD ini belum mengirim LKj"</h2>
                        <p>"Halaman ini terisi begitu LKj diterima. "{until}</p>
                    </section>
                }
            })}
    }
    .into_any()
}

/// What was sent last, and what can be done with it.
#[component]
fn Sent(sheet: ReportSheet, last: Submission, flash: Flashed) -> impl IntoView {
    let content = sheet.contents.last().cloned().flatten();
    let rows = content.as_ref().map(|content| content.rows.clone()).unwrap_or_default();
    view! {
        <div class="pair">
            <Facts sheet=sheet.clone() last=last.clone()/>
            <Completeness last=last.clone()/>
        </div>
        <Files last=last.clone()/>
        <AchievementSheet rows last=last.clone() may=sheet.may flash=flash.clone()/>
        <Rounds sheet=sheet.clone()/>
        <JudgeForm sheet=sheet.clone() last=last.clone() flash=flash.clone()/>
        <Checklist sheet=sheet.clone() last=last.clone() flash=flash.clone()/>
        <ReturnForm sheet=sheet.clone() last=last.clone() flash=flash.clone()/>
        <AcceptForm sheet last flash/>
    }
    .into_any()
}

#[component]
fn Facts(sheet: ReportSheet, last: Submission) -> impl IntoView {
    let late = sheet.deadline.filter(|deadline| last.received > *deadline);
    let timing = match late {
        None => "tepat waktu".to_owned(),
        Some(deadline) => format!("terlambat {}", words::elapsed(last.received - deadline)),
    };
    let paper = format!("/pd/tanda-terima/{}/{}?pd={}", sheet.run, last.round, sheet.agency.code);
    let average = last.digest.average.map_or_else(|| "tidak dapat dihitung".to_owned(), percent);
    let who = sheet
        .report
        .reviewer
        .as_ref()
        .map_or_else(|| "belum ditentukan".to_owned(), |id| name_of(&sheet, &id.0));
    view! {
        <section class="card">
            <h2>"Pengiriman"</h2>
            <dl class="facts">
                <dt>"Tanda terima"</dt>
                <dd><a href=paper rel="external">{last.receipt(sheet.data_year)}" (PDF)"</a></dd>
                <dt>"Diterima"</dt>
                <dd>
                    {words::full(last.received)}
                    " WIB, "
                    <span class=if late.is_some() { "late" } else { "ontime" }>{timing}</span>
                </dd>
                <dt>"Putaran"</dt>
                <dd>{last.round}</dd>
                <dt>"Rata-rata capaian"</dt>
                <dd>{average}" dari "{last.digest.measured}" indikator terukur"</dd>
                <dt>"Penelaah"</dt>
                <dd>{who}</dd>
            </dl>
            <AssignForm sheet/>
        </section>
    }
    .into_any()
}

/// Which parts are in it, as the agency says.
#[component]
fn Completeness(last: Submission) -> impl IntoView {
    let missing = &last.digest.missing;
    let parts = PARTS
        .iter()
        .map(|part| {
            let lacks = missing.iter().any(|key| key == part.key);
            view! {
                <li class=if lacks { "no" } else { "yes" }>
                    <Icon name=if lacks { "stop" } else { "check" }/>
                    <span>{part.label}{lacks.then_some(" (belum ada)")}</span>
                </li>
            }
        })
        .collect_view();
    let reason = (!last.digest.reason.is_empty()).then(|| last.digest.reason.clone());
    view! {
        <section class="card">
            <h2>{format!("Kelengkapan menurut PD: {} dari {}", PARTS.len() - missing.len(), PARTS.len())}</h2>
            <ul class="partlist">{parts}</ul>
            {reason.map(|reason| view! { <p class="hint">"Alasan PD: “"{reason}"”"</p> })}
        </section>
    }
    .into_any()
}

/// The report itself in the page, the rest as links.
#[component]
fn Files(last: Submission) -> impl IntoView {
    let report = last.digest.files.first().cloned();
    let shown = report.map(|file| {
        let (address, title) = (format!("/berkas/{}?lihat", file.sha256), format!("LKj: {}", file.name));
        view! {
            <details class="pdf">
                <summary>"Baca LKj di halaman ini"</summary>
                {leptos::html::iframe().src(address).title(title).attr("loading", "lazy")}
            </details>
        }
    });
    let files = last
        .digest
        .files
        .into_iter()
        .map(|file| {
            view! {
                <li>
                    <a href=format!("/berkas/{}", file.sha256) rel="external"><Icon name="file"/>{file.name}</a>
                    <small>{size_words(file.size)}</small>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <h2>"Berkas"</h2>
            <ul class="filelist">{files}</ul>
            {shown}
        </section>
    }
    .into_any()
}
