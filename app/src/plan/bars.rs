//! The bars of one row: what was planned, how it went, and what it has to spare.

use chrono::{DateTime, Utc};
use domain::calendar::{start_of_day, words};
use leptos::prelude::*;

use super::axis::Axis;
use super::model::{Band, OuterDate, PlanRow};

/// Shaded days, today, and the dates from outside: what every row of the chart has behind it.
#[component]
fn Ground(
    axis: Axis,
    now: DateTime<Utc>,
    limits: Vec<OuterDate>,
    deadline: Option<DateTime<Utc>>,
) -> impl IntoView {
    let off = axis.off.iter().map(|off| {
        let class = if off.holiday { "off holiday" } else { "off" };
        view! { <rect class=class x=axis.x(off.from) y="0" width=axis.width(off.from, off.to) height="100%"></rect> }
    });
    let off = off.collect_view();
    let line = |class: &'static str, at: DateTime<Utc>| {
        let x = axis.x(at);
        view! { <line class=class x1=x.clone() x2=x y1="0" y2="100%"></line> }
    };
    let outer = limits.iter().map(|limit| line("outer", limit.until)).collect_view();
    let within = axis.from <= now && now < axis.to;
    view! {
        {off}
        {outer}
        {deadline.map(|at| line("deadline", at))}
        {within.then(|| line("now", now))}
    }
    .into_any()
}

/// The head of the chart: months, today and the dates.
#[component]
pub(super) fn Head(
    axis: Axis,
    now: DateTime<Utc>,
    limits: Vec<OuterDate>,
    deadline: Option<DateTime<Utc>>,
) -> impl IntoView {
    let months = axis.months.clone().into_iter().enumerate().map(|(n, (date, name))| {
        let at = start_of_day(date);
        // The piece of a month at the very beginning may be too narrow for its name.
        let room =
            axis.months.get(n + 1).map_or(100.0, |next| axis.share(start_of_day(next.0))) - axis.share(at);
        let short: String = name.chars().take(3).collect();
        let name = if room < 5.0 { String::new() } else { short };
        view! {
            <line class="month" x1=axis.x(at) x2=axis.x(at) y1="0" y2="100%"></line>
            <text x=axis.x(at) dx="4" y="13">{name}</text>
        }
    });
    let months = months.collect_view();
    view! {
        <svg class="bars" aria-hidden="true" focusable="false">
            <Ground axis now limits deadline/>
            {months}
        </svg>
    }
    .into_any()
}

/// The bars of a row.
#[component]
pub(super) fn Bars(
    row: PlanRow,
    axis: Axis,
    now: DateTime<Utc>,
    limits: Vec<OuterDate>,
    deadline: Option<DateTime<Utc>>,
) -> impl IntoView {
    let bar = |class: &'static str, from: DateTime<Utc>, to: DateTime<Utc>, (y, height): (u8, u8)| {
        view! { <rect class=class x=axis.x(from) y=y width=axis.width(from, to) height=height rx="2"></rect> }
    };
    let first = row.first.map(|first| bar("planned", first.from, first.to, (4, 8)));
    let body = (15, 12);
    let span = row.span.map(|span| {
        let due = row.due.unwrap_or(span.to);
        match row.state.as_str() {
            "done" => vec![bar("done", span.from, span.to, body)],
            "open" if due < now => vec![bar("open", span.from, due, body), bar("over", due, now, body)],
            "open" => vec![bar("open", span.from, now, body), bar("coming", now, span.to, body)],
            _ => vec![bar("coming", span.from, span.to, body)],
        }
    });
    let spare = row.span.zip(row.latest).filter(|_| row.state != "done").map(|(span, latest)| {
        let class = if row.short_of_time { "lacking" } else { "spare" };
        let (x1, x2) = (axis.x(span.to), axis.x(latest));
        view! {
            <line class=class x1=x1 x2=x2.clone() y1="21" y2="21"></line>
            <line class=class x1=x2.clone() x2=x2 y1="16" y2="26"></line>
        }
    });
    view! {
        <svg class="bars" aria-hidden="true" focusable="false">
            <Ground axis=axis.clone() now limits deadline/>
            {first}
            {span}
            {spare}
        </svg>
    }
    .into_any()
}

/// The band of the forecast.
#[component]
pub(super) fn BandBars(
    band: Band,
    axis: Axis,
    now: DateTime<Utc>,
    limits: Vec<OuterDate>,
    deadline: Option<DateTime<Utc>>,
) -> impl IntoView {
    let (ninety, half, x) = (band.ninety, band.half, axis.x(band.middle));
    let words = format!(
        "Perkiraan selesai sekitar {}, 1 dari 2 antara {} dan {}, 9 dari 10 antara {} dan {}",
        words::short(band.middle),
        words::short(half.from),
        words::short(half.to),
        words::short(ninety.from),
        words::short(ninety.to)
    );
    view! {
        <svg class="bars" role="img" aria-label=words>
            <Ground axis=axis.clone() now limits deadline/>
            <rect class="ninety" x=axis.x(ninety.from) y="8" width=axis.width(ninety.from, ninety.to) height="16" rx="2"></rect>
            <rect class="half" x=axis.x(half.from) y="8" width=axis.width(half.from, half.to) height="16" rx="2"></rect>
            <line class="middle" x1=x.clone() x2=x y1="4" y2="28"></line>
        </svg>
    }
    .into_any()
}
