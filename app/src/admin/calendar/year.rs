//! `/kelola/kalender/{tahun}`: a year at a glance, and its days off.

use chrono::Datelike;
use desk::problem::Problem;
use domain::calendar::{Calendar, DayOff, DayOffKind, to_csv, words};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::hours::first_day;
use super::month::{Month, mark};
use super::preview::PreviewBox;
use super::server::{CalendarView, get_calendar};
use super::{ChangeCalendar, of_form};
use crate::ui::{Area, Flashed, Loaded, Post};

/// A year.
#[component]
pub fn CalendarYearPage() -> impl IntoView {
    let year = use_params_map().with_untracked(|params| params.get("tahun")?.parse::<i32>().ok());
    let year = year.filter(|year| (2000..=2200).contains(year));
    let asked = use_query_map().with_untracked(|query| query.get("gagal").unwrap_or_default());
    let data = Resource::new_blocking(
        || (),
        move |()| {
            let asked = asked.clone();
            async move {
                let calendar = get_calendar(asked).await?;
                year.map(|year| (year, calendar)).ok_or_else(|| Problem::not_found("Tahun ini"))
            }
        },
    );
    view! {
        <Title text=year.map_or_else(|| "Kalender".to_owned(), |year| format!("Kalender {year}"))/>
        <Loaded data children=|(year, calendar), flash| view! { <Year year calendar flash/> }/>
    }
    .into_any()
}

