//! `/kelola/akun`: accounts of the office with their roles, and accounts of agencies.

use std::collections::BTreeSet;

use desk::account::{AccountView, PasswordSlip, PasswordState, Person};
use desk::problem::Problem;
use domain::agency::Agency;
use domain::calendar::words;
use domain::id::{AccountId, AgencyCode, LaneId};
use leptos::either::EitherOf3;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::contact::SetMailOf;
use super::server::{Accounts, get_accounts};
use super::{AddAccount, ChangeAccount, MakePasswordLink};
use crate::ui::copy::CopyIsland;
use crate::ui::{Area, Flashed, Loaded, Post, PrintIsland};

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
    let slip = use_query_map().with_untracked(|query| query.get("lembar").unwrap_or_default());
    let data = Resource::new_blocking(move || slip.clone(), get_accounts);
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
    let Accounts { accounts, lanes, agencies, mails, passwords, alike, slip } = accounts;
    let choices = Choices { lanes, agencies };
    let list = |accounts: Vec<AccountView>| {
        let one = |account: AccountView| {
            let about = About {
                mail: mails.get(&account.id).cloned().unwrap_or_default(),
                password: passwords.get(&account.id).copied().unwrap_or_default(),
                alike: alike.get(&account.id).cloned().unwrap_or_default(),
            };
            view! { <Account account about choices=choices.clone() flash=flash.clone()/> }
        };
        let accounts = accounts.into_iter().map(one).collect_view();
        view! { <ul class="accounts">{accounts}</ul> }
    };
    let (of_agencies, office): (Vec<_>, Vec<_>) =
        accounts.into_iter().partition(|account| account.agency.is_some());
    let none = of_agencies.is_empty();
    view! {
        <p class="good" role="status" hidden=!done>"Tersimpan."</p>
        {slip.map(|slip| view! { <Slip slip/> })}
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
    let (open, alike) = (blank.is_some(), looks_alike(&flash, ADD));
    let flash = if open { flash } else { Flashed::default() };
    view! {
        <details class="menu start" open=open>
            <summary class="primary">"Tambah akun…"</summary>
            <div class="pop">
                <Post<AddAccount> flash>
                    <First account=blank.unwrap_or_else(blank_account) choices alike/>
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
    let (open, alike) = (blank.is_some(), looks_alike(&flash, ADD));
    let flash = if open { flash } else { Flashed::default() };
    let first = || AccountView { agency: Some(AgencyCode::from("")), ..blank_account() };
    view! {
        <details class="menu start" open=open>
            <summary class="primary">"Tambah akun PD…"</summary>
            <div class="pop">
                <Post<AddAccount> flash>
                    <First account=blank.unwrap_or_else(first) choices alike/>
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
        lanes: lanes_of(flash),
        admin: flash.typed(ADD, "admin").is_some(),
        ..blank_account()
    })
}

