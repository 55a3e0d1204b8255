//! The review list of a report: items answered with Ya or Tidak, some of them conditional.

use std::collections::BTreeMap;

use domain::report::Submission;
use domain::report::review::{Review, ReviewItem, ReviewList};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::marks::Hidden;
use super::model::ReportSheet;
use super::server::ReviewReport;
use super::words::stamp_words;
use crate::ui::{Area, Flashed, Post};

/// The list: to be filled in by reviewers, to be read by others.
#[component]
pub(super) fn Checklist(sheet: ReportSheet, last: Submission, flash: Flashed) -> impl IntoView {
    let by = last.review.as_ref().map(|(stamp, _)| stamp_words(&sheet, stamp));
    let current = || Review { list: ReviewList::current().version, ..Review::default() };
    let review = last.review.as_ref().map_or_else(current, |(_, review)| review.clone());
    let list = ReviewList::version(review.list).unwrap_or(ReviewList::current());
    let (done, all) = review.progress();
    let (may, begun) = (sheet.may.review, last.review.is_some());
    let words = if begun || may { format!("{done} dari {all}") } else { "belum direviu".to_owned() };
    let read = (!may && begun).then(|| answers(list, &review));
    let review_of = review.clone();
    view! {
        <section class="card" id="reviu">
            <h2>"Daftar reviu: "<span class="progress-words">{words}</span></h2>
            <progress max=all value=done aria-label="Kemajuan reviu"></progress>
            {by.map(|by| view! { <p class="hint">"Terakhir disimpan: "{by}</p> })}
            <p class="hint">{list.source}" Versi "{list.version}"."</p>
            {read}
            {may.then(|| view! { <Fields sheet last list review=review_of flash/> })}
        </section>
    }
    .into_any()
}

/// What was answered, for those who do not review.
fn answers(list: &'static ReviewList, review: &Review) -> impl IntoView + use<> {
    let items = list
        .items()
        .filter(|item| item.applies(&review.answers))
        .map(|item| {
            let word = match review.answers.get(item.key) {
                Some(true) => "Ya",
                Some(false) => "Tidak",
                None => "belum",
            };
            view! { <dt>{item.key}" "{item.text}</dt><dd>{word}</dd> }
        })
        .collect_view();
    view! { <dl class="facts">{items}</dl> }
}

#[component]
fn Fields(
    sheet: ReportSheet,
    last: Submission,
    list: &'static ReviewList,
    review: Review,
    flash: Flashed,
) -> impl IntoView {
    let path = ReviewReport::url();
    let refused = flash.problem(path).is_some();
    let mut shown = review.answers.clone();
    if refused {
        let typed = |item: &ReviewItem| flash.typed(path, &format!("jawab[{}]", item.key));
        let typed = list.items().filter_map(|item| Some((item.key.to_owned(), typed(item)? == "ya")));
        shown = typed.collect();
    }
    let note = flash.typed(path, "catatan").unwrap_or(review.note);
    let groups = list
        .groups
        .iter()
        .map(|group| {
            let items =
                group.items.iter().map(|item| view! { <Item item answers=shown.clone()/> }).collect_view();
            view! {
                <section class="items">
                    <h3>{group.label}</h3>
                    {items}
                </section>
            }
        })
        .collect_view();
    view! {
        <Post<ReviewReport> flash>
            <Hidden sheet round=Some(last.round)/>
            <input type="hidden" name="daftar" value=list.version/>
            {groups}
            <label>"Catatan reviu (boleh kosong)" <Area text=note attr:name="catatan" attr:rows="2"/></label>
            <p class="hint">"Boleh disimpan sebagian dan diteruskan nanti."</p>
            <button class="primary">"Simpan daftar reviu"</button>
        </Post<ReviewReport>>
    }
    .into_any()
}

#[component]
fn Item(item: &'static ReviewItem, answers: BTreeMap<String, bool>) -> impl IntoView {
    let name = format!("jawab[{}]", item.key);
    let answer = answers.get(item.key).copied();
    let applies = item.applies(&answers);
    let when = (!item.after_no.is_empty()).then(
        || view! { <small>{format!("hanya bila {} dijawab Tidak", item.after_no.join(" atau "))}</small> },
    );
    let radio = |value: &'static str, word: &'static str, is: bool| {
        view! {
            <label class="tick">
                <input type="radio" name=name.clone() value=value checked=answer == Some(is)/>
                {word}
            </label>
        }
    };
    view! {
        <fieldset class="item" data-off=(!applies).then_some("")>
            <legend><b>{item.key}</b>" "{item.text}{when}</legend>
            <div>{radio("ya", "Ya", true)} {radio("tidak", "Tidak", false)}</div>
        </fieldset>
    }
    .into_any()
}
