//! What the administrator asks of the server.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use std::collections::BTreeMap;

use desk::account::{AccountView, PasswordSlip, PasswordState};
use desk::office::Accepted;
use desk::problem::Problem;
use domain::agency::Agency;
use domain::id::{AccountId, AgencyCode, CommandId, LaneId};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

/// Every account, and the roles that can be given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accounts {
    /// The accounts.
    pub accounts: Vec<AccountView>,
    /// The lanes of the procedures in force, with their printed names.
    pub lanes: Vec<(LaneId, String)>,
    /// The agencies, for which accounts can be made.
    pub agencies: Vec<Agency>,
    /// The addresses for mail of those that have one.
    pub mails: BTreeMap<AccountId, String>,
    /// How each stands with its password.
    pub passwords: BTreeMap<AccountId, PasswordState>,
    /// Those that are easily taken for others, with those.
    pub alike: BTreeMap<AccountId, Vec<AccountId>>,
    /// A link that was made just before; shown this once.
    pub slip: Option<PasswordSlip>,
}

/// Every account, and the roles that can be given.
#[server(prefix = "/api", endpoint = "accounts", input = GetUrl)]
pub async fn get_accounts(#[server(default)] lembar: String) -> Result<Accounts, Problem> {
    use crate::ui::request::{ports, require_admin, site_address};
    let by = require_admin()?.actor.account;
    let ports = ports();
    let office = ports.desk.office();
    let agencies = office.agencies.values().cloned().collect();
    let mail = |(of, mail): (&domain::reminder::To, &String)| match of {
        domain::reminder::To::Account(account) => Some((account.clone(), mail.clone())),
        domain::reminder::To::Agency(_) => None,
    };
    let mails = ports.post.addresses().iter().filter_map(mail).collect();
    let (accounts, passwords) = (ports.people.list().await?, ports.people.passwords().await?);
    let others = |it: &AccountView| {
        let others = ports.people.alike(it.id.as_str(), &it.person.name);
        let others: Vec<_> = others.into_iter().map(|other| other.id).filter(|id| *id != it.id).collect();
        (!others.is_empty()).then(|| (it.id.clone(), others))
    };
    let alike = accounts.iter().filter_map(others).collect();
    let site = ports.post.site().unwrap_or_else(site_address);
    let slip = ports.people.password_slip(&lembar, &by, &site);
    Ok(Accounts { accounts, lanes: lanes(&office), agencies, mails, passwords, alike, slip })
}

/// The lanes of the procedures in force, with their printed names.
pub(super) fn lanes(office: &domain::office::Office) -> Vec<(LaneId, String)> {
    let mut lanes: Vec<(LaneId, String)> = Vec::new();
    for lane in office.current_sops().flat_map(|sop| &sop.lanes) {
        if !lanes.iter().any(|(id, _)| *id == lane.id) {
            lanes.push((lane.id.clone(), lane.name.clone()));
        }
    }
    lanes
}

/// Adds an account: of the office, with its roles, or of an agency. The answer is the name of the
/// slip with the one-time link by which the person sets a password. A name that is easily taken for
/// another one needs `tetap`.
#[server(prefix = "/api", endpoint = "add-account")]
pub async fn add_account(
    akun: String,
    nama: String,
    #[server(default)] jabatan: String,
    #[server(default)] lajur: BTreeMap<String, String>,
    #[server(default)] admin: String,
    #[server(default)] pd: Option<AgencyCode>,
    #[server(default)] tetap: String,
) -> Result<String, Problem> {
    use crate::ui::request::{act, ports, require_admin};
    use desk::trail::Kind;
    let by = require_admin()?.actor.account;
    let draft = draft(akun, nama, jabatan, lajur, &admin, pd)?;
    let (people, id) = (ports().people, AccountId(draft.id.trim().to_lowercase()));
    if tetap.is_empty() {
        unmistakable(&people.alike(&draft.id, &draft.name))?;
    }
    let roles = match &draft.agency {
        Some(agency) => format!("untuk PD {agency}"),
        None => format!("peran {}", desk::account::role_words(&draft.lanes, draft.admin)),
    };
    let told = |_: &()| (id.to_string(), roles);
    act(Kind::AccountAdded, told, people.add(draft)).await?;
    let slip = make_link(id, by, false).await?;
    leptos_axum::redirect(&format!("/kelola/akun?lembar={slip}"));
    Ok(slip)
}

