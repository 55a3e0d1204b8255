//! `/kelola/pd`: the list of agencies (PD).
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use std::collections::BTreeMap;

use desk::office::Accepted;
use desk::problem::Problem;
use domain::agency::Agency;
use domain::id::{AgencyCode, CommandId};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::server_fn::codec::GetUrl;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};

use super::accounts::Anyway;
use super::contact::SetContact;
use crate::ui::{Flashed, Loaded, Notice, Post};

/// The list, and whether it is only a sample.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyList {
    /// Every agency, by code.
    pub agencies: Vec<Agency>,
    /// The addresses for mail of those that have one.
    #[serde(default)]
    pub mails: BTreeMap<AgencyCode, String>,
    /// Whether this is a practice office, whose list is made up.
    pub sample: bool,
}

/// Every agency.
#[server(prefix = "/api", endpoint = "agencies", input = GetUrl)]
pub async fn get_agencies() -> Result<AgencyList, Problem> {
    use crate::ui::request::{ports, require_admin};
    require_admin()?;
    let ports = ports();
    let agencies = ports.desk.office().agencies.values().cloned().collect();
    let mail = |(of, mail): (&domain::reminder::To, &String)| match of {
        domain::reminder::To::Agency(code) => Some((code.clone(), mail.clone())),
        domain::reminder::To::Account(_) => None,
    };
    let mails = ports.post.addresses().iter().filter_map(mail).collect();
    Ok(AgencyList { agencies, mails, sample: ports.site.practice })
}

/// Adds an agency.
#[server(prefix = "/api", endpoint = "add-agency")]
pub async fn add_agency(
    kode: String,
    nama: String,
    singkatan: String,
    command_id: CommandId,
    #[server(default)] tetap: String,
) -> Result<Accepted, Problem> {
    let sure = !tetap.is_empty();
    let agency = Agency { code: AgencyCode(kode.trim().to_owned()), name: nama, short: singkatan };
    let add = |list: &mut Vec<Agency>| {
        if list.iter().any(|other| other.code == agency.code) {
            return Err(Problem::invalid(format!("Kode {} sudah dipakai PD lain.", agency.code)));
        }
        unmistakable(list, &agency, sure)?;
        list.push(agency);
        Ok(())
    };
    change(command_id, add).await
}

/// Gives an agency another name.
#[server(prefix = "/api", endpoint = "rename-agency")]
pub async fn rename_agency(
    kode: AgencyCode,
    nama: String,
    singkatan: String,
    command_id: CommandId,
    #[server(default)] tetap: String,
) -> Result<Accepted, Problem> {
    let sure = !tetap.is_empty();
    let rename = |list: &mut Vec<Agency>| {
        let renamed = Agency { code: kode.clone(), name: nama.clone(), short: singkatan.clone() };
        unmistakable(list, &renamed, sure)?;
        let agency = list.iter_mut().find(|agency| agency.code == kode);
        let agency = agency.ok_or_else(|| Problem::not_found("PD ini"))?;
        (agency.name, agency.short) = (nama, singkatan);
        Ok(())
    };
    change(command_id, rename).await
}

/// Closes an agency: it hands in no more reports. What it has sent stays.
#[server(prefix = "/api", endpoint = "close-agency")]
pub async fn close_agency(kode: AgencyCode, command_id: CommandId) -> Result<Accepted, Problem> {
    let close = |list: &mut Vec<Agency>| {
        let before = list.len();
        list.retain(|agency| agency.code != kode);
        if list.len() < before { Ok(()) } else { Err(Problem::not_found("PD ini")) }
    };
    change(command_id, close).await
}

