//! `/kelola/papan`: the displays, for the administrator.

use chrono::{DateTime, Utc};
use desk::display::DisplayView;
use domain::calendar::words;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::server::{DisplayList, IdentifyDisplay, PairDisplay, RenameDisplay, RevokeDisplay, get_displays};
use crate::ui::{Flashed, Loaded, Post};

/// The displays.
#[component]
pub fn DisplaysPage() -> impl IntoView {
    let data = Resource::new_blocking(|| (), |()| get_displays());
    view! {
        <Title text="Papan"/>
        <div class="title"><h1>"Papan di dinding"</h1></div>
        <Loaded data children=|list, flash| view! { <List list flash/> }/>
    }
    .into_any()
}

#[component]
fn List(list: DisplayList, flash: Flashed) -> impl IntoView {
    const PAIR: &str = "/api/pair-display";
    let asked = |field: &str| use_query_map().with_untracked(|query| query.get(field));
    let (done, identified, code) = (asked("sudah").is_some(), asked("kenali").is_some(), asked("kode"));
    let code = flash.typed(PAIR, "kode").or(code).unwrap_or_default();
    let name = flash.typed(PAIR, "nama").unwrap_or_default();
    let pairing = flash.problem(PAIR).is_some() || !code.is_empty() || list.displays.is_empty();
    let DisplayList { displays, now } = list;
    let pair_flash = flash.clone();
    let none = displays.is_empty();
    view! {
        <p class="good" role="status" hidden=!done>"Tersimpan."</p>
        <p class="good" role="status" hidden=!identified>"Papan itu sekarang menampilkan namanya selama beberapa detik."</p>
        <p class="lead">"Papan menampilkan pekerjaan tanpa nama orang dan tanpa isi surat. Buka /papan/pasang di TV, lalu ketik kodenya di sini."</p>
        <details class="menu start" open=pairing>
            <summary class="primary">"Pasang papan…"</summary>
            <div class="pop">
                <Post<PairDisplay> flash=pair_flash>
                    <label>
                        "Kode di layar TV"
                        <input name="kode" required maxlength="20" value=code autocomplete="off" autocapitalize="characters" spellcheck="false"/>
                    </label>
                    <label>
                        "Nama papan, misalnya nama ruangannya"
                        <input name="nama" required maxlength="60" value=name autocomplete="off"/>
                    </label>
                    <button class="primary">"Pasang"</button>
                </Post<PairDisplay>>
            </div>
        </details>
        <p class="hint" hidden=!none>"Belum ada papan."</p>
        <ul class="accounts displays">
            {displays
                .into_iter()
                .map(|display| view! { <Display display now flash=flash.clone()/> })
                .collect_view()}
        </ul>
    }
    .into_any()
}

#[component]
fn Display(display: DisplayView, now: DateTime<Utc>, flash: Flashed) -> impl IntoView {
    let DisplayView { id, name, paired, seen, connected } = display;
    let refused =
        [RENAME, IDENTIFY, REVOKE].iter().any(|path| flash.typed(path, "papan").as_ref() == Some(&id));
    let flash = if refused { flash } else { Flashed::default() };
    let last = match seen {
        _ if connected => "tersambung sekarang".to_owned(),
        Some(seen) => format!("terakhir terhubung {} lalu", words::elapsed(now - seen)),
        None => "belum pernah terhubung".to_owned(),
    };
    let shown = name.clone();
    let ids = [id.clone(), id.clone(), id];
    let [first, second, third] = ids;
    view! {
        <li>
            <details open=refused>
                <summary>
                    <b>{shown}</b>
                    <span>{last}<small>"dipasang "{words::full(paired)}</small></span>
                    <span></span>
                    <span class="state" data-active=connected.then_some("")>{if connected { "hidup" } else { "mati" }}</span>
                </summary>
                <Post<RenameDisplay> flash=flash.clone()>
                    <input type="hidden" name="papan" value=first/>
                    <label>"Nama" <input name="nama" required maxlength="60" value=name autocomplete="off"/></label>
                    <button class="primary">"Simpan nama"</button>
                </Post<RenameDisplay>>
                <Post<IdentifyDisplay> flash=flash.clone()>
                    <input type="hidden" name="papan" value=second/>
                    <button class="ghost">"Kenali: tampilkan namanya di layar"</button>
                </Post<IdentifyDisplay>>
                <Post<RevokeDisplay> flash>
                    <input type="hidden" name="papan" value=third/>
                    <button class="danger">"Cabut papan ini"</button>
                </Post<RevokeDisplay>>
            </details>
        </li>
    }
    .into_any()
}

const RENAME: &str = "/api/rename-display";
const IDENTIFY: &str = "/api/identify-display";
const REVOKE: &str = "/api/revoke-display";