#[component]
fn Year(year: i32, calendar: CalendarView, flash: Flashed) -> impl IntoView {
    let done = use_query_map().with_untracked(|query| query.get("sudah").is_some());
    let CalendarView { calendar, today, preview, .. } = calendar;
    let here = format!("/kelola/kalender/{year}");
    let first = first_day(year, today);
    let total = calendar.working_days_between(first, first_day(year + 1, today));
    let (decreed, lead) = match total {
        Ok(days) => (true, format!("{days} hari kerja dalam setahun.")),
        Err(undecreed) => (false, undecreed.to_string()),
    };
    let days = calendar.days_off(year).to_vec();
    let rows = days.iter().map(|day| view! { <Entry day=day.clone() flash=flash.clone()/> }).collect_view();
    let none = days.is_empty();
    let stored = StoredValue::new(calendar.clone());
    let months = (0..12)
        .filter_map(|month| first.checked_add_months(chrono::Months::new(month)))
        .map(|first| view! { <Month calendar=stored first today/> })
        .collect_view();
    view! {
        <div class="title">
            <div>
                <p><a href="/kelola/kalender">"Kalender kerja"</a></p>
                <h1>"Kalender "{year}</h1>
                <p>{lead}</p>
            </div>
            <nav class="steering" aria-label="Tahun lain">
                <a class="ghost" href=format!("/kelola/kalender/{}", year - 1)>{year - 1}</a>
                <a class="ghost" href=format!("/kelola/kalender/{}", year + 1)>{year + 1}</a>
                <a class="ghost" href=format!("{here}/hari-libur.csv") rel="external" download="">"Unduh CSV"</a>
            </nav>
        </div>
        <p class="good" role="status" hidden=!done>"Tersimpan."</p>
        <p class="notice" hidden=decreed>
            {format!(
                "Kalender {year} belum ditetapkan. Alur tidak menebak hari libur: setiap batas waktu yang bergantung pada tahun ini ditulis “kalender {year} belum ditetapkan”, sampai SKB 3 Menteri untuk {year} dimasukkan di bawah.",
            )}
        </p>
        {preview.map(|preview| view! { <PreviewBox preview back=here.clone()/> })}
        <div class="agency-tools">
            <Adding year flash=flash.clone()/>
            <Import year calendar decreed flash/>
        </div>
        <p class="marks">
            <span><b data-day="libur_nasional">"L"</b>"libur nasional"</span>
            <span><b data-day="cuti_bersama">"C"</b>"cuti bersama"</span>
            <span><b data-day="kantor_tutup">"T"</b>"kantor tutup"</span>
            <span><b data-day="jam_khusus">"J"</b>"jam kerja khusus"</span>
        </p>
        <div class="months">{months}</div>
        <section aria-labelledby="daftar">
            <h2 id="daftar">"Hari libur "{year}</h2>
            <p class="hint" hidden=!none>"Belum ada hari libur yang tercatat untuk tahun ini."</p>
            <ul class="accounts days-off">{rows}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Adding(year: i32, flash: Flashed) -> impl IntoView {
    let flash = of_form(&flash, "tambah", None);
    let open = !flash.typed.is_empty();
    let day = Typed::of(&flash, None);
    let back = format!("/kelola/kalender/{year}");
    view! {
        <details class="menu start" open=open>
            <summary class="primary">"Tambah hari libur…"</summary>
            <div class="pop">
                <Post<ChangeCalendar> flash>
                    <input type="hidden" name="apa" value="tambah"/>
                    <input type="hidden" name="kembali" value=back/>
                    <Fields day/>
                    <button class="primary">"Periksa perubahan"</button>
                </Post<ChangeCalendar>>
            </div>
        </details>
    }
    .into_any()
}

#[component]
fn Import(year: i32, calendar: Calendar, decreed: bool, flash: Flashed) -> impl IntoView {
    let flash = of_form(&flash, "impor", None);
    let typed = flash.typed(ChangeCalendar::PATH, "isian[csv]");
    let open = typed.is_some();
    let csv = typed.unwrap_or_else(|| to_csv(calendar.days_off(year)));
    let back = format!("/kelola/kalender/{year}");
    let summary = if decreed { "Impor CSV…" } else { "Tetapkan kalender (CSV)…" };
    view! {
        <details class="menu start" open=open>
            <summary class="ghost">{summary}</summary>
            <div class="pop wide-pop">
                <form method="post" action=format!("{back}/impor") enctype="multipart/form-data">
                    <label>
                        "Berkas CSV dengan kolom tanggal, jenis, nama, dasar"
                        <input type="file" name="berkas" accept=".csv,text/csv" required/>
                    </label>
                    <button class="ghost">"Baca berkas"</button>
                </form>
                <Post<ChangeCalendar> flash class="wide">
                    <input type="hidden" name="apa" value="impor"/>
                    <input type="hidden" name="kembali" value=back/>
                    <input type="hidden" name="isian[tahun]" value=year/>
                    <label>
                        "Atau tempel dan ubah di sini"
                        <Area text=csv attr:name="isian[csv]" attr:rows="10" attr:required=true attr:spellcheck="false"/>
                    </label>
                    <p class="hint">
                        "Jenis: libur_nasional, cuti_bersama atau kantor_tutup. Daftar ini menggantikan semua libur nasional dan cuti bersama tahun itu; hari tutup kantor yang sudah ada tetap."
                    </p>
                    <button class="primary">"Periksa perubahan"</button>
                </Post<ChangeCalendar>>
            </div>
        </details>
    }
    .into_any()
}

#[component]
fn Entry(day: DayOff, flash: Flashed) -> impl IntoView {
    let line = to_csv([&day]).lines().nth(1).unwrap_or_default().to_owned();
    let key = Some(("isian[lama]", line.as_str()));
    let (changing, removing) = (of_form(&flash, "ubah", key), of_form(&flash, "hapus", key));
    let open = !changing.typed.is_empty() || !removing.typed.is_empty();
    let typed = Typed::of(&changing, Some(&day));
    let back = format!("/kelola/kalender/{}", day.date.year());
    let DayOff { date, kind, name, decree } = day;
    let decree = if decree.is_empty() { "ditetapkan kantor sendiri".to_owned() } else { decree };
    let (first, second) = (line.clone(), line);
    let again = back.clone();
    view! {
        <li>
            <details open=open>
                <summary>
                    <b data-day=kind.code()><i>{mark(kind)}</i>{kind.to_string()}</b>
                    <span>{words::weekday_date(date)}<small>{name}</small></span>
                    <span class="decree">{decree}</span>
                    <span class="state">"Ubah"</span>
                </summary>
                <Post<ChangeCalendar> flash=changing>
                    <input type="hidden" name="apa" value="ubah"/>
                    <input type="hidden" name="kembali" value=again/>
                    <input type="hidden" name="isian[lama]" value=first/>
                    <Fields day=typed/>
                    <button class="primary">"Periksa perubahan"</button>
                </Post<ChangeCalendar>>
                <Post<ChangeCalendar> flash=removing>
                    <input type="hidden" name="apa" value="hapus"/>
                    <input type="hidden" name="kembali" value=back/>
                    <input type="hidden" name="isian[lama]" value=second/>
                    <button class="danger">"Hapus hari libur ini"</button>
                </Post<ChangeCalendar>>
            </details>
        </li>
    }
    .into_any()
}

/// What stands in the fields of a day.
#[derive(Clone, Default)]
struct Typed {
    date: String,
    kind: String,
    name: String,
    decree: String,
}

impl Typed {
    /// What was typed, else the day as it is.
    fn of(flash: &Flashed, day: Option<&DayOff>) -> Self {
        let typed = |field: &str| flash.typed(ChangeCalendar::PATH, field);
        let or = |field: &str, otherwise: fn(&DayOff) -> String| {
            typed(field).or_else(|| day.map(otherwise)).unwrap_or_default()
        };
        Self {
            date: or("isian[tanggal]", |day| day.date.to_string()),
            kind: or("isian[jenis]", |day| day.kind.code().to_owned()),
            name: or("isian[nama]", |day| day.name.clone()),
            decree: or("isian[dasar]", |day| day.decree.clone()),
        }
    }
}

#[component]
fn Fields(day: Typed) -> impl IntoView {
    let Typed { date, kind, name, decree } = day;
    let kinds = [DayOffKind::OfficeClosed, DayOffKind::NationalHoliday, DayOffKind::CollectiveLeave]
        .map(|it| {
            let chosen = it.code() == kind;
            view! { <option value=it.code() selected=chosen>{it.to_string()}</option> }
        })
        .collect_view();
    view! {
        <label>"Tanggal" <input type="date" name="isian[tanggal]" required value=date/></label>
        <label>"Jenis" <select name="isian[jenis]">{kinds}</select></label>
        <label>"Nama atau sebab" <input name="isian[nama]" required maxlength="120" value=name autocomplete="off"/></label>
        <label>
            "Dasar keputusan (boleh kosong bila hanya kantor ini yang tutup)"
            <input name="isian[dasar]" maxlength="200" value=decree autocomplete="off"/>
        </label>
    }
    .into_any()
}
