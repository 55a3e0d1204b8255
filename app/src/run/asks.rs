//! The fields for what a cell asks.

use domain::agency::Agency;
use domain::sop::{Ask, AskKind};
use leptos::either::EitherOf6;
use leptos::prelude::*;

use crate::file::FileField;
use crate::office::answer::Progress;
use crate::ui::{Area, Flashed};

/// The field for one question. Its name is `isi[<key>]`, as the server function expects.
#[component]
pub(super) fn AskField(
    /// The question.
    ask: Ask,
    /// The agencies to tick.
    agencies: Vec<Agency>,
    /// How far the reports are that the question waits for.
    progress: Option<Progress>,
    /// What was typed before the form was refused.
    flash: Flashed,
    /// A file that was sent before the page was loaded, by hash and name.
    sent: Option<(String, String)>,
) -> impl IntoView {
    let name = format!("isi[{}]", ask.key);
    let typed = flash.typed("/api/finish-cell", &name).unwrap_or_default();
    let help = ask.help.clone().map(|help| view! { <small>{help}</small> });
    let label = if ask.required { ask.label.clone() } else { format!("{} (boleh kosong)", ask.label) };
    match ask.kind {
        AskKind::Text | AskKind::LetterNumber => EitherOf6::A(view! {
            <label>
                {label}
                <input name=name value=typed required=ask.required maxlength=Ask::MAX_LINE autocomplete="off"/>
                {help}
            </label>
        }),
        AskKind::Note => EitherOf6::B(view! {
            <label>
                {label}
                <Area text=typed attr:name=name attr:rows="4" attr:required=ask.required attr:maxlength=Ask::MAX_NOTE/>
                {help}
            </label>
        }),
        AskKind::Date => EitherOf6::C(view! {
            <label>
                {label}
                <input type="date" name=name value=typed required=ask.required/>
                {help}
            </label>
        }),
        AskKind::File => EitherOf6::D(view! { <FileField name label help=ask.help sent/> }),
        AskKind::Agencies => EitherOf6::E(view! { <AgencyBoxes ask agencies flash/> }),
        AskKind::ReportsReceived | AskKind::ReportsJudged | AskKind::ReportsReviewed => {
            EitherOf6::F(view! { <ReportsGate ask progress flash/> })
        }
    }
}

/// How far the reports are, and a reason if some are not.
#[component]
fn ReportsGate(ask: Ask, progress: Option<Progress>, flash: Flashed) -> impl IntoView {
    let name = format!("isi[{}.alasan]", ask.key);
    let typed = flash.typed("/api/finish-cell", &name).unwrap_or_default();
    let Progress { reached, expected, missing, run } = progress.unwrap_or_default();
    let lacking = expected - reached;
    view! {
        <fieldset class="gate">
            <legend>{ask.label}</legend>
            <p>
                <strong>{reached}</strong>
                " dari "
                {expected}
                " PD · "
                <a href=format!("/pelaksanaan/{run}/lkj")>"Lihat LKj PD"</a>
            </p>
            <progress max=expected value=reached aria-label="Kemajuan"></progress>
            <p class="hint" hidden=lacking == 0>
                "Belum: "
                {missing}
            </p>
            {ask.help.map(|help| view! { <p class="hint">{help}</p> })}
            <label hidden=lacking == 0>
                "Alasan menyelesaikannya sekarang"
                <input name=name value=typed maxlength=Ask::MAX_NOTE autocomplete="off"/>
            </label>
        </fieldset>
    }
}

/// A box for each agency, and a reason for those that are not ticked.
#[component]
fn AgencyBoxes(ask: Ask, agencies: Vec<Agency>, flash: Flashed) -> impl IntoView {
    let again = flash.problem("/api/finish-cell").is_some();
    let boxes = agencies
        .into_iter()
        .map(|agency| {
            let name = format!("isi[{}.{}]", ask.key, agency.code);
            let ticked = (ask.preset && !again) || flash.typed("/api/finish-cell", &name).is_some();
            view! {
                <label class="tick" title=agency.name>
                    <input type="checkbox" name=name value="ya" checked=ticked/>
                    {agency.short}
                </label>
            }
        })
        .collect_view();
    let name = format!("isi[{}.alasan]", ask.key);
    let typed = flash.typed("/api/finish-cell", &name).unwrap_or_default();
    view! {
        <fieldset class="agencies">
            <legend>{ask.label}</legend>
            {ask.help.map(|help| view! { <p class="hint">{help}</p> })}
            <div>{boxes}</div>
            <label>
                "Alasan, bila ada PD yang tidak ditandai"
                <input name=name value=typed maxlength=Ask::MAX_NOTE autocomplete="off"/>
            </label>
        </fieldset>
    }
}
