//! The table of achievement of a report as it was sent, with a place for findings at each row.

use domain::achievement::{Achievement, Category, Row};
use domain::report::Submission;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::model::May;
use super::server::ReturnReport;
use super::words::{RETURN_FORM, key};
use crate::ui::{Area, Flashed};

/// The table.
#[component]
pub(super) fn AchievementSheet(rows: Vec<Row>, last: Submission, may: May, flash: Flashed) -> impl IntoView {
    let counts = Category::ALL
        .into_iter()
        .zip(last.digest.categories)
        .map(|(category, count)| view! { <li data-category=key(category)><b>{count}</b>" "{category.word()}</li> })
        .collect_view();
    let count = rows.len();
    let lines = rows
        .into_iter()
        .zip(1..)
        .map(|(row, number)| {
            let place = format!("baris.{number}");
            let found = last.findings().iter().filter(|finding| finding.place == place);
            let found = found
                .map(|finding| view! { <small class="found">{finding.text.clone()}</small> })
                .collect_view();
            let field = format!("temuan[{place}]");
            let typed = flash.typed(ReturnReport::url(), &field).unwrap_or_default();
            view! { <IndicatorRow row number found field=may.give_back.then_some((field, typed))/> }
        })
        .collect_view();
    view! {
        <section class="card" id="capaian">
            <h2>{format!("Capaian kinerja: {count} indikator")}</h2>
            <ul class="tally">{counts}</ul>
            <div class="scroll" tabindex="0">
                <table class="list capaian-sent">
                    <thead>
                        <tr>
                            <th scope="col">"No"</th>
                            <th scope="col">"Sasaran dan indikator"</th>
                            <th scope="col">"Satuan"</th>
                            <th scope="col">"Target"</th>
                            <th scope="col">"Realisasi"</th>
                            <th scope="col">"Arah"</th>
                            <th scope="col">"Capaian"</th>
                            <th scope="col">"Kategori"</th>
                            <th scope="col">"Tahun lalu"</th>
                            <th scope="col">"Temuan"</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
            <p class="hint">{Category::rule()}</p>
        </section>
    }
    .into_any()
}

#[component]
fn IndicatorRow(
    row: Row,
    number: u16,
    found: impl IntoView + 'static,
    field: Option<(String, String)>,
) -> impl IntoView {
    let achievement = row.achievement();
    let measured = matches!(achievement, Achievement::Percent(_));
    let category = achievement.category();
    let formula = row.formula();
    let remarks =
        row.remarks().into_iter().map(|remark| view! { <small>{remark.sentence}</small> }).collect_view();
    view! {
        <tr id=format!("baris-{number}")>
            <th scope="row">{number}</th>
            <td>
                <b>{row.indikator}</b>
                <small>{row.sasaran}</small>
                {(!row.note.is_empty()).then(|| view! { <small>"Catatan: "{row.note}</small> })}
                {remarks}
            </td>
            <td>{row.satuan}</td>
            <td class="num">{row.target}</td>
            <td class="num">{row.realisasi}</td>
            <td>{row.polarity.word()}</td>
            <td class=if measured { "num" } else { "words" } title=formula>{achievement.to_string()}</td>
            <td>{category.map(|category| view! { <span class="cat" data-category=key(category)>{category.word()}</span> })}</td>
            <td class="num">{row.last}</td>
            <td>
                {found}
                {field
                    .map(|(name, typed)| {
                        let label = format!("Temuan untuk baris {number}");
                        view! { <Area text=typed attr:form=RETURN_FORM attr:name=name attr:rows="1" attr:aria-label=label/> }
                    })}
            </td>
        </tr>
    }
    .into_any()
}
