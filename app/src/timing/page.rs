//! `/sop/{nomor}/waktu`: where the time of a procedure's runs goes.

use std::sync::Arc;

use domain::calendar::{DAY_MINUTES, WorkMinutes, words};
use domain::sheet::SheetView;
use domain::sop::Sop;
use domain::timing::{RowTiming, Spread, Timing};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::heat::{heat, share};
use super::server::{TimingSheet, get_timing};
use crate::office::words::times;
use crate::sheet::SheetTable;
use crate::ui::{Icon, Loaded, PrintIsland};

/// Where the time of a procedure's runs goes.
#[component]
pub fn TimingPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let wanted = move || {
        let number = params.with(|params| params.get("nomor").unwrap_or_default());
        (number, query.with(|query| query.get("versi").and_then(|version| version.parse().ok())))
    };
    let data = Resource::new_blocking(wanted, |(number, version)| get_timing(number, version));
    view! { <Loaded data children=|sheet, _| view! { <Sheet sheet/> }/> }.into_any()
}

#[component]
fn Sheet(sheet: TimingSheet) -> impl IntoView {
    let TimingSheet { sop, versions, timing } = sheet;
    let page = format!("/sop/{}/waktu", sop.key.number);
    let many = versions.len() > 1;
    let versions = versions
        .into_iter()
        .filter(|_| many)
        .map(|key| {
            let current = (key == sop.key).then_some("page");
            view! { <a href=format!("{page}?versi={}", key.version) aria-current=current>{format!("Versi {}", key.version)}</a> }
        })
        .collect_view();
    let file = |kind: &str| format!("{page}.{kind}?versi={}", sop.key.version);
    let exports = [("csv", "CSV"), ("xes", "XES"), ("ocel.json", "OCEL 2.0")]
        .map(|(kind, name)| {
            view! {
                <a class="ghost" href=file(kind) rel="external" download="">
                    <Icon name="file"/>
                    {name}
                </a>
            }
        })
        .collect_view();
    let counted = format!("{} pelaksanaan, {} di antaranya selesai", timing.runs, timing.finished);
    let none = timing.rows.iter().all(|row| row.runs == 0);
    let undecreed: Vec<_> =
        timing.undecreed.iter().map(|year| format!("kalender {year} belum ditetapkan")).collect();
    let left_out =
        (!undecreed.is_empty()).then(|| format!("Sebagian waktu tidak dihitung: {}.", undecreed.join(", ")));
    view! {
        <Title text=format!("Ke mana waktu, SOP {}", sop.key.number)/>
        <div class="title">
            <div>
                <h1>{format!("Ke mana waktu: {}", sop.name)}</h1>
                <p class="versions">
                    <a href=format!("/sop/{}?versi={}", sop.key.number, sop.key.version)>{format!("SOP {}", sop.key.number)}</a>
                    {format!(" · {counted} ")}
                    {versions}
                </p>
            </div>
            <nav class="steering" aria-label="Ekspor">{exports}<PrintIsland/></nav>
        </div>
        <div class="timing">
            {left_out.map(|words| view! { <p class="hint">{words}</p> })}
            {none
                .then(|| {
                    view! {
                        <p class="hint">
                            "Belum ada baris yang dilalui sebuah pelaksanaan. Halaman ini terisi sendiri begitu sebuah baris selesai; lembar di bawah menunjukkan tempatnya."
                        </p>
                    }
                })}
            <HeatSheet sop=sop.clone() timing=timing.clone()/>
            <Rows sop=sop.clone() timing=timing.clone()/>
            <Lanes sop timing/>
            <Meaning/>
        </div>
    }
    .into_any()
}

#[component]
fn HeatSheet(sop: Sop, timing: Timing) -> impl IntoView {
    let view = SheetView::blank(&sop);
    let heat = Arc::new(heat(&timing));
    let sop = StoredValue::new(Arc::new(sop));
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label="Bagan alur dengan waktu">
            <SheetTable sop view=Signal::stored(view) heat/>
        </div>
        <p class="legend heat-legend">
            <span>"Bagian dari seluruh waktu:"</span>
            <span><b class="heat-1"></b>"di bawah 2%"</span>
            <span><b class="heat-2"></b>"2–7%"</span>
            <span><b class="heat-3"></b>"8–19%"</span>
            <span><b class="heat-4"></b>"20% ke atas"</span>
            <span>"▲ lebih lama daripada waktu baku"</span>
        </p>
    }
    .into_any()
}

