//! The dialog of one cell: what it asks, what can be done, and what happened there.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use desk::office::Accepted;
use desk::problem::Problem;
use domain::calendar::words;
use domain::id::RunId;
use domain::office::{Actor, Command, Office, barred};
use domain::run::OutcomeKind;
use domain::sheet::{CellState, CellView, SheetView};
use domain::sop::{AskKind, CellRef, Sop};
use leptos::either::EitherOf4;
use leptos::html;
use leptos::prelude::*;
use server_fn::ServerFn;

use super::asks::AskField;
use super::{FinishCell, ReturnCell, TakeBack};
use crate::file::UPLOAD_FORM;
use crate::office::answer::{Progress, brief, on_behalf};
use crate::ui::{Act, Area, Flashed, Icon, Notice};

/// What the dialog needs to know of its page.
#[derive(Clone, Copy)]
pub(super) struct LiveRun {
    pub(super) run: RunId,
    pub(super) actor: StoredValue<Actor>,
    pub(super) now: RwSignal<DateTime<Utc>>,
    pub(super) sent: StoredValue<Option<(String, String)>>,
    pub(super) sop: StoredValue<Arc<Sop>>,
    pub(super) office: RwSignal<Office>,
    pub(super) view: Memo<SheetView>,
    pub(super) commands: Memo<Vec<Command>>,
    pub(super) flash: StoredValue<Flashed>,
    pub(super) done: Callback<Accepted>,
}

/// The dialog of a cell. `close` takes it away.
#[component]
pub(super) fn CellDialog(live: LiveRun, at: CellRef, close: Callback<()>) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    // The server renders it open, so that it works without JavaScript; with it, it becomes
    // modal: the rest of the page is out of reach, Escape closes, the focus comes back.
    node.on_load(|dialog| {
        let _ = dialog.remove_attribute("open");
        let _ = dialog.show_modal();
    });
    let dismiss = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        match node.get_untracked() {
            Some(dialog) => dialog.close(),
            None => close.run(()),
        }
    };
    // Closing gives the focus back to where it came from; taking the dialog away would not.
    let carried_out = live.done;
    let done = Callback::new(move |accepted| {
        if let Some(dialog) = node.get_untracked() {
            dialog.close();
        }
        carried_out.run(accepted);
    });
    let live = LiveRun { done, ..live };
    let here = at.clone();
    let seen = Memo::new(move |_| live.view.with(|view| view.cell(&here).cloned()));
    let title = live.sop.with_value(|sop| {
        let row = sop.activity(at.activity);
        let printed = row.map_or("", |row| row.printed.as_str());
        (
            format!("Baris {printed} {}", sop.lane_name(&at.lane)),
            row.map_or_else(String::new, |row| row.text.clone()),
        )
    });
    let page = format!("/pelaksanaan/{}", live.run);
    view! {
        <dialog
            class="cell-dialog"
            open
            node_ref=node
            aria-labelledby="dialog-judul"
            on:close=move |_| close.run(())
        >
            <header>
                <small>{title.0}</small>
                <h2 id="dialog-judul" tabindex="-1" autofocus>{title.1}</h2>
                <a class="close" href=page aria-label="Tutup" on:click=dismiss><Icon name="stop"/></a>
            </header>
            <Notice problem=left_over(live, &at)/>
            <StateLine live at=at.clone() seen/>
            <Barred live at=at.clone()/>
            <Acts live at=at.clone()/>
            <Turns live at seen/>
        </dialog>
    }
}

/// Why a form for this cell was refused, if that form is no longer here to say so itself:
/// the page was old, and meanwhile the work has moved on.
fn left_over(live: LiveRun, at: &CellRef) -> Option<Problem> {
    let offered = |wanted: fn(&Command, &CellRef) -> bool| {
        live.commands.with_untracked(|commands| commands.iter().any(|command| wanted(command, at)))
    };
    let finish = offered(|command, at| matches!(command, Command::FinishCell { cell, .. } if cell == at));
    let give_back = offered(|command, at| matches!(command, Command::ReturnCell { cell, .. } if cell == at));
    let take_back = offered(|command, at| matches!(command, Command::TakeBack { cell, .. } if cell == at));
    let forms = [(FinishCell::url(), finish), (ReturnCell::url(), give_back), (TakeBack::url(), take_back)];
    live.flash.with_value(|flash| {
        forms.into_iter().filter(|(_, offered)| !offered).find_map(|(path, _)| flash.problem(path))
    })
}

