//! `/pd` and `/pd/lkj/{tahun}`: the agencies' own pages.

use desk::file::size_words;
use desk::problem::Problem;
use domain::achievement::Summary;
use domain::calendar::words;
use domain::report::parts::{self, PARTS};
use domain::report::{ReportState, Submission};
use leptos::either::Either;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::achievement::AchievementCard;
use super::model::{AgencyHomeView, Duty, ReportView};
use super::parts::PartsCard;
use super::send::SendCard;
use super::server::{get_agency_home, get_report};
use super::upload::FilesCard;
use crate::ui::{Flashed, Icon, Loaded};

/// `/pd`: what the agency has to hand in.
#[component]
pub fn AgencyHome() -> impl IntoView {
    let data = Resource::new_blocking(|| (), |()| get_agency_home());
    view! {
        <Loaded data children=|home: AgencyHomeView, _| {
            let none = home.duties.is_empty();
            let duties = home.duties.into_iter().map(duty).collect_view();
            view! {
                <Title text=home.agency.short.clone()/>
                <article class="pd">
                    <p class="eyebrow">{home.agency.name}</p>
                    <h1>"Laporan Kinerja (LKj)"</h1>
                    <ul class="cards">{duties}</ul>
                    {none
                        .then(|| {
                            view! {
                                <p class="part">
                                    "Belum ada LKj yang dikumpulkan. Halaman ini terisi begitu Biro Organisasi membukanya."
                                </p>
                            }
                        })}
                </article>
            }
        }/>
    }
    .into_any()
}

fn duty(duty: Duty) -> impl IntoView {
    let state = duty.state.map_or("belum dikirim", ReportState::word);
    let until = duty.deadline.map(|at| format!("sampai {} WIB", words::full(at)));
    view! {
        <li>
            <a class="card" href=format!("/pd/lkj/{}", duty.data_year)>
                <strong>{format!("LKj tahun {}", duty.data_year)}</strong>
                <span>{state}</span>
                <small>{until}</small>
            </a>
        </li>
    }
}

/// `/pd/lkj/{tahun}`.
#[component]
pub fn ReportPage() -> impl IntoView {
    let params = use_params_map();
    let year = move || params.with(|params| params.get("tahun").and_then(|text| text.parse::<i32>().ok()));
    let data = Resource::new_blocking(year, |year| async move {
        match year {
            Some(year) => get_report(year).await,
            None => Err(Problem::not_found("Pengumpulan LKj ini")),
        }
    });
    view! {
        <Loaded data children=|report: ReportView, flash| {
            view! {
                <Title text=format!("LKj {} · {}", report.data_year, report.agency.short)/>
                <article class="pd">
                    <p class="eyebrow">{report.agency.name.clone()}</p>
                    <h1>"LKj tahun "{report.data_year}</h1>
                    {if report.is_writable() {
                        Either::Left(view! { <Writing report flash/> })
                    } else {
                        Either::Right(view! { <Sent report/> })
                    }}
                </article>
            }
        }/>
    }
    .into_any()
}

/// The page while the report is being written.
#[component]
fn Writing(report: ReportView, flash: Flashed) -> impl IntoView {
    let findings: Vec<_> = report.report.last().map(|last| last.findings().to_vec()).unwrap_or_default();
    let of = format!("{}:{}", report.run, report.agency.code);
    view! {
        <Countdown report=report.clone()/>
        <Steps report=report.clone()/>
        {report.report.last().map(|last| view! { <Returned last=last.clone()/> })}
        <AchievementCard run=report.run year=report.data_year of=of.clone() draft=report.draft.clone() findings=findings.clone() flash=flash.clone()/>
        <PartsCard run=report.run of draft=report.draft.clone() findings=findings.clone() flash=flash.clone()/>
        <FilesCard run=report.run draft=report.draft.clone() sizes=report.sizes flash=flash.clone()/>
        <a class="primary go noprint" href="#kirim">"Periksa dan kirim"</a>
        <SendCard report flash/>
    }
    .into_any()
}

/// Until when, and how long that is.
#[component]
fn Countdown(report: ReportView) -> impl IntoView {
    let deadline = report.deadline?;
    let late = report.now > deadline;
    let elapsed = words::elapsed(deadline - report.now);
    let day = words::weekday_date(deadline.with_timezone(&domain::calendar::wib()).date_naive());
    let until = format!("Sampai {day} pukul {} WIB", words::clock(deadline));
    let left = match (late, report.left.is_empty()) {
        (true, _) => format!("Terlambat {elapsed}. LKj tetap dapat dikirim."),
        (false, true) => format!("{elapsed} lagi"),
        (false, false) => format!("{} · {elapsed}", report.left),
    };
    Some(view! {
        <section class="turn" data-tone=if late { "late" } else { "mine" }>
            <div>
                <small>{until}</small>
                <strong>{left}</strong>
            </div>
        </section>
    })
}

