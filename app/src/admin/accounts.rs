//! `/kelola/akun`: accounts of the office with their roles, and accounts of agencies.

use std::collections::BTreeSet;

use domain::agency::Agency;
use domain::id::{AccountId, AgencyCode, LaneId};
use leptos::either::EitherOf3;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::server::{Accounts, get_accounts};
use super::{AddAccount, ChangeAccount};
use crate::account::{AccountView, Person};
use crate::reminder::SetMailOf;
use crate::shell::{Flashed, Loaded, Post};

const SET_MAIL: &str = "/api/set-mail-of";
const ADD: &str = "/api/add-account";
const CHANGE: &str = "/api/change-account";

/// What an account can be given.
#[derive(Clone)]
struct Choices {
    /// Roles in the office, with their printed names.
    lanes: Vec<(LaneId, String)>,
    /// Agencies to send reports for.
    agencies: Vec<Agency>,
}

impl Choices {
    /// How an agency is called.
    fn short(&self, code: &AgencyCode) -> String {
        let found = self.agencies.iter().find(|agency| agency.code == *code);
        found.map_or_else(|| format!("{code} (ditutup)"), |agency| agency.short.clone())
    }
}

/// Accounts and their roles.
#[component]
pub fn AccountsPage() -> impl IntoView {
    let data = Resource::new_blocking(|| (), |()| get_accounts());
    view! {
        <Title text="Akun dan peran"/>
        <div class="title"><h1>"Akun dan peran"</h1></div>
        <Loaded data children=|accounts, flash| view! { <Lists accounts flash/> }/>
    }
    .into_any()
}

#[component]
fn Lists(accounts: Accounts, flash: Flashed) -> impl IntoView {
    let done = use_query_map().with_untracked(|query| query.get("sudah").is_some());
    let Accounts { accounts, lanes, agencies, mails } = accounts;
    let choices = Choices { lanes, agencies };
    let list = |accounts: Vec<AccountView>| {
        let one = |account: AccountView| {
            let mail = mails.get(&account.id).cloned().unwrap_or_default();
            view! { <Account account mail choices=choices.clone() flash=flash.clone()/> }
        };
        let accounts = accounts.into_iter().map(one).collect_view();
        view! { <ul class="accounts">{accounts}</ul> }
    };
    let (of_agencies, office): (Vec<_>, Vec<_>) =
        accounts.into_iter().partition(|account| account.agency.is_some());
    let none = of_agencies.is_empty();
    view! {
        <p class="good" role="status" hidden=!done>"Tersimpan."</p>
        <Adding choices=choices.clone() flash=flash.clone()/>
        {list(office)}
        <h2 id="pd">"Akun Perangkat Daerah"</h2>
        <p class="hint lead">"Akun PD hanya membuka halaman LKj milik PD itu. Untuk sekali kirim cukup tautan pengiriman, tanpa akun."</p>
        <AddingForAgency choices=choices.clone() flash=flash.clone()/>
        {none.then(|| view! { <p class="hint">"Belum ada akun PD."</p> })}
        {list(of_agencies)}
    }
    .into_any()
}

/// The form for an account of the office.
#[component]
fn Adding(choices: Choices, flash: Flashed) -> impl IntoView {
    let blank = typed(&flash).filter(|account| account.agency.is_none());
    let open = blank.is_some();
    let flash = if open { flash } else { Flashed::default() };
    view! {
        <details class="menu start" open=open>
            <summary class="primary">"Tambah akun…"</summary>
            <div class="pop">
                <Post<AddAccount> flash>
                    <First account=blank.unwrap_or_else(blank_account) choices/>
                </Post<AddAccount>>
            </div>
        </details>
    }
    .into_any()
}

/// The form for an account of an agency.
#[component]
fn AddingForAgency(choices: Choices, flash: Flashed) -> impl IntoView {
    let blank = typed(&flash).filter(|account| account.agency.is_some());
    let open = blank.is_some();
    let flash = if open { flash } else { Flashed::default() };
    let first = || AccountView { agency: Some(AgencyCode::from("")), ..blank_account() };
    view! {
        <details class="menu start" open=open>
            <summary class="primary">"Tambah akun PD…"</summary>
            <div class="pop">
                <Post<AddAccount> flash>
                    <First account=blank.unwrap_or_else(first) choices/>
                </Post<AddAccount>>
            </div>
        </details>
    }
    .into_any()
}