/// Who may act here, since when, or what it is waiting for.
#[component]
fn StateLine(live: LiveRun, at: CellRef, seen: Memo<Option<CellView>>) -> impl IntoView {
    let who = live.sop.with_value(|sop| {
        sop.who_may(&at.lane).map(|lane| sop.lane_name(lane).to_owned()).collect::<Vec<_>>().join(" atau ")
    });
    let line = move || {
        let state = seen.with(|cell| cell.as_ref().map_or(CellState::Idle, |cell| cell.state));
        let since = live
            .view
            .with(|view| view.turn.as_ref().map(|turn| words::short(turn.since)).unwrap_or_default());
        match state {
            CellState::Idle => format!("Belum giliran. Yang berwenang: {who}."),
            CellState::Active => format!("Giliran {who} sejak {since}."),
            CellState::Late => format!("Terlambat. Giliran {who} sejak {since}."),
            CellState::Done => "Sudah dikerjakan.".to_owned(),
            CellState::Returned => "Pekerjaan dikembalikan dari sini dan belum sampai lagi.".to_owned(),
        }
    };
    view! { <p class="state">{line}</p> }
}

/// Why the viewer may not decide here although the lane is theirs for now.
#[component]
fn Barred(live: LiveRun, at: CellRef) -> impl IntoView {
    let why = move || {
        live.office.with(|office| {
            let open = office.run(live.run)?.0.open()?.cell == at;
            let refusal = live.actor.with_value(|actor| barred(office, actor, live.run, live.now.get()));
            refusal.filter(|_| open).map(|refusal| refusal.to_string())
        })
    };
    move || why().map(|why| view! { <p class="behalf">{why}</p> })
}

/// The forms for what the viewer may do here.
#[component]
fn Acts(live: LiveRun, at: CellRef) -> impl IntoView {
    let of_cell = move |command: &Command| match command {
        Command::FinishCell { cell, .. }
        | Command::ReturnCell { cell, .. }
        | Command::TakeBack { cell, .. } => *cell == at,
        _ => false,
    };
    let acts = Memo::new(move |_| {
        live.commands.with(|all| {
            let mut acts: Vec<_> = all.iter().filter(|command| of_cell(command)).cloned().collect();
            acts.sort_by_key(|command| !matches!(command, Command::FinishCell { .. }));
            acts
        })
    });
    move || {
        let forms = acts.get().into_iter().map(|command| match command {
            Command::FinishCell { cell, round, .. } => EitherOf4::A(view! { <FinishForm live cell round/> }),
            Command::ReturnCell { cell, round, .. } => EitherOf4::B(view! { <ReturnForm live cell round/> }),
            Command::TakeBack { cell, round, .. } => EitherOf4::C(view! { <TakeBackForm live cell round/> }),
            _ => EitherOf4::D(()),
        });
        forms.collect_view()
    }
}

#[component]
fn Target(run: RunId, cell: CellRef, round: u16) -> impl IntoView {
    view! {
        <input type="hidden" name="run" value=run.to_string()/>
        <input type="hidden" name="cell" value=cell.to_string()/>
        <input type="hidden" name="round" value=round/>
    }
}

#[component]
fn FinishForm(live: LiveRun, cell: CellRef, round: u16) -> impl IntoView {
    let (asks, behalf) = live.sop.with_value(|sop| {
        let asks = sop.cell(&cell).map(|cell| cell.asks.clone()).unwrap_or_default();
        (asks, capacity(live, sop, &cell))
    });
    let agencies: Vec<_> = live.office.with_untracked(|office| office.agencies.values().cloned().collect());
    let progress = |ask: &domain::sop::Ask| {
        live.office.with_untracked(|office| {
            let (run, _) = office.run(live.run)?;
            Progress::of(ask, run, &office.agencies)
        })
    };
    let wants_file = asks.iter().any(|ask| ask.kind == AskKind::File);
    let flash = live.flash.get_value();
    let fields = asks
        .into_iter()
        .map(|ask| {
            let progress = progress(&ask);
            let (agencies, flash, sent) = (agencies.clone(), flash.clone(), live.sent.get_value());
            view! { <AskField ask agencies progress flash sent/> }
        })
        .collect_view();
    view! {
        {wants_file
            .then(|| {
                view! { <form id=UPLOAD_FORM method="post" action="/berkas" enctype="multipart/form-data"></form> }
            })}
        <Act action=FinishCell::url() done=live.done flash=flash.clone()>
            <Target run=live.run cell round/>
            {behalf.map(|words| view! { <p class="behalf">{words}</p> })}
            {fields}
            <button class="primary">"Selesaikan"</button>
        </Act>
    }
}

