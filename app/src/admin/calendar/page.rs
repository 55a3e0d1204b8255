//! `/kelola/kalender`: the years, the working hours, and who changed what.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use domain::calendar::{Calendar, HoursException, WeekHours, words};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::hours::{WeekFields, WeekWords, first_day};
use super::preview::PreviewBox;
use super::server::{CalendarView, ChangeLine, get_calendar};
use super::{ChangeCalendar, of_form};
use crate::ui::{Flashed, Loaded, Post};

const HERE: &str = "/kelola/kalender";

/// Years, hours and changes.
#[component]
pub fn CalendarPage() -> impl IntoView {
    let asked = use_query_map().with_untracked(|query| query.get("gagal").unwrap_or_default());
    let data = Resource::new_blocking(|| (), move |()| get_calendar(asked.clone()));
    view! {
        <Title text="Kalender"/>
        <div class="title"><h1>"Kalender kerja"</h1></div>
        <Loaded data children=|calendar, flash| view! { <Whole calendar flash/> }/>
    }
    .into_any()
}

#[component]
fn Whole(calendar: CalendarView, flash: Flashed) -> impl IntoView {
    let done = use_query_map().with_untracked(|query| query.get("sudah").is_some());
    let CalendarView { calendar, today, changes, preview } = calendar;
    let special = calendar.exceptions().to_vec();
    view! {
        <p class="good" role="status" hidden=!done>"Tersimpan."</p>
        {preview.map(|preview| view! { <PreviewBox preview back=HERE.to_owned()/> })}
        <Years calendar=calendar.clone() today/>
        <section aria-labelledby="jam">
            <h2 id="jam">"Jam kerja"</h2>
            <div class="hours">
                <Usual calendar today flash=flash.clone()/>
                <Special special today flash/>
            </div>
        </section>
        <Changes changes/>
    }
    .into_any()
}

