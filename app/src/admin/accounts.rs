//! `/kelola/akun`: accounts and their roles.

use std::collections::BTreeSet;

use domain::id::LaneId;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::server::{Accounts, get_accounts};
use super::{AddAccount, ChangeAccount};
use crate::account::{AccountView, Person, role_words};
use crate::shell::{Flashed, Loaded, Post};

/// Accounts and their roles.
#[component]
pub fn AccountsPage() -> impl IntoView {
    let data = Resource::new_blocking(|| (), |()| get_accounts());
    view! {
        <Title text="Akun dan peran"/>
        <div class="title"><h1>"Akun dan peran"</h1></div>
        <Loaded data children=|accounts, flash| view! { <List accounts flash/> }/>
    }
    .into_any()
}

#[component]
fn List(accounts: Accounts, flash: Flashed) -> impl IntoView {
    let done = use_query_map().with_untracked(|query| query.get("sudah").is_some());
    let Accounts { accounts, lanes, mails } = accounts;
    let adding = flash.problem("/api/add-account").is_some();
    let blank = AccountView {
        id: domain::id::AccountId(flash.typed("/api/add-account", "akun").unwrap_or_default()),
        person: Person {
            name: flash.typed("/api/add-account", "nama").unwrap_or_default(),
            title: flash.typed("/api/add-account", "jabatan").unwrap_or_default(),
        },
        lanes: BTreeSet::new(),
        admin: false,
        active: true,
    };
    let add_flash = flash.clone();
    let add_lanes = lanes.clone();
    view! {
        <p class="good" role="status" hidden=!done>"Tersimpan."</p>
        <details class="menu start" open=adding>
            <summary class="primary">"Tambah akun…"</summary>
            <div class="pop">
                <Post<AddAccount> flash=add_flash>
                    <label>
                        "Akun, huruf kecil tanpa spasi"
                        <input name="akun" required maxlength="40" value=blank.id.0.clone() autocomplete="off"/>
                    </label>
                    <Fields account=blank.clone() lanes=add_lanes/>
                    <label>
                        "Sandi pertama, paling sedikit 10 huruf"
                        <input name="sandi" type="password" required minlength="10" autocomplete="new-password"/>
                    </label>
                    <button class="primary">"Tambah akun"</button>
                </Post<AddAccount>>
            </div>
        </details>
        <ul class="accounts">
            {accounts
                .into_iter()
                .map(|account| {
                    let mail = mails.get(&account.id).cloned().unwrap_or_default();
                    view! { <Account account mail lanes=lanes.clone() flash=flash.clone()/> }
                })
                .collect_view()}
        </ul>
    }
    .into_any()
}

#[component]
fn Account(
    account: AccountView,
    mail: String,
    lanes: Vec<(LaneId, String)>,
    flash: Flashed,
) -> impl IntoView {
    let id = account.id.0.clone();
    let refused = flash.typed("/api/change-account", "akun").as_ref() == Some(&id);
    let flash = if refused { flash } else { Flashed::default() };
    let mail = flash.typed("/api/change-account", "surel").unwrap_or(mail);
    let roles = role_words(&account.lanes, account.admin);
    let state = if account.active { "aktif" } else { "nonaktif" };
    view! {
        <li>
            <details open=refused>
                <summary>
                    <b>{id.clone()}</b>
                    <span>{account.person.name.clone()}<small>{account.person.title.clone()}</small></span>
                    <span>{roles}</span>
                    <span class="state" data-active=account.active.then_some("")>{state}</span>
                </summary>
                <Post<ChangeAccount> flash>
                    <input type="hidden" name="akun" value=id/>
                    <Fields account=account.clone() lanes/>
                    <label>
                        "Surel (boleh kosong)"
                        <input name="surel" type="email" maxlength="254" value=mail autocomplete="off"/>
                    </label>
                    <label class="tick">
                        <input type="checkbox" name="aktif" value="ya" checked=account.active/>
                        "Boleh masuk"
                    </label>
                    <label>
                        "Sandi baru (kosongkan bila tetap)"
                        <input name="sandi" type="password" minlength="10" autocomplete="new-password"/>
                    </label>
                    <button class="primary">"Simpan"</button>
                </Post<ChangeAccount>>
            </details>
        </li>
    }
    .into_any()
}

/// What both forms ask: name, title, roles.
#[component]
fn Fields(account: AccountView, lanes: Vec<(LaneId, String)>) -> impl IntoView {
    let boxes = lanes
        .into_iter()
        .map(|(lane, name)| {
            let ticked = account.lanes.contains(&lane);
            view! {
                <label class="tick">
                    <input type="checkbox" name=format!("lajur[{lane}]") value="ya" checked=ticked/>
                    {name}
                </label>
            }
        })
        .collect_view();
    view! {
        <label>"Nama" <input name="nama" required maxlength="120" value=account.person.name autocomplete="off"/></label>
        <label>"Jabatan" <input name="jabatan" maxlength="120" value=account.person.title autocomplete="off"/></label>
        <fieldset>
            <legend>"Peran"</legend>
            <div>
                {boxes}
                <label class="tick">
                    <input type="checkbox" name="admin" value="ya" checked=account.admin/>
                    "Administrator"
                </label>
            </div>
        </fieldset>
    }
    .into_any()
}