/// What was typed for a new account that was refused.
fn typed(flash: &Flashed) -> Option<AccountView> {
    flash.problem(ADD)?;
    let field = |name: &str| flash.typed(ADD, name).unwrap_or_default();
    Some(AccountView {
        id: AccountId(field("akun")),
        person: Person { name: field("nama"), title: field("jabatan") },
        agency: flash.typed(ADD, "pd").map(AgencyCode),
        ..blank_account()
    })
}

fn blank_account() -> AccountView {
    AccountView {
        id: AccountId(String::new()),
        person: Person::default(),
        lanes: BTreeSet::new(),
        admin: false,
        agency: None,
        active: true,
    }
}

/// The fields of a new account.
#[component]
fn First(account: AccountView, choices: Choices) -> impl IntoView {
    let id = account.id.0.clone();
    view! {
        <label>
            "Akun, huruf kecil tanpa spasi"
            <input name="akun" required maxlength="40" value=id autocomplete="off"/>
        </label>
        <Fields account choices new=true/>
        <label>
            "Sandi pertama, paling sedikit 10 huruf"
            <input name="sandi" type="password" required minlength="10" autocomplete="new-password"/>
        </label>
        <button class="primary">"Tambah akun"</button>
    }
    .into_any()
}

#[component]
fn Account(account: AccountView, mail: String, choices: Choices, flash: Flashed) -> impl IntoView {
    let id = account.id.0.clone();
    let here = |path: &str| flash.typed(path, "akun").as_ref() == Some(&id);
    let refused = here(CHANGE) || here(SET_MAIL);
    let flash = if refused { flash } else { Flashed::default() };
    let (mail_flash, of) = (flash.clone(), id.clone());
    let mail = flash.typed(SET_MAIL, "surel").unwrap_or(mail);
    let has_mail = account.agency.is_none();
    let roles = match &account.agency {
        Some(code) => choices.short(code),
        None => account.role_words(),
    };
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
                    <Fields account=account.clone() choices new=false/>
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
                {has_mail
                    .then(|| {
                        view! {
                            <Post<SetMailOf> flash=mail_flash>
                                <input type="hidden" name="akun" value=of/>
                                <label>
                                    "Surel (boleh kosong)"
                                    <input name="surel" type="email" maxlength="254" value=mail autocomplete="off"/>
                                </label>
                                <button class="primary">"Simpan surel"</button>
                            </Post<SetMailOf>>
                        }
                    })}
            </details>
        </li>
    }
    .into_any()
}

/// What both forms ask: name, title, and roles or agency.
#[component]
fn Fields(account: AccountView, choices: Choices, new: bool) -> impl IntoView {
    let part = match account.agency.clone() {
        Some(code) if new => EitherOf3::A(view! { <OfAgency code choices/> }),
        Some(code) => EitherOf3::B(view! { <p class="hint">"Untuk PD "{choices.short(&code)}"."</p> }),
        None => EitherOf3::C(view! { <Roles account=account.clone() lanes=choices.lanes/> }),
    };
    view! {
        <label>"Nama" <input name="nama" required maxlength="120" value=account.person.name autocomplete="off"/></label>
        <label>"Jabatan" <input name="jabatan" maxlength="120" value=account.person.title autocomplete="off"/></label>
        {part}
    }
    .into_any()
}

#[component]
fn Roles(account: AccountView, lanes: Vec<(LaneId, String)>) -> impl IntoView {
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

#[component]
fn OfAgency(code: AgencyCode, choices: Choices) -> impl IntoView {
    let options = choices
        .agencies
        .into_iter()
        .map(|agency| {
            view! { <option value=agency.code.0.clone() selected=agency.code == code>{agency.name}</option> }
        })
        .collect_view();
    view! {
        <label>
            "Perangkat Daerah"
            <select name="pd" required>
                <option value="">"pilih PD"</option>
                {options}
            </select>
        </label>
    }
    .into_any()
}