/// The roles that were ticked.
fn lanes_of(flash: &Flashed) -> BTreeSet<LaneId> {
    let lane = |field: &String| field.strip_prefix("lajur[")?.strip_suffix(']').map(LaneId::from);
    flash.typed.keys().filter_map(lane).collect()
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
fn First(account: AccountView, choices: Choices, alike: bool) -> impl IntoView {
    let id = account.id.0.clone();
    view! {
        <label>
            "Akun, huruf kecil tanpa spasi"
            <input name="akun" required maxlength="40" value=id autocomplete="off"/>
        </label>
        <Fields account choices new=true/>
        {alike.then(|| view! { <Anyway/> })}
        <p class="hint">"Sandi dibuat oleh orangnya sendiri. Sesudah ini tampil tautan sekali pakai untuk disampaikan kepadanya."</p>
        <button class="primary">"Tambah akun"</button>
    }
    .into_any()
}

#[component]
fn Account(account: AccountView, about: About, choices: Choices, flash: Flashed) -> impl IntoView {
    let About { mail, password, alike } = about;
    let id = account.id.0.clone();
    let here = |path: &str| flash.typed(path, "akun").as_ref() == Some(&id);
    let refused = here(CHANGE) || here(SET_MAIL);
    let flash = if refused { flash } else { Flashed::default() };
    let (mail_flash, of, linked) = (flash.clone(), id.clone(), id.clone());
    let mistaken = looks_alike(&flash, CHANGE);
    let typed = |field: &str, otherwise: String| flash.typed(CHANGE, field).unwrap_or(otherwise);
    let shown = AccountView {
        person: Person {
            name: typed("nama", account.person.name.clone()),
            title: typed("jabatan", account.person.title.clone()),
        },
        ..account.clone()
    };
    let similar = (!alike.is_empty()).then(|| {
        let others: Vec<_> = alike.iter().map(ToString::to_string).collect();
        format!("mirip dengan {}", others.join(", "))
    });
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
                    <span>
                        {account.person.name.clone()}<small>{account.person.title.clone()}</small>
                        {similar.map(|similar| view! { <small class="alike">{similar}</small> })}
                    </span>
                    <span>{roles}</span>
                    <span class="state" data-active=account.active.then_some("")>{state}</span>
                </summary>
                <Post<ChangeAccount> flash>
                    <input type="hidden" name="akun" value=id/>
                    <Fields account=shown choices new=false/>
                    <label class="tick">
                        <input type="checkbox" name="aktif" value="ya" checked=account.active/>
                        "Boleh masuk"
                    </label>
                    {mistaken.then(|| view! { <Anyway/> })}
                    <button class="primary">"Simpan"</button>
                </Post<ChangeAccount>>
                <Password account=linked password/>
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

/// What stands beside an account in the list.
struct About {
    mail: String,
    password: PasswordState,
    alike: Vec<AccountId>,
}

/// Whether a form was refused because a name is easily taken for another one.
fn looks_alike(flash: &Flashed, path: &str) -> bool {
    matches!(flash.problem(path), Some(Problem::Alike { .. }))
}

/// Confirms a name that is easily taken for another one.
#[component]
pub(super) fn Anyway() -> impl IntoView {
    view! {
        <label class="tick">
            <input type="checkbox" name="tetap" value="ya"/>
            "Tetap tambahkan atau ganti"
        </label>
    }
}

/// How the account stands with its password, and the way to a new one.
#[component]
fn Password(account: String, password: PasswordState) -> impl IntoView {
    let state = match password {
        PasswordState { link: Some(until), .. } => {
            format!("Tautan sandi belum dipakai; berlaku sampai {} WIB.", words::full(until))
        }
        PasswordState { set: false, .. } => "Belum punya sandi dan belum ada tautan yang berlaku.".to_owned(),
        PasswordState { change_first: true, .. } => {
            "Sandinya harus diganti saat masuk berikutnya.".to_owned()
        }
        PasswordState { .. } => "Punya sandi.".to_owned(),
    };
    view! {
        <form method="post" action=MakePasswordLink::url()>
            <input type="hidden" name="akun" value=account/>
            <p class="hint">{state}" Tautan baru membatalkan yang lama dan berlaku sekali, tujuh hari. Sandi sekarang tetap berlaku sampai tautan dipakai."</p>
            <label class="tick">
                <input type="checkbox" name="putus" value="ya"/>
                "Sandi sekarang langsung tidak berlaku, semua perangkatnya keluar"
            </label>
            <button class="ghost">"Buat tautan sandi"</button>
        </form>
    }
    .into_any()
}

/// A link that was just made, to be handed to its person.
#[component]
fn Slip(slip: PasswordSlip) -> impl IntoView {
    let PasswordSlip { account, name, url, expires } = slip;
    let until = format!("Berlaku sekali, sampai {} WIB. Hanya untuk {name}.", words::full(expires));
    view! {
        <section class="part slips">
            <h2>{format!("Tautan sandi untuk {account}")}</h2>
            <p class="notice">"Tautan hanya tampil kali ini. Salin atau cetak sekarang, lalu sampaikan langsung kepada orangnya."</p>
            <label>
                {until}
                <Area text=url attr:id="tautan-sandi" attr:rows="3" attr:readonly=""/>
            </label>
            <p class="row noprint"><CopyIsland from="tautan-sandi".to_owned()/><PrintIsland/></p>
        </section>
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
