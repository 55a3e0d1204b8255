//! `/pelaksanaan/{id}/pengingat`: who is reminded, when, with which words, and what went.

use desk::problem::Problem;
use desk::reminder::PostState;
use domain::calendar::words;
use domain::id::RunId;
use domain::reminder::Closed;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::letters::Letters;
use super::model::{Recipient, RemindersView, Timetable};
use super::server::{ReleaseReminders, SetAutomatic, get_reminders};
use crate::office::tabs::{RunTab, RunTabs};
use crate::ui::copy::CopyIsland;
use crate::ui::{Area, Flashed, Loaded, Post, PrintIsland};

/// The page.
#[component]
pub fn RemindersPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").and_then(|id| id.parse().ok()).map(RunId));
    let data = Resource::new_blocking(id, |id| async move {
        match id {
            Some(id) => get_reminders(id).await,
            None => Err(Problem::not_found("Pelaksanaan ini")),
        }
    });
    view! { <Loaded data children=|view: RemindersView, flash| view! { <Reminders view flash/> }/> }
        .into_any()
}

#[component]
fn Reminders(view: RemindersView, flash: Flashed) -> impl IntoView {
    let query = use_query_map();
    let saved = query.with_untracked(|query| query.get("sudah").is_some());
    let released = query.with_untracked(|query| query.get("dilepas").and_then(|n| n.parse::<u32>().ok()));
    let released = released.map(|n| match n {
        0 => "Tidak ada surel baru yang dilepas.".to_owned(),
        n => format!("{n} surel dilepas. Hasilnya tampil di bawah; muat ulang halaman untuk melihatnya."),
    });
    let quiet = released.is_none();
    let RemindersView { run, procedure, data_year, ladder, letters, missing, .. } = view.clone();
    let (collects, collecting) = (view.collects, view.timetable.is_some() || !missing.is_empty());
    view! {
        <Title text=format!("Pengingat, data tahun {data_year}")/>
        <div class="title">
            <div>
                <h1>"Pengingat"</h1>
                <p>{format!("{procedure}, data tahun {data_year}")}</p>
            </div>
        </div>
        <RunTabs run here=RunTab::Reminders collects/>
        <p class="good" role="status" hidden=!saved>"Tersimpan."</p>
        <p class="good" role="status" hidden=quiet>{released}</p>
        {collecting.then(|| view! { <ToAgencies view flash/> })}
        <section class="part noprint">
            <h2>"Tangga pemberitahuan"</h2>
            <p>{ladder}</p>
        </section>
        <section class="part noprint" id="surat">
            <h2>"Yang sudah dikirim"</h2>
            <Letters letters/>
        </section>
    }
    .into_any()
}

#[component]
fn ToAgencies(view: RemindersView, flash: Flashed) -> impl IntoView {
    let RemindersView { missing, sent, data_year, sample, for_all, timetable, now, .. } = view.clone();
    let count = missing.len();
    let without: Vec<_> = missing.iter().filter(|one| one.mail.is_empty()).cloned().collect();
    let headline = format!("{count} dari {} PD belum mengirim LKj", count + sent);
    let until = timetable
        .as_ref()
        .map(|timetable| format!("Hari kerja terakhir: {}.", words::weekday_date(timetable.last_day)));
    let printed = format!("Keadaan {}.", words::full(now));
    view! {
        <section class="part noprint">
            <h2>{headline}</h2>
            <p>{until}</p>
            <Steps timetable now/>
            <Going view flash/>
        </section>
        {sample
            .filter(|_| count > 0)
            .map(|(subject, body)| {
                view! {
                    <section class="part noprint">
                        <details>
                            <summary>"Bunyi surel"</summary>
                            <p class="hint">"Seperti yang akan diterima PD pertama dalam daftar; nama PD berganti sesuai penerimanya."</p>
                            <p><strong>{subject}</strong></p>
                            <pre class="letter" tabindex="0">{body}</pre>
                        </details>
                    </section>
                }
            })}
        <section class="part noprint">
            <h2>"Teks untuk WhatsApp"</h2>
            <div class="copy">
                <label>
                    "Untuk grup seluruh PD"
                    <Area text=for_all attr:id="teks-semua" attr:rows="7" attr:readonly=""/>
                </label>
                <CopyIsland from="teks-semua".to_owned()/>
            </div>
            {(count > 0)
                .then(|| {
                    let texts = missing.clone().into_iter().map(text_for_one).collect_view();
                    view! {
                        <details>
                            <summary>"Untuk PD satu per satu"</summary>
                            <div class="texts">{texts}</div>
                        </details>
                    }
                })}
        </section>
        {(!without.is_empty())
            .then(|| {
                let n = without.len();
                let names = without.into_iter().map(|one| view! { <li>{one.agency.short}</li> }).collect_view();
                view! {
                    <section class="part noprint" id="tanpa-alamat">
                        <h2>{format!("{n} PD tanpa alamat surel")}</h2>
                        <p class="hint">"Hubungi lewat WhatsApp atau telepon. Alamat diisi administrator di Kelola, Perangkat Daerah."</p>
                        <ul class="names">{names}</ul>
                    </section>
                }
            })}
        <section class="part printlist">
            <div class="title">
                <h2>{format!("PD yang belum mengirim LKj tahun {data_year}")}</h2>
                <PrintIsland/>
            </div>
            <p class="hint">{printed}</p>
            <PrintList missing/>
        </section>
    }
    .into_any()
}

