//! Plots of the recap: plain SVG made on the server, coloured by classes.

use desk::report::percent;
use domain::achievement::Category;
use leptos::prelude::*;

use super::model::Part;
use super::words::key;

/// Width of a plot, in its own units.
const WIDTH: i64 = 640;
/// Where the bars begin, beside the names.
const LEFT: i64 = 150;
/// Height of one agency's bar with its space.
const STEP: i64 = 22;

/// How the averages are spread: agencies in each step of ten percent.
#[component]
pub(super) fn Distribution(parts: Vec<Part>) -> impl IntoView {
    const HEIGHT: i64 = 180;
    const FLOOR: i64 = 140;
    // The last step is open: 120 and above.
    let mut bins = [0_i64; 13];
    for average in parts.iter().filter_map(|part| part.average) {
        let at = usize::try_from(average / 1000).unwrap_or_default().min(bins.len() - 1);
        if let Some(bin) = bins.get_mut(at) {
            *bin += 1;
        }
    }
    let most = bins.iter().copied().max().unwrap_or_default().max(1);
    let wide = WIDTH / 13;
    let name = |at: usize| if at == 12 { "120+".to_owned() } else { format!("{}", at * 10) };
    let words: Vec<_> = bins
        .iter()
        .enumerate()
        .filter(|(_, count)| **count > 0)
        .map(|(at, count)| {
            if at == 12 {
                format!("120% ke atas: {count} PD")
            } else {
                format!("{}–{}%: {count} PD", at * 10, at * 10 + 10)
            }
        })
        .collect();
    let bars = bins
        .into_iter()
        .zip(0_i64..)
        .map(|(count, at)| {
            let (x, tall) = (at * wide, count * 110 / most);
            let middle = x + wide / 2;
            view! {
                <rect class="bar-plain" x=x + 3 y=FLOOR - tall width=wide - 6 height=tall></rect>
                <text class="mid" x=middle y=FLOOR - tall - 6>{(count > 0).then_some(count)}</text>
                <text class="mid axis" x=middle y=FLOOR + 18>{name(usize::try_from(at).unwrap_or_default())}</text>
            }
        })
        .collect_view();
    view! {
        <figure>
            <figcaption>"Sebaran rata-rata capaian PD (persen)"</figcaption>
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=words.join(", ")>
                <line class="axis" x1="0" y1=FLOOR x2=WIDTH y2=FLOOR></line>
                {bars}
            </svg>
            <p class="hint">{words.join(" · ")}</p>
        </figure>
    }
    .into_any()
}

/// The categories of each agency's rows, side by side.
#[component]
pub(super) fn Stacked(parts: Vec<Part>) -> impl IntoView {
    let height = i64::try_from(parts.len()).unwrap_or_default() * STEP + 6;
    let legend = Category::ALL
        .map(|category| view! { <li data-category=key(category)>{category.word()}</li> })
        .collect_view();
    let bars = parts
        .into_iter()
        .zip(0_i64..)
        .map(|(part, at)| {
            let (y, measured) = (at * STEP + 4, i64::from(part.measured).max(1));
            let mut x = LEFT;
            let pieces = Category::ALL
                .into_iter()
                .zip(part.categories)
                .map(|(category, count)| {
                    let wide = i64::from(count) * (WIDTH - LEFT) / measured;
                    let from = x;
                    x += wide;
                    view! { <rect class="cat-bar" data-category=key(category) x=from y=y width=wide height=STEP - 6></rect> }
                })
                .collect_view();
            view! {
                <text class="end" x=LEFT - 8 y=y + 12>{part.short}</text>
                {pieces}
            }
        })
        .collect_view();
    view! {
        <figure class="long">
            <figcaption>"Kategori capaian tiap PD (bagian dari indikator terukur)"</figcaption>
            <ul class="tally">{legend}</ul>
            <svg viewBox=format!("0 0 {WIDTH} {height}") role="img" aria-label="Angkanya ada pada tabel di bawah">{bars}</svg>
        </figure>
    }
    .into_any()
}

/// This year's averages against those of the year before, where both are known.
#[component]
pub(super) fn Against(parts: Vec<Part>) -> impl IntoView {
    let both: Vec<_> =
        parts.into_iter().filter_map(|part| Some((part.short, part.last?, part.average?))).collect();
    let height = i64::try_from(both.len()).unwrap_or_default() * STEP + 6;
    let most = both.iter().map(|(_, last, now)| *last.max(now)).max().unwrap_or_default().max(10_000);
    let place = move |value: i64| LEFT + value.clamp(0, most) * (WIDTH - LEFT - 20) / most;
    let (up, down) = (
        both.iter().filter(|(_, last, now)| now > last).count(),
        both.iter().filter(|(_, last, now)| now < last).count(),
    );
    let lines = both
        .into_iter()
        .zip(0_i64..)
        .map(|((short, last, now), at)| {
            let y = at * STEP + 13;
            let title = format!("{short}: {} menjadi {}", percent(last), percent(now));
            view! {
                <g>
                    <title>{title}</title>
                    <text class="end" x=LEFT - 8 y=y + 4>{short}</text>
                    <line class="move" x1=place(last) y1=y x2=place(now) y2=y></line>
                    <circle class="before" cx=place(last) cy=y r="4"></circle>
                    <circle class="now" cx=place(now) cy=y r="5"></circle>
                </g>
            }
        })
        .collect_view();
    view! {
        <figure class="long">
            <figcaption>"Rata-rata tahun ini (penuh) terhadap tahun lalu (kosong)"</figcaption>
            <svg viewBox=format!("0 0 {WIDTH} {height}") role="img" aria-label=format!("{up} PD naik, {down} PD turun")>{lines}</svg>
            <p class="hint">{format!("{up} PD naik, {down} PD turun.")}</p>
        </figure>
    }
    .into_any()
}