/// Changes an account. Its agency and its password stay as they are. A name that is easily taken
/// for another one needs `tetap`.
#[server(prefix = "/api", endpoint = "change-account")]
pub async fn change_account(
    akun: String,
    nama: String,
    #[server(default)] jabatan: String,
    #[server(default)] lajur: BTreeMap<String, String>,
    #[server(default)] admin: String,
    #[server(default)] aktif: String,
    #[server(default)] tetap: String,
) -> Result<(), Problem> {
    use crate::ui::request::{act, ports, require_admin};
    use desk::trail::Kind;
    require_admin()?;
    let draft = draft(akun, nama, jabatan, lajur, &admin, None)?;
    let (people, id) = (ports().people, AccountId(draft.id.trim().to_lowercase()));
    let same = people.names().get(&id).is_some_and(|person| person.name == draft.name.trim());
    if tetap.is_empty() && !same {
        unmistakable(&people.alike(&draft.id, &draft.name))?;
    }
    let told = |changed: &String| (id.to_string(), changed.clone());
    act(Kind::AccountChanged, told, people.change(draft, !aktif.is_empty())).await?;
    leptos_axum::redirect("/kelola/akun?sudah=ya");
    Ok(())
}

/// Makes a one-time link by which the person of an account sets a new password. With `putus` the
/// old one holds no longer and all sessions end at once, not only when the link is used. The answer is
/// the name of the slip that shows it.
#[server(prefix = "/api", endpoint = "make-password-link")]
pub async fn make_password_link(
    akun: AccountId,
    #[server(default)] putus: String,
) -> Result<String, Problem> {
    let by = crate::ui::request::require_admin()?.actor.account;
    let slip = make_link(akun, by, !putus.is_empty()).await?;
    leptos_axum::redirect(&format!("/kelola/akun?lembar={slip}"));
    Ok(slip)
}

async fn make_link(account: AccountId, by: AccountId, at_once: bool) -> Result<String, Problem> {
    use crate::ui::request::{act, ports};
    use desk::trail::Kind;
    let facts = if at_once { "sandi lama langsung tidak berlaku" } else { "" };
    let whom = account.to_string();
    let made = ports().people;
    let made = made.make_password_link(account, by, at_once);
    act(Kind::PasswordLinkMade, |_| (whom, facts.to_owned()), made).await
}

/// Refuses a name that is easily taken for one that is there.
fn unmistakable(alike: &[AccountView]) -> Result<(), Problem> {
    if alike.is_empty() {
        return Ok(());
    }
    let one = |it: &AccountView| format!("akun {} ({})", it.id, it.person.name);
    let others = alike.iter().map(one).collect::<Vec<_>>().join(", ");
    Err(Problem::Alike { others })
}

/// Publishes a procedure from its data file.
#[server(prefix = "/api", endpoint = "publish-sop")]
pub async fn publish_sop(berkas: String, command_id: CommandId) -> Result<Accepted, Problem> {
    crate::ui::request::require_admin()?;
    let read = serde_json::from_str(&berkas);
    let sop = read.map_err(|error| Problem::invalid(format!("Berkas SOP tidak dapat dibaca: {error}")))?;
    let command = domain::office::Command::PublishSop { sop: Box::new(sop) };
    let accepted = crate::office::deed::submit(command_id, command).await?;
    leptos_axum::redirect("/sop");
    Ok(accepted)
}

/// Puts a form together; a ticked box is a field with any value.
fn draft(
    id: String,
    name: String,
    title: String,
    lanes: BTreeMap<String, String>,
    admin: &str,
    agency: Option<AgencyCode>,
) -> Result<desk::account::AccountDraft, Problem> {
    let office = crate::ui::request::ports().desk.office();
    let known: std::collections::BTreeSet<_> =
        office.sops.values().flat_map(|sop| sop.lanes.iter().map(|lane| lane.id.clone())).collect();
    let lanes: std::collections::BTreeSet<_> = lanes.into_keys().map(LaneId).collect();
    if let Some(stranger) = lanes.iter().find(|lane| !known.contains(lane)) {
        return Err(Problem::invalid(format!("Peran {stranger} tidak ada.")));
    }
    let agency = agency.filter(|agency| !agency.as_str().is_empty());
    if agency.as_ref().is_some_and(|agency| !office.agencies.contains_key(agency)) {
        return Err(Problem::not_found("PD ini"));
    }
    let (admin, password) = (!admin.is_empty(), String::new());
    Ok(desk::account::AccountDraft { id, name, title, lanes, admin, agency, password })
}