#[component]
fn Years(calendar: Calendar, today: NaiveDate) -> impl IntoView {
    let known: BTreeSet<i32> = calendar.years().chain(today.year()..=today.year() + 2).collect();
    let cards = known
        .into_iter()
        .map(|year| {
            let first = first_day(year, today);
            let next = first_day(year + 1, today);
            let days = calendar.working_days_between(first, next).ok();
            let off = calendar.days_off(year).len();
            let (state, words) = match days {
                Some(days) => ("done", format!("{days} hari kerja, {off} hari libur tercatat")),
                None => ("late", format!("kalender {year} belum ditetapkan")),
            };
            let more = match days {
                Some(_) => "Lihat, tambah, ubah hari libur",
                None => "Batas waktu di tahun ini belum dapat dihitung; masukkan SKB-nya",
            };
            view! {
                <li>
                    <a class="card" href=format!("{HERE}/{year}") data-state=state>
                        <strong>{year}</strong>
                        <span>{words}</span>
                        <small>{more}</small>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="cards">{cards}</ul> }.into_any()
}

#[component]
fn Usual(calendar: Calendar, today: NaiveDate, flash: Flashed) -> impl IntoView {
    let flash = of_form(&flash, "jam", None);
    let open = !flash.typed.is_empty();
    let hours = calendar.usual_hours_on(today).clone();
    let from = flash.typed(ChangeCalendar::PATH, "isian[mulai]").unwrap_or_else(|| today.to_string());
    let coming = calendar
        .hours_changes()
        .iter()
        .filter(|(from, _)| *from > today)
        .map(|(from, hours)| {
            view! {
                <h4>{format!("Mulai {}", words::date(*from))}</h4>
                <WeekWords hours=hours.clone()/>
            }
        })
        .collect_view();
    let fields = flash.clone();
    view! {
        <div class="box">
            <h3>"Biasanya"</h3>
            <WeekWords hours=hours.clone()/>
            {coming}
            <details class="menu start" open=open>
                <summary class="ghost">"Ubah jam kerja…"</summary>
                <div class="pop">
                    <Post<ChangeCalendar> flash>
                        <input type="hidden" name="apa" value="jam"/>
                        <label>"Berlaku mulai" <input type="date" name="isian[mulai]" required value=from/></label>
                        <WeekFields hours flash=fields/>
                        <p class="hint">"Tulis seperti 07.30-12.00, 13.00-16.00; kosongkan bila libur. Waktu sebelum tanggal itu tetap dihitung dengan jam yang lama."</p>
                        <button class="primary">"Periksa perubahan"</button>
                    </Post<ChangeCalendar>>
                </div>
            </details>
        </div>
    }
    .into_any()
}

#[component]
fn Special(special: Vec<HoursException>, today: NaiveDate, flash: Flashed) -> impl IntoView {
    let adding = of_form(&flash, "khusus", None);
    let typed = |field: &str| adding.typed(ChangeCalendar::PATH, field).unwrap_or_default();
    let open = !adding.typed.is_empty();
    let (name, from, to) = (typed("isian[nama]"), typed("isian[mulai]"), typed("isian[selesai]"));
    let none = special.is_empty();
    let there = special
        .into_iter()
        .rev()
        .map(|special| view! { <OneSpecial special today flash=flash.clone()/> })
        .collect_view();
    let (fields, ticked) = (adding.clone(), !typed("isian[cocok]").is_empty());
    view! {
        <div class="box">
            <h3>"Jam khusus, misalnya Ramadan"</h3>
            <p class="hint" hidden=!none>"Belum ada. Jam Ramadan tidak pernah berlaku sendiri: tambahkan tiap tahun menurut surat edarannya."</p>
            {there}
            <details class="menu start" open=open>
                <summary class="ghost">"Tambah jam khusus…"</summary>
                <div class="pop">
                    <Post<ChangeCalendar> flash=adding>
                        <input type="hidden" name="apa" value="khusus"/>
                        <label>"Nama" <input name="isian[nama]" required maxlength="120" placeholder="Ramadan 1448 H" value=name autocomplete="off"/></label>
                        <div class="pair">
                            <label>"Mulai" <input type="date" name="isian[mulai]" required value=from/></label>
                            <label>"Sampai dengan" <input type="date" name="isian[selesai]" required value=to/></label>
                        </div>
                        <p class="hint">"Jam di bawah ini hanya usulan (32 jam 30 menit seminggu)."</p>
                        <WeekFields hours=WeekHours::ramadan_proposal() flash=fields/>
                        <label class="tick">
                            <input type="checkbox" name="isian[cocok]" value="ya" required checked=ticked/>
                            "Sudah saya cocokkan dengan surat edaran"
                        </label>
                        <button class="primary">"Periksa perubahan"</button>
                    </Post<ChangeCalendar>>
                </div>
            </details>
        </div>
    }
    .into_any()
}

#[component]
fn OneSpecial(special: HoursException, today: NaiveDate, flash: Flashed) -> impl IntoView {
    let HoursException { from, to, name, hours } = special;
    let flash = of_form(&flash, "hapus_khusus", Some(("isian[mulai]", &from.to_string())));
    let open = !flash.typed.is_empty();
    let state = if to < today {
        "sudah lewat"
    } else if from > today {
        "akan datang"
    } else {
        "sedang berlaku"
    };
    view! {
        <details class="special" open=open>
            <summary>
                <b>{name}</b>
                <small>{words::date(from)}" sampai "{words::date(to)}" · "{state}</small>
            </summary>
            <WeekWords hours/>
            <Post<ChangeCalendar> flash>
                <input type="hidden" name="apa" value="hapus_khusus"/>
                <input type="hidden" name="isian[mulai]" value=from.to_string()/>
                <button class="danger">"Hapus jam khusus ini"</button>
            </Post<ChangeCalendar>>
        </details>
    }
    .into_any()
}

/// Who changed what, and when.
#[component]
pub(super) fn Changes(changes: Vec<ChangeLine>) -> impl IntoView {
    let lines = changes
        .into_iter()
        .map(|ChangeLine { when, who, what, runs }| {
            let moved = match runs {
                0 => "tidak menggeser batas waktu".to_owned(),
                runs => format!("menggeser batas waktu di {runs} pelaksanaan"),
            };
            view! { <li><time>{when}</time><span>{what}<small>{who}" · "{moved}</small></span></li> }
        })
        .collect_view();
    view! {
        <section aria-labelledby="perubahan">
            <h2 id="perubahan">"Catatan perubahan"</h2>
            <ol class="changes">{lines}</ol>
        </section>
    }
    .into_any()
}
