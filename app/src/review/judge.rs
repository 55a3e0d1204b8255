//! The judgement of a report's completeness, its reviewer, and its acceptance.

use domain::report::parts::{Group, PARTS, find};
use domain::report::{Judgement, ReportState, Submission};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::marks::Hidden;
use super::model::ReportSheet;
use super::server::{AcceptReport, AssignReview, JudgeReport};
use super::words::stamp_words;
use crate::ui::{Area, Flashed, Icon, Post};

/// The judgement of row 7: which parts the office misses.
#[component]
pub(super) fn JudgeForm(sheet: ReportSheet, last: Submission, flash: Flashed) -> impl IntoView {
    let by = last.judgement.as_ref().map(|(stamp, _)| stamp_words(&sheet, stamp));
    let judgement = last.judgement.as_ref().map(|(_, judgement)| judgement.clone());
    let may = sheet.may.judge;
    view! {
        <section class="card" id="penilaian">
            <h2>"Penilaian pemenuhan informasi"</h2>
            {match (by, &judgement) {
                (Some(by), Some(judgement)) => {
                    view! { <p class="verdict"><b>{verdict(judgement)}</b><small>{by}</small></p> }.into_any()
                }
                _ => view! { <p class="hint">"Belum dinilai."</p> }.into_any(),
            }}
            {may.then(|| view! { <JudgeFields sheet last judgement flash/> })}
        </section>
    }
    .into_any()
}

fn verdict(judgement: &Judgement) -> String {
    let missing: Vec<_> =
        judgement.missing.iter().filter_map(|key| find(key)).map(|part| part.label).collect();
    let words = if missing.is_empty() {
        "Lengkap.".to_owned()
    } else {
        format!("Belum ada: {}.", missing.join("; "))
    };
    if judgement.note.is_empty() { words } else { format!("{words} “{}”", judgement.note) }
}

#[component]
fn JudgeFields(
    sheet: ReportSheet,
    last: Submission,
    judgement: Option<Judgement>,
    flash: Flashed,
) -> impl IntoView {
    let refused = flash.problem(JudgeReport::url()).is_some();
    // Until it is judged, what the agency itself says is missing is proposed.
    let known = judgement.clone().map_or_else(|| last.digest.missing.clone(), |judgement| judgement.missing);
    let note = flash.typed(JudgeReport::url(), "catatan");
    let note = note.unwrap_or_else(|| judgement.map(|judgement| judgement.note).unwrap_or_default());
    let group = |group: Group| {
        let boxes = PARTS
            .iter()
            .filter(|part| part.group == group)
            .map(|part| {
                let name = format!("kurang[{}]", part.key);
                let ticked = match refused {
                    true => flash.typed(JudgeReport::url(), &name).is_some(),
                    false => known.iter().any(|key| key == part.key),
                };
                view! {
                    <label class="tick">
                        <input type="checkbox" name=name value="ya" checked=ticked/>
                        {part.label}
                    </label>
                }
            })
            .collect_view();
        view! { <fieldset><legend>{group.label()}</legend><div>{boxes}</div></fieldset> }
    };
    let groups = [Group::Chapters, Group::Analyses, Group::Rest].map(group).collect_view();
    view! {
        <Post<JudgeReport> flash>
            <Hidden sheet round=Some(last.round)/>
            <p class="hint">"Tandai bagian yang belum ada atau belum memenuhi. Tanpa tanda berarti lengkap."</p>
            {groups}
            <label>"Catatan (boleh kosong)" <Area text=note attr:name="catatan" attr:rows="2"/></label>
            <button class="primary">"Simpan penilaian"</button>
        </Post<JudgeReport>>
    }
    .into_any()
}

/// Who reviews it. Only where the viewer may say so.
#[component]
pub(super) fn AssignForm(sheet: ReportSheet) -> impl IntoView {
    let now = sheet.report.reviewer.clone();
    let options = sheet
        .reviewers
        .iter()
        .map(|(id, person)| {
            let (chosen, label) = (now.as_ref() == Some(id), format!("{} ({})", person.name, person.title));
            view! { <option value=id.0.clone() selected=chosen>{label}</option> }
        })
        .collect_view();
    sheet.may.assign.then(|| {
        view! {
            <Post<AssignReview> flash=Flashed::default() class="inline">
                <Hidden sheet round=None/>
                <label>
                    "Penelaah"
                    <select name="penelaah">
                        <option value="">"belum ditentukan"</option>
                        {options}
                    </select>
                </label>
                <button class="ghost">"Tetapkan"</button>
            </Post<AssignReview>>
        }
    })
}

/// Accepting it, or that it was accepted.
#[component]
pub(super) fn AcceptForm(sheet: ReportSheet, last: Submission, flash: Flashed) -> impl IntoView {
    let accepted = last.state() == ReportState::Accepted;
    let by = last.verdict.as_ref().filter(|_| accepted).map(|(stamp, _)| stamp_words(&sheet, stamp));
    let may = sheet.may.accept;
    view! {
        {by
            .map(|by| {
                view! {
                    <section class="card accepted" id="terima">
                        <h2><Icon name="check"/>"LKj diterima"</h2>
                        <p class="hint">{by}</p>
                    </section>
                }
            })}
        {may
            .then(|| {
                view! {
                    <section class="card" id="terima">
                        <h2>"Terima LKj"</h2>
                        <Post<AcceptReport> flash>
                            <Hidden sheet round=Some(last.round)/>
                            <p class="hint">"Setelah diterima, PD tidak perlu mengirim lagi."</p>
                            <button class="primary"><Icon name="check"/>"Terima"</button>
                        </Post<AcceptReport>>
                    </section>
                }
            })}
    }
    .into_any()
}
