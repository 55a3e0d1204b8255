//! The fields for the working hours of a week.

use chrono::{Datelike, NaiveDate};
use domain::calendar::{WeekHours, words};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::ChangeCalendar;
use crate::ui::Flashed;

/// The minutes that a working week has by rule: 37.5 hours.
const WEEK_BY_RULE: i64 = 2250;

/// The weekdays, Senin first.
fn weekdays() -> impl Iterator<Item = &'static str> {
    let monday = NaiveDate::default().week(chrono::Weekday::Mon).first_day();
    monday.iter_days().take(7).map(words::weekday)
}

/// A field for each weekday, filled with these hours or with what was typed.
#[component]
pub(super) fn WeekFields(hours: WeekHours, flash: Flashed) -> impl IntoView {
    let path = ChangeCalendar::PATH;
    weekdays()
        .zip(hours.texts())
        .enumerate()
        .map(|(index, (day, text))| {
            let name = format!("isian[hari{index}]");
            let value = flash.typed(path, &name).unwrap_or(text);
            view! {
                <label class="weekday">
                    <span>{day}</span>
                    <input name=name value=value maxlength="120" placeholder="libur" autocomplete="off"/>
                </label>
            }
        })
        .collect_view()
}

/// The hours of a week as a list, days with the same hours together, and their sum.
#[component]
pub(super) fn WeekWords(hours: WeekHours) -> impl IntoView {
    let mut lines: Vec<(Vec<&'static str>, String)> = Vec::new();
    for (day, text) in weekdays().zip(hours.texts()) {
        match lines.last_mut().filter(|(_, same)| *same == text) {
            Some((days, _)) => days.push(day),
            None => lines.push((vec![day], text)),
        }
    }
    let lines = lines
        .into_iter()
        .map(|(days, text)| {
            let days = match days.as_slice() {
                [first, .., last] => format!("{first}–{last}"),
                _ => days.concat(),
            };
            let text = if text.is_empty() { "libur".to_owned() } else { text.replace('-', "–") };
            view! { <div><dt>{days}</dt><dd>{text}</dd></div> }
        })
        .collect_view();
    let minutes = hours.minutes_a_week();
    let rest = if minutes % 60 == 0 { String::new() } else { format!(" {} menit", minutes % 60) };
    let rule =
        if minutes == WEEK_BY_RULE { ", sesuai ketentuan" } else { "; ketentuan umum 37 jam 30 menit" };
    view! {
        <dl class="week">{lines}</dl>
        <p class="hint">{format!("{} jam{rest} seminggu{rule}.", minutes / 60)}</p>
    }
    .into_any()
}

/// The first day of a year, for links and tables; today's if there is none such.
pub(super) fn first_day(year: i32, today: NaiveDate) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_else(|| today.with_ordinal(1).unwrap_or(today))
}