/// Refuses an agency that is easily taken for another one of the list, unless it is confirmed.
fn unmistakable(list: &[Agency], agency: &Agency, sure: bool) -> Result<(), Problem> {
    crate::ui::request::require_admin()?;
    if sure {
        return Ok(());
    }
    let people = crate::ui::request::ports().people;
    let others: Vec<_> = list.iter().filter(|other| other.code != agency.code).collect();
    let mut found = std::collections::BTreeSet::new();
    let texts = |it: &Agency| [it.code.0.clone(), it.name.clone(), it.short.clone()];
    for (part, text) in texts(agency).iter().enumerate() {
        let names: Vec<_> = others.iter().map(|other| texts(other)[part].clone()).collect();
        found.extend(people.names_alike(text, &names));
    }
    if found.is_empty() {
        return Ok(());
    }
    let one = |at: usize| others.get(at).map(|it| format!("PD {} ({})", it.name, it.code));
    Err(Problem::Alike { others: found.into_iter().filter_map(one).collect::<Vec<_>>().join(", ") })
}

/// Hands in the whole list with a change.
async fn change(
    id: CommandId,
    edit: impl FnOnce(&mut Vec<Agency>) -> Result<(), Problem>,
) -> Result<Accepted, Problem> {
    use crate::ui::request::{ports, require_admin};
    require_admin()?;
    let mut agencies: Vec<_> = ports().desk.office().agencies.values().cloned().collect();
    edit(&mut agencies)?;
    for agency in &mut agencies {
        (agency.name, agency.short) = (agency.name.trim().to_owned(), agency.short.trim().to_owned());
    }
    let command = domain::office::Command::ListAgencies { agencies };
    let accepted = crate::office::deed::submit(id, command).await?;
    leptos_axum::redirect("/kelola/pd?sudah=ya");
    Ok(accepted)
}

/// The list of agencies.
#[component]
pub fn AgenciesPage() -> impl IntoView {
    let data = Resource::new_blocking(|| (), |()| get_agencies());
    view! {
        <Title text="Perangkat Daerah"/>
        <div class="title">
            <h1>"Perangkat Daerah (PD)"</h1>
            <a class="ghost" href="/kelola/pd.csv" rel="external" download="">"Unduh CSV"</a>
        </div>
        <Loaded data children=|list: AgencyList, flash| view! { <List list flash/> }/>
    }
    .into_any()
}

#[component]
fn List(list: AgencyList, flash: Flashed) -> impl IntoView {
    let done = use_query_map().with_untracked(|query| query.get("sudah").is_some());
    let count = list.agencies.len();
    let mails = list.mails;
    let entry = |agency: Agency| {
        let mail = mails.get(&agency.code).cloned().unwrap_or_default();
        view! { <Entry agency mail flash=flash.clone()/> }
    };
    let rows = list.agencies.into_iter().map(entry).collect_view();
    let kind = if list.sample {
        "PD dalam daftar contoh; gantilah dengan daftar resmi sebelum dipakai."
    } else {
        "PD dalam daftar."
    };
    view! {
        <p class="good" role="status" hidden=!done>"Tersimpan."</p>
        <p class="lead">{count}" "{kind}</p>
        <div class="agency-tools">
            <Adding flash=flash.clone()/>
            <Import flash/>
        </div>
        <ul class="accounts agencies-list">{rows}</ul>
    }
    .into_any()
}

#[component]
fn Adding(flash: Flashed) -> impl IntoView {
    let path = AddAgency::url();
    let typed = |field: &str| flash.typed(path, field).unwrap_or_default();
    let open = flash.problem(path).is_some();
    let alike = matches!(flash.problem(path), Some(Problem::Alike { .. }));
    let (code, agency) = (typed("kode"), Named { name: typed("nama"), short: typed("singkatan") });
    view! {
        <details class="menu start" open=open>
            <summary class="primary">"Tambah PD…"</summary>
            <div class="pop">
                <Post<AddAgency> flash>
                    <label>
                        "Kode (tetap; huruf kecil, angka, tanda hubung)"
                        <input name="kode" required pattern="[a-z0-9\\-]{1,40}" maxlength="40" value=code autocomplete="off"/>
                    </label>
                    <Names agency/>
                    {alike.then(|| view! { <Anyway/> })}
                    <button class="primary">"Tambah PD"</button>
                </Post<AddAgency>>
            </div>
        </details>
    }
    .into_any()
}