/// In whose name the viewer would act here, if not in their own.
fn capacity(live: LiveRun, sop: &Sop, cell: &CellRef) -> Option<String> {
    let (right, recorded_by) = live.office.with_untracked(|office| {
        let now = live.now.get_untracked();
        live.actor.with_value(|actor| office.rights(actor, now).cell(sop, &cell.lane))
    })?;
    let acting = right.acting().map(|acting| on_behalf(&acting, sop));
    let lane = sop.lane_name(&cell.lane);
    match (recorded_by, acting) {
        (None, None) => None,
        (None, Some(acting)) => Some(format!("Anda bertindak {acting}.")),
        (Some(_), None) => Some(format!("Anda mencatat atas nama {lane}.")),
        (Some(_), Some(acting)) => Some(format!("Anda mencatat atas nama {lane}, bertindak {acting}.")),
    }
}

#[component]
fn ReturnForm(live: LiveRun, cell: CellRef, round: u16) -> impl IntoView {
    let flash = live.flash.get_value();
    let to = live.sop.with_value(|sop| {
        let to = sop.no_exit(&cell)?;
        let row = sop.activity(to.activity)?;
        Some(format!("{}, baris {} {}", sop.lane_name(&to.lane), row.printed, row.short))
    });
    let typed = flash.typed("/api/return-cell", "alasan").unwrap_or_default();
    let open = flash.problem("/api/return-cell").is_some();
    view! {
        <details class="return" open=open>
            <summary><Icon name="back"/>"Kembalikan ke "{to}"…"</summary>
            <Act action=ReturnCell::url() done=live.done flash=flash.clone()>
                <Target run=live.run cell round/>
                <label>
                    "Alasan"
                    <Area text=typed attr:name="alasan" attr:rows="3" attr:required=true attr:maxlength="4000"/>
                </label>
                <button class="danger">"Kembalikan"</button>
            </Act>
        </details>
    }
}

#[component]
fn TakeBackForm(live: LiveRun, cell: CellRef, round: u16) -> impl IntoView {
    let flash = live.flash.get_value();
    view! {
        <Act action=TakeBack::url() done=live.done flash>
            <Target run=live.run cell round/>
            <p>"Anda dapat menariknya kembali selama langkah berikutnya belum dikerjakan."</p>
            <button class="ghost"><Icon name="back"/>"Tarik kembali"</button>
        </Act>
    }
}

/// What happened at this cell, round by round.
#[component]
fn Turns(live: LiveRun, at: CellRef, seen: Memo<Option<CellView>>) -> impl IntoView {
    let lines = move || {
        let past = seen.with(|cell| cell.as_ref().map(|cell| cell.past.clone()).unwrap_or_default());
        let line = |turn: domain::sheet::Past| {
            live.sop.with_value(|sop| {
                let by = turn.recorded_by.as_ref().map(|lane| format!(", dicatat oleh {}", sop.lane_name(lane)));
                let acting = turn.acting.as_ref().map(|acting| format!(", {}", on_behalf(acting, sop)));
                let by = acting.into_iter().chain(by).collect::<String>();
                let head = format!("Putaran {} · {}{by}", turn.round, words::full(turn.at));
                let body = match &turn.kind {
                    OutcomeKind::Returned { reason, .. } => vec![("Dikembalikan".to_owned(), format!("“{reason}”"), None)],
                    OutcomeKind::Finished(answers) => sop
                        .cell(&at)
                        .into_iter()
                        .flat_map(|cell| &cell.asks)
                        .filter_map(|ask| {
                            let answer = answers.get(&ask.key)?;
                            let file = match answer {
                                domain::sop::Answer::File(hash) => Some(format!("/berkas/{hash}")),
                                _ => None,
                            };
                            Some((ask.label.clone(), brief(answer), file))
                        })
                        .collect(),
                };
                view! {
                    <li>
                        <b>{head}</b>
                        {body
                            .into_iter()
                            .map(|(label, words, file)| {
                                let words = match file {
                                    Some(href) => leptos::either::Either::Left(view! { <a href=href rel="external">{words}</a> }),
                                    None => leptos::either::Either::Right(words),
                                };
                                view! { <span>{label}": "{words}</span> }
                            })
                            .collect_view()}
                    </li>
                }
            })
        };
        past.into_iter().rev().map(line).collect_view()
    };
    view! { <ol class="turns">{lines}</ol> }
}