/// The four parts of the work, and how far each is.
#[component]
fn Steps(report: ReportView) -> impl IntoView {
    let summary = Summary::of(&report.draft.rows);
    let missing = PARTS.len() - report.draft.have.len();
    let table = match summary.rows {
        0 => "belum ada indikator".to_owned(),
        rows => format!("{rows} indikator"),
    };
    let parts = match missing {
        0 => "lengkap".to_owned(),
        missing => format!("{missing} dari {} belum", PARTS.len()),
    };
    let file = report.draft.report.as_ref();
    let file_words = file.map_or_else(|| "PDF belum ada".to_owned(), |file| size_words(file.size));
    let ready = summary.rows > 0 && file.is_some();
    let steps = [
        ("#capaian", "Capaian", table, summary.rows > 0),
        ("#kelengkapan", "Kelengkapan", parts, missing == 0),
        ("#berkas", "Berkas", file_words, file.is_some()),
        (
            "#kirim",
            "Kirim",
            if ready { "siap dikirim".to_owned() } else { "setelah diperiksa".to_owned() },
            false,
        ),
    ];
    let steps = steps
        .into_iter()
        .zip(1..)
        .map(|((href, name, words, done), n)| {
            let mark = if done { "✓".to_owned() } else { n.to_string() };
            view! {
                <a href=href class=if done { "ok" } else { "todo" }>
                    <b aria-hidden="true">{mark}</b>
                    {name}
                    <small>{words}</small>
                </a>
            }
        })
        .collect_view();
    view! { <nav class="steps" id="langkah" aria-label="Bagian LKj" data-fresh>{steps}</nav> }
}

/// What has to be improved, when the report came back.
#[component]
fn Returned(last: Submission) -> impl IntoView {
    let rows = last.digest.rows;
    let findings = last
        .findings()
        .iter()
        .map(|finding| {
            let place = parts::place(&finding.place, rows).unwrap_or_default();
            let href = if finding.place.starts_with("baris.") {
                format!("#{}", finding.place.replace('.', "-"))
            } else if parts::find(&finding.place).is_some() {
                "#kelengkapan".to_owned()
            } else {
                "#berkas".to_owned()
            };
            view! { <li>"“"{finding.text.clone()}"” "<a href=href>{place}</a></li> }
        })
        .collect_view();
    (!last.findings().is_empty()).then(|| {
        view! {
            <section class="part back">
                <h2><Icon name="back"/>"Perlu perbaikan, putaran "{last.round + 1}</h2>
                <ul>{findings}</ul>
            </section>
        }
    })
}

/// The page while the report is with the office.
#[component]
fn Sent(report: ReportView) -> impl IntoView {
    let state = report.report.state();
    let (head, class, words) = match state {
        Some(ReportState::Accepted) => (
            "LKj diterima",
            "part ok",
            "Biro Organisasi menerima LKj ini. Tidak ada lagi yang perlu dikirim.",
        ),
        Some(_) => (
            "LKj terkirim",
            "part",
            "LKj sedang diperiksa Biro Organisasi. Bila perlu perbaikan, halaman ini terbuka lagi beserta temuannya.",
        ),
        None => (
            "Pengumpulan ditutup",
            "part late",
            "Pengumpulan LKj tahun ini sudah selesai, dan LKj PD ini tidak masuk.",
        ),
    };
    let year = report.data_year;
    let rounds = report
        .report
        .rounds
        .iter()
        .rev()
        .map(|round| {
            let href = format!("/pd/lkj/{year}/tanda-terima/{}", round.round);
            view! {
                <li>
                    <a href=href>
                        "Tanda terima "
                        {round.receipt(year)}
                    </a>
                    <small>{words::full(round.received)}" WIB · putaran "{round.round}" · "{round.state().word()}</small>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class=class>
            <h2>{head}</h2>
            <p>{words}</p>
            <ul class="receipts">{rounds}</ul>
        </section>
    }
    .into_any()
}

/// `/pd/tautan-tidak-berlaku`.
#[component]
pub fn VoidLinkPage() -> impl IntoView {
    view! {
        <Title text="Tautan tidak berlaku"/>
        <section class="empty">
            <h1>"Tautan pengiriman ini tidak berlaku lagi."</h1>
            <p>"Mungkin sudah diganti dengan yang baru, atau masa berlakunya habis. Mintalah tautan baru ke Biro Organisasi; yang sudah Anda tulis tetap tersimpan."</p>
        </section>
    }
    .into_any()
}