#[component]
fn Import(flash: Flashed) -> impl IntoView {
    let problem = flash.problem("/kelola/pd/impor");
    let (open, alike) = (problem.is_some(), matches!(problem, Some(Problem::Alike { .. })));
    view! {
        <details class="menu start" open=open>
            <summary class="ghost">"Impor daftar…"</summary>
            <div class="pop">
                <form method="post" action="/kelola/pd/impor" enctype="multipart/form-data">
                    <Notice problem=Signal::stored(problem)/>
                    {alike.then(|| view! { <Anyway/> })}
                    <label>
                        "Berkas CSV dengan kolom kode, nama, singkatan, dan bila ada surel"
                        <input type="file" name="berkas" accept=".csv,.xlsx" required/>
                    </label>
                    <p class="hint">"Berkas ini menjadi daftar seluruhnya: PD yang tidak ada di dalamnya ditutup."</p>
                    <button class="primary">"Impor"</button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

#[component]
fn Entry(agency: Agency, mail: String, flash: Flashed) -> impl IntoView {
    let code = agency.code.0.clone();
    let (renaming, closing, writing) = (RenameAgency::url(), CloseAgency::url(), SetContact::url());
    let here = |path: &str| flash.typed(path, "kode").as_ref() == Some(&code);
    let refused = here(renaming) || here(closing) || here(writing);
    let shown_mail = if mail.is_empty() { "tanpa surel".to_owned() } else { mail.clone() };
    let typed_mail = flash.typed(writing, "surel").filter(|_| here(writing)).unwrap_or(mail);
    let typed = |field: &str, otherwise: &str| {
        let typed = flash.typed(renaming, field).filter(|_| here(renaming));
        typed.unwrap_or_else(|| otherwise.to_owned())
    };
    let alike = here(renaming) && matches!(flash.problem(renaming), Some(Problem::Alike { .. }));
    let named = Named { name: typed("nama", &agency.name), short: typed("singkatan", &agency.short) };
    let flash = if refused { flash } else { Flashed::default() };
    let (shown, renamed, written, closed) = (code.clone(), code.clone(), code.clone(), code);
    view! {
        <li>
            <details open=refused>
                <summary>
                    <b>{agency.short}</b>
                    <span>{agency.name}</span>
                    <span>{shown}<small>{shown_mail}</small></span>
                </summary>
                <Post<RenameAgency> flash=flash.clone()>
                    <input type="hidden" name="kode" value=renamed/>
                    <Names agency=named/>
                    {alike.then(|| view! { <Anyway/> })}
                    <button class="primary">"Simpan nama"</button>
                </Post<RenameAgency>>
                <Post<SetContact> flash=flash.clone()>
                    <input type="hidden" name="kode" value=written/>
                    <label>
                        "Surel untuk pengingat (boleh kosong)"
                        <input name="surel" type="email" maxlength="254" value=typed_mail autocomplete="off"/>
                    </label>
                    <button class="primary">"Simpan surel"</button>
                </Post<SetContact>>
                <Post<CloseAgency> flash>
                    <input type="hidden" name="kode" value=closed/>
                    <p class="hint">"PD yang ditutup tidak lagi diminta mengirim LKj. Yang sudah dikirimnya tetap tersimpan."</p>
                    <button class="danger">"Tutup PD ini"</button>
                </Post<CloseAgency>>
            </details>
        </li>
    }
    .into_any()
}

/// The names of an agency, as typed.
#[derive(Clone)]
struct Named {
    name: String,
    short: String,
}

#[component]
fn Names(agency: Named) -> impl IntoView {
    view! {
        <label>"Nama" <input name="nama" required maxlength=Agency::MAX_NAME value=agency.name autocomplete="off"/></label>
        <label>
            "Singkatan"
            <input name="singkatan" required maxlength=Agency::MAX_NAME value=agency.short autocomplete="off"/>
        </label>
    }
}