#[component]
fn Rows(sop: Sop, timing: Timing) -> impl IntoView {
    let lines = timing
        .rows
        .into_iter()
        .zip(sop.activities.clone())
        .map(|(row, activity)| {
            let cells = row.cells.iter().map(|cell| {
                let back = (cell.returns > 0).then(|| format!("{} kali dikembalikan", cell.returns));
                view! {
                    <tr class="of-cell" data-heat=cell.heat()>
                        <th scope="row" colspan="2">{sop.lane_name(&cell.at.lane).to_owned()}<small>{back}</small></th>
                        <td data-label="Menunggu" class="num">{spread(cell.waiting)}</td>
                        <td data-label="Dikerjakan" class="num">{spread(cell.doing)}</td>
                        <td data-label="Seluruhnya" class="num">{spread(cell.spent)}</td>
                        <td></td>
                        <td data-label="Bagian" class="num">{cell.spent.map(|_| share(cell.share))}</td>
                    </tr>
                }
            });
            let cells = cells.collect_view();
            let runs = if row.runs > 0 { format!("{} pelaksanaan", row.runs) } else { "belum dilalui".to_owned() };
            view! {
                <tr class="of-row">
                    <td class="no">{activity.printed}</td>
                    <th scope="row">{activity.short}<small>{runs}</small></th>
                    <td data-label="Putaran" class="num" colspan="2">{rounds(&row)}</td>
                    <td data-label="Nyata" class="num">{spread(row.spent)}</td>
                    <td data-label="Waktu baku" class="num">{promised(&row, &activity.time)}</td>
                    <td data-label="Nyata × baku" class="num" class:late=row.percent().is_some_and(|percent| percent > 100)>
                        {row.percent().map(|percent| format!("{} ×", times(percent)))}
                    </td>
                </tr>
                {cells}
            }
        })
        .collect_view();
    view! {
        <h2>"Tiap baris"</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="Waktu tiap baris">
            <table class="list times">
                <thead>
                    <tr>
                        <th scope="col">"No"</th>
                        <th scope="col">"Kegiatan dan pelaksana"</th>
                        <th scope="col" class="num">"Menunggu"</th>
                        <th scope="col" class="num">"Dikerjakan (paling lama)"</th>
                        <th scope="col" class="num">"Seluruhnya"</th>
                        <th scope="col" class="num">"Waktu baku"</th>
                        <th scope="col" class="num">"Nyata × baku, bagian"</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Lanes(sop: Sop, timing: Timing) -> impl IntoView {
    let none = timing.finished == 0;
    let lines = timing
        .lanes
        .into_iter()
        .map(|lane| {
            view! {
                <tr>
                    <th scope="row">{sop.lane_name(&lane.lane).to_owned()}</th>
                    <td data-label="Menunggu" class="num">{spread(lane.waiting)}</td>
                    <td data-label="Dikerjakan" class="num">{spread(lane.doing)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <h2>"Tiap pelaksana, per pelaksanaan yang selesai"</h2>
        <p class="hint" hidden=!none>"Belum ada pelaksanaan yang selesai."</p>
        <table class="list times lanes" hidden=none>
            <thead>
                <tr>
                    <th scope="col">"Pelaksana"</th>
                    <th scope="col" class="num">"Menunggu"</th>
                    <th scope="col" class="num">"Dikerjakan (paling lama)"</th>
                </tr>
            </thead>
            <tbody>{lines}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Meaning() -> impl IntoView {
    view! {
        <section class="meaning" aria-labelledby="artinya">
            <h2 id="artinya">"Cara membacanya"</h2>
            <ul class="reasons">
                <li>"Semua waktu adalah jam kerja dalam satu pelaksanaan, tanpa jeda: yang biasa (separuh pelaksanaan paling lama sekian), lalu dalam kurung batas 9 dari 10 pelaksanaan. Putaran dijumlahkan."</li>
                <li>"Catatan tahu kapan sebuah kotak mendapat giliran dan kapan selesai, tidak tahu kapan orang mulai bekerja. Karena itu kotak keputusan (paraf) dan kotak yang menunggu LKj PD dihitung menunggu seluruhnya."</li>
                <li>"Kotak yang menilai atau mereviu LKj menunggu sampai LKj pertama ditangani, sesudah itu dikerjakan. Kotak lain dihitung dikerjakan: itu batas atas, sebab di dalamnya ada waktu di meja."</li>
                <li>"Pelaksanaan yang dibatalkan tidak dihitung. Ekspor memuat kotak, peran dan PD, tanpa nama orang."</li>
            </ul>
        </section>
    }
    .into_any()
}

/// "3 jam (2 hari kerja)": the median, and nine of ten.
fn spread(spread: Option<Spread>) -> Option<String> {
    let span = |time: WorkMinutes| words::span(time, DAY_MINUTES);
    let Spread { median, ninety } = spread?;
    Some(if median == ninety { span(median) } else { format!("{} ({})", span(median), span(ninety)) })
}

fn rounds(row: &RowTiming) -> Option<String> {
    (row.repeated > 0)
        .then(|| format!("{} dari {} berulang, paling banyak {} putaran", row.repeated, row.runs, row.rounds))
}

fn promised(row: &RowTiming, printed: &str) -> String {
    match (printed.trim(), row.promised) {
        ("" | "-", _) => String::new(),
        (printed, Some(promised)) if !printed.to_lowercase().contains("jam") => {
            let promised = words::span(promised, DAY_MINUTES);
            if promised.starts_with(&printed.to_lowercase()) {
                printed.to_owned()
            } else {
                format!("{printed} ({promised})")
            }
        }
        (printed, _) => printed.to_owned(),
    }
}
