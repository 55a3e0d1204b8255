//! Sending a report back, with what has to be improved and where.

use domain::report::Submission;
use domain::report::parts::{PARTS, place};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::marks::Hidden;
use super::model::ReportSheet;
use super::server::ReturnReport;
use super::words::RETURN_FORM;
use crate::ui::{Area, Flashed, Icon, Notice, fresh_command_id};

/// The form, or what was found when it was sent back.
#[component]
pub(super) fn ReturnForm(sheet: ReportSheet, last: Submission, flash: Flashed) -> impl IntoView {
    let rows = last.digest.rows;
    let sent = last
        .findings()
        .iter()
        .map(|finding| {
            view! {
                <li>
                    <b>{place(&finding.place, rows)}</b>
                    " “"
                    {finding.text.clone()}
                    "”"
                </li>
            }
        })
        .collect_view();
    let returned = !last.findings().is_empty();
    let may = sheet.may.give_back;
    view! {
        {returned
            .then(|| {
                view! {
                    <section class="card back" id="temuan">
                        <h2><Icon name="back"/>"Dikembalikan untuk diperbaiki"</h2>
                        <p class="hint">"Menunggu PD mengirim putaran berikutnya."</p>
                        <ul class="findings">{sent}</ul>
                    </section>
                }
            })}
        {may.then(|| view! { <Fields sheet last flash/> })}
    }
    .into_any()
}

#[component]
fn Fields(sheet: ReportSheet, last: Submission, flash: Flashed) -> impl IntoView {
    let problem = flash.problem(ReturnReport::url());
    let open = problem.is_some();
    let judged = last.judgement.as_ref().map(|(_, judgement)| judgement.missing.clone()).unwrap_or_default();
    let field = |key: &'static str, label: &'static str| {
        let name = format!("temuan[{key}]");
        let typed = flash.typed(ReturnReport::url(), &name).unwrap_or_default();
        let lacks = judged.iter().any(|missing| missing == key);
        view! {
            <label data-lacks=lacks.then_some("")>
                {label}
                {lacks.then(|| view! { <small>"dinilai belum ada"</small> })}
                <Area text=typed attr:name=name attr:rows="1"/>
            </label>
        }
    };
    let parts = PARTS.iter().map(|part| field(part.key, part.label)).collect_view();
    view! {
        <section class="card" id="kembalikan">
            <h2>"Kembalikan untuk diperbaiki"</h2>
            <p class="hint">
                "Tulis temuan di tempatnya: di kolom Temuan pada tabel capaian, atau di bawah ini. Yang kosong tidak ikut dikirim. PD melihat setiap temuan di tempat itu juga."
            </p>
            <form method="post" action=ReturnReport::url() id=RETURN_FORM>
                <input type="hidden" name="command_id" value=fresh_command_id().0/>
                <Notice problem=Signal::stored(problem)/>
                <Hidden sheet=sheet.clone() round=Some(last.round)/>
                <div class="places">{field("umum", "Umum")} {field("berkas", "Berkas")}</div>
                <details open=open>
                    <summary>"Temuan pada bagian LKj"</summary>
                    <div class="places">{parts}</div>
                </details>
                <button class="danger"><Icon name="back"/>"Kembalikan untuk diperbaiki"</button>
            </form>
        </section>
    }
    .into_any()
}
