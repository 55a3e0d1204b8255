//! What can be done with a run as a whole: pause, go on, give up, print.

use desk::office::Accepted;
use domain::id::RunId;
use domain::office::Command;
use leptos::prelude::*;
use server_fn::ServerFn;

use super::{CancelRun, PauseRun, ResumeRun};
use crate::ui::{Act, Area, Flashed, Icon, PrintKey};

/// The buttons beside the title.
#[component]
pub(super) fn Steering(
    /// The run.
    run: RunId,
    /// What the viewer may do.
    commands: Memo<Vec<Command>>,
    /// A refused form.
    flash: StoredValue<Flashed>,
    /// Called when something was done.
    done: Callback<Accepted>,
) -> impl IntoView {
    let may =
        move |wanted: fn(&Command) -> bool| Memo::new(move |_| commands.with(|all| all.iter().any(wanted)));
    let pause = may(|command| matches!(command, Command::PauseRun { .. }));
    let resume = may(|command| matches!(command, Command::ResumeRun { .. }));
    let cancel = may(|command| matches!(command, Command::CancelRun { .. }));
    view! {
        <div class="steering">
            <PrintKey/>
            {move || resume.get().then(|| view! { <Resume run flash done/> })}
            {move || {
                pause
                    .get()
                    .then(|| {
                        let flash = flash.get_value();
                        let typed = flash.typed("/api/pause-run", "alasan").unwrap_or_default();
                        view! {
                            <Reasoned summary="Jeda…" open=flash.problem("/api/pause-run").is_some()>
                                <Act action=PauseRun::url() done flash=flash.clone()>
                                    <input type="hidden" name="run" value=run.to_string()/>
                                    <Reason typed/>
                                    <button class="primary"><Icon name="pause"/>"Jeda pelaksanaan"</button>
                                </Act>
                            </Reasoned>
                        }
                    })
            }}
            {move || {
                cancel
                    .get()
                    .then(|| {
                        let flash = flash.get_value();
                        let typed = flash.typed("/api/cancel-run", "alasan").unwrap_or_default();
                        view! {
                            <Reasoned summary="Batalkan…" open=flash.problem("/api/cancel-run").is_some()>
                                <Act action=CancelRun::url() done flash=flash.clone()>
                                    <input type="hidden" name="run" value=run.to_string()/>
                                    <p>"Pelaksanaan yang dibatalkan tidak dapat dilanjutkan; riwayatnya tetap tersimpan."</p>
                                    <Reason typed/>
                                    <button class="danger"><Icon name="stop"/>"Batalkan pelaksanaan"</button>
                                </Act>
                            </Reasoned>
                        }
                    })
            }}
        </div>
    }
}

#[component]
fn Resume(run: RunId, flash: StoredValue<Flashed>, done: Callback<Accepted>) -> impl IntoView {
    view! {
        <Act action=ResumeRun::url() done flash=flash.get_value()>
            <input type="hidden" name="run" value=run.to_string()/>
            <button class="primary"><Icon name="play"/>"Lanjutkan"</button>
        </Act>
    }
}

/// A button that opens a small form below it; works without JavaScript.
#[component]
fn Reasoned<C: IntoView + 'static>(
    summary: &'static str,
    open: bool,
    children: TypedChildren<C>,
) -> impl IntoView {
    view! {
        <details class="menu" open=open>
            <summary class="ghost">{summary}</summary>
            <div class="pop">{children.into_inner()()}</div>
        </details>
    }
}

#[component]
fn Reason(typed: String) -> impl IntoView {
    view! {
        <label>
            "Alasan"
            <Area text=typed attr:name="alasan" attr:rows="3" attr:required=true attr:maxlength="4000"/>
        </label>
    }
}
