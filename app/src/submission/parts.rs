//! Which parts are in the report.

use desk::report::Draft;
use domain::id::RunId;
use domain::report::Finding;
use domain::report::parts::{Group, PARTS};
use leptos::prelude::*;

use super::autosave::Autosave;
use super::server::SaveParts;
use crate::ui::{Flashed, Notice};
use leptos::server_fn::ServerFn;

/// The completeness list.
#[component]
pub(super) fn PartsCard(
    run: RunId,
    /// Whose report it is, as [`Autosave`] wants it.
    of: String,
    draft: Draft,
    findings: Vec<Finding>,
    flash: Flashed,
) -> impl IntoView {
    let problem = Signal::stored(flash.problem(SaveParts::url()));
    let group = |group: Group| {
        let (draft, findings) = (draft.clone(), findings.clone());
        let boxes = PARTS
            .iter()
            .filter(|part| part.group == group)
            .map(|part| {
                let found = findings.iter().filter(|finding| finding.place == part.key);
                let notes =
                    found.map(|finding| view! { <small class="found">{finding.text.clone()}</small> }).collect_view();
                view! {
                    <label class="tick">
                        <input type="checkbox" name="ada[]" value=part.key checked=draft.have.contains(part.key)/>
                        <span>{part.label}{notes}</span>
                    </label>
                }
            })
            .collect_view();
        view! { <fieldset><legend>{group.label()}</legend>{boxes}</fieldset> }
    };
    let groups = [Group::Chapters, Group::Analyses, Group::Rest].map(group).collect_view();
    view! {
        <section class="part" id="kelengkapan">
            <h2>"Kelengkapan"</h2>
            <p class="hint">"Tandai yang sudah ada di dalam LKj, menurut PermenPANRB 53/2014."</p>
            <form method="post" action=SaveParts::url() id="f-kelengkapan" class="parts">
                <input type="hidden" name="run" value=run.to_string()/>
                <input type="hidden" name="base" value=draft.have_version/>
                <Notice problem/>
                {groups}
                <noscript><button class="ghost">"Simpan kelengkapan"</button></noscript>
            </form>
            <Autosave form="f-kelengkapan".to_owned() of/>
        </section>
    }
    .into_any()
}
