//! A month at a glance: each day with a mark and a word for why nobody works.

use chrono::{Datelike, Days, NaiveDate};
use domain::calendar::{Calendar, DayOffKind, words};
use leptos::prelude::*;

/// The letter that marks a kind of day off, beside its word.
pub(super) fn mark(kind: DayOffKind) -> &'static str {
    match kind {
        DayOffKind::NationalHoliday => "L",
        DayOffKind::CollectiveLeave => "C",
        DayOffKind::OfficeClosed => "T",
    }
}

/// How many days of a month are worked; `None` without a decree.
pub(super) fn working_days(calendar: &Calendar, from: NaiveDate) -> Option<i64> {
    calendar.working_days_between(from, first_of_next(from)?).ok()
}

fn first_of_next(from: NaiveDate) -> Option<NaiveDate> {
    from.checked_add_months(chrono::Months::new(1))
}

/// A month as a small table, weeks from Senin.
#[component]
pub(super) fn Month(calendar: StoredValue<Calendar>, first: NaiveDate, today: NaiveDate) -> impl IntoView {
    let days = calendar.with_value(|calendar| working_days(calendar, first));
    let count = days.map_or_else(|| "belum ditetapkan".to_owned(), |days| format!("{days} hari kerja"));
    let lead = first.weekday().num_days_from_monday();
    let last = first_of_next(first).map_or(31, |next| (next - first).num_days());
    let cells = i64::from(lead) + last;
    let weeks = (0..(cells + 6) / 7)
        .map(|week| {
            let day = |column: i64| {
                let offset = week * 7 + column - i64::from(lead);
                let offset = u64::try_from(offset).ok().filter(|_| offset < last)?;
                first.checked_add_days(Days::new(offset))
            };
            let places = (0..7)
                .map(|column| match day(column) {
                    Some(date) => calendar.with_value(|calendar| cell(calendar, date, today)).into_any(),
                    None => view! { <td></td> }.into_any(),
                })
                .collect_view();
            view! { <tr>{places}</tr> }
        })
        .collect_view();
    view! {
        <table class="month">
            <caption>{words::month(first.month())}<small>{count}</small></caption>
            <thead>
                <tr>
                    {["Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"]
                        .map(|day| view! { <th scope="col">{day}</th> })
                        .collect_view()}
                </tr>
            </thead>
            <tbody>{weeks}</tbody>
        </table>
    }
    .into_any()
}

fn cell(calendar: &Calendar, date: NaiveDate, today: NaiveDate) -> impl IntoView + use<> {
    let off = calendar.days_off_on(date).first();
    let usual = calendar.usual_hours_on(date);
    let free = off.is_none() && calendar.hours_on(date).on(date.weekday()).is_empty();
    let special = off.is_none() && !free && calendar.hours_on(date) != usual;
    let (kind, words) = match off {
        Some(day) => (day.kind.code(), format!("{}: {}", day.kind, day.name)),
        None if free => ("akhir_pekan", String::new()),
        None if special => ("jam_khusus", "jam kerja khusus".to_owned()),
        None => ("kerja", String::new()),
    };
    let letter = off.map(|day| mark(day.kind)).or(special.then_some("J"));
    let now = (date == today).then_some("date");
    let title = Some(words.clone()).filter(|words| !words.is_empty());
    let spoken = title.as_ref().map(|words| format!(" {words}"));
    view! {
        <td data-day=kind aria-current=now title=title>
            {date.day()}
            {letter.map(|letter| view! { <b aria-hidden="true">{letter}</b> })}
            {spoken.map(|words| view! { <span class="sr">{words}</span> })}
        </td>
    }
}