/// The four steps, the one that holds now marked.
#[component]
fn Steps(timetable: Option<Timetable>, now: chrono::DateTime<chrono::Utc>) -> impl IntoView {
    let timetable = timetable?;
    let steps = timetable
        .begins
        .into_iter()
        .map(|(step, begin)| {
            let current = timetable.current == Some(step);
            let state = if current {
                "now"
            } else if begin <= now {
                "past"
            } else {
                "ahead"
            };
            let word = match state {
                "now" => "berlaku sekarang",
                "past" => "sudah lewat",
                _ => "akan datang",
            };
            view! {
                <li data-step=state aria-current=current.then_some("step")>
                    <b>{step.word()}</b>
                    <span>{words::short(begin)}</span>
                    <small>{word}</small>
                </li>
            }
        })
        .collect_view();
    Some(view! { <ol class="remind-steps">{steps}</ol> })
}

/// Who gets the step that holds now, and the buttons.
#[component]
fn Going(view: RemindersView, flash: Flashed) -> impl IntoView {
    let RemindersView { run, may, post, automatic, resting, timetable, missing, .. } = view;
    let current = timetable.and_then(|timetable| timetable.current);
    let to_go: Vec<_> = missing.iter().filter(|one| !one.mail.is_empty() && !one.told).cloned().collect();
    let n = to_go.len();
    let open = post == PostState::Open;
    let problem = flash.problem(ReleaseReminders::url());
    let rest = resting.is_some();
    let says = resting.clone().unwrap_or_else(|| match current {
        None => "Belum waktunya mengingatkan. Teks WhatsApp di bawah dapat dipakai kapan saja.".to_owned(),
        Some(step) if n == 0 && missing.iter().all(|one| one.mail.is_empty()) => {
            format!("Pengingat {}: tidak satu pun dari PD itu punya alamat surel.", step.word())
        }
        Some(step) if n == 0 => {
            format!("Pengingat {}: tidak ada lagi PD beralamat surel yang perlu diberi tahu.", step.word())
        }
        Some(step) => format!("Pengingat {} siap untuk {n} PD:", step.word()),
    });
    let recipients = to_go
        .into_iter()
        .map(|one| view! { <li><b>{one.agency.short}</b>" "<span>{one.mail}</span></li> })
        .collect_view();
    let button = current.filter(|_| may && !rest && (n > 0 || problem.is_some())).map(|step| {
        view! {
            <Post<ReleaseReminders> flash=flash.clone()>
                <input type="hidden" name="run" value=run.to_string()/>
                <input type="hidden" name="langkah" value=step.code()/>
                <button class="primary" disabled=!open>{format!("Kirim ke {n} PD sekarang")}</button>
            </Post<ReleaseReminders>>
        }
    });
    let switch = may.then(|| {
        view! {
            <Post<SetAutomatic> flash>
                <input type="hidden" name="run" value=run.to_string()/>
                <input type="hidden" name="otomatis" value=if automatic { "" } else { "ya" }/>
                <button class="ghost">
                    {if automatic { "Matikan kirim otomatis" } else { "Nyalakan kirim otomatis" }}
                </button>
            </Post<SetAutomatic>>
        }
    });
    let auto = if automatic {
        "Kirim otomatis menyala: pada pagi setiap langkah, surel ke PD yang belum mengirim berangkat sendiri."
    } else {
        "Kirim otomatis mati: tidak ada surel ke PD yang berangkat sebelum dilepas dengan tombol."
    };
    view! {
        <p><strong>{says}</strong></p>
        {(n > 0 && !rest).then(|| view! { <ul class="recipients">{recipients}</ul> })}
        <p class="hint" data-post=open.then_some("open")>{post_words(&post)}</p>
        <p class="hint">{auto}</p>
        <div class="row">{button} {switch}</div>
    }
    .into_any()
}

fn text_for_one(one: Recipient) -> impl IntoView {
    let id = format!("teks-{}", one.agency.code);
    let from = id.clone();
    view! {
        <div class="copy">
            <label>{one.agency.short} <Area text=one.text attr:id=id attr:rows="4" attr:readonly=""/></label>
            <CopyIsland from/>
        </div>
    }
}

/// The list to go through by telephone.
#[component]
fn PrintList(missing: Vec<Recipient>) -> impl IntoView {
    if missing.is_empty() {
        return view! { <p>"Semua PD sudah mengirim."</p> }.into_any();
    }
    let rows = (1..)
        .zip(missing)
        .map(|(n, one)| {
            let mail = if one.mail.is_empty() { "—".to_owned() } else { one.mail };
            view! {
                <tr>
                    <td>{n.to_string()}</td>
                    <th scope="row">{one.agency.name}</th>
                    <td class="mail">{mail}</td>
                    <td class="blank"></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="scroll" tabindex="0">
            <table class="list">
                <thead>
                    <tr>
                        <th scope="col">"No"</th>
                        <th scope="col">"Perangkat Daerah"</th>
                        <th scope="col">"Surel"</th>
                        <th scope="col">"Catatan"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// How mail stands, in a sentence.
pub(super) fn post_words(post: &PostState) -> String {
    match post {
        PostState::Off => "Alur belum diatur untuk mengirim surel (ALUR_SMTP). Teks WhatsApp dan daftar cetak tetap dapat dipakai.".to_owned(),
        PostState::Open => "Server surel siap; surel hanya dikirim pada jam kerja.".to_owned(),
        PostState::Closed(Closed::OutsideHours(Some(next))) => {
            format!("Sekarang di luar jam kerja. Pengiriman dibuka lagi {}.", words::full(*next))
        }
        PostState::Closed(Closed::OutsideHours(None)) => "Sekarang di luar jam kerja.".to_owned(),
        PostState::Closed(Closed::Undecreed(why)) => {
            format!("Tidak ada yang dikirim: {why}, jadi jam kerja tidak diketahui.")
        }
        PostState::Unreachable { since, why } => {
            format!("Server surel bermasalah sejak {} ({why}); dicoba lagi dengan sendirinya.", words::full(*since))
        }
    }
}
