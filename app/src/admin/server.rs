//! What the administrator asks of the server.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use std::collections::BTreeMap;

use domain::agency::Agency;
use domain::id::{AccountId, AgencyCode, CommandId, LaneId};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

use crate::account::AccountView;
use crate::problem::Problem;
use crate::run::Accepted;

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
}

/// Every account, and the roles that can be given.
#[server(prefix = "/api", endpoint = "accounts", input = GetUrl)]
pub async fn get_accounts() -> Result<Accounts, Problem> {
    use crate::shell::request::{ports, require_admin};
    require_admin()?;
    let ports = ports();
    let office = ports.desk.office();
    let agencies = office.agencies.values().cloned().collect();
    let mail = |(of, mail): (&domain::reminder::To, &String)| match of {
        domain::reminder::To::Account(account) => Some((account.clone(), mail.clone())),
        domain::reminder::To::Agency(_) => None,
    };
    let mails = ports.post.addresses().iter().filter_map(mail).collect();
    Ok(Accounts { accounts: ports.people.list().await?, lanes: lanes(&office), agencies, mails })
}

/// The lanes of the procedures in force, with their printed names.
#[cfg(feature = "ssr")]
pub(super) fn lanes(office: &domain::office::Office) -> Vec<(LaneId, String)> {
    let mut lanes: Vec<(LaneId, String)> = Vec::new();
    for lane in office.current_sops().flat_map(|sop| &sop.lanes) {
        if !lanes.iter().any(|(id, _)| *id == lane.id) {
            lanes.push((lane.id.clone(), lane.name.clone()));
        }
    }
    lanes
}

/// Adds an account: of the office, with its roles, or of an agency.
#[server(prefix = "/api", endpoint = "add-account")]
pub async fn add_account(
    akun: String,
    nama: String,
    #[server(default)] jabatan: String,
    #[server(default)] lajur: BTreeMap<String, String>,
    #[server(default)] admin: String,
    #[server(default)] pd: Option<AgencyCode>,
    sandi: String,
) -> Result<(), Problem> {
    crate::shell::request::require_admin()?;
    let draft = draft(akun, nama, jabatan, lajur, &admin, pd, sandi)?;
    crate::shell::request::ports().people.add(draft).await?;
    leptos_axum::redirect("/kelola/akun?sudah=ya");
    Ok(())
}

/// Changes an account; the password only if a new one is given. Its agency stays as it is.
#[server(prefix = "/api", endpoint = "change-account")]
pub async fn change_account(
    akun: String,
    nama: String,
    #[server(default)] jabatan: String,
    #[server(default)] lajur: BTreeMap<String, String>,
    #[server(default)] admin: String,
    #[server(default)] aktif: String,
    #[server(default)] sandi: String,
) -> Result<(), Problem> {
    crate::shell::request::require_admin()?;
    let draft = draft(akun, nama, jabatan, lajur, &admin, None, sandi)?;
    crate::shell::request::ports().people.change(draft, !aktif.is_empty()).await?;
    leptos_axum::redirect("/kelola/akun?sudah=ya");
    Ok(())
}

/// Publishes a procedure from its data file.
#[server(prefix = "/api", endpoint = "publish-sop")]
pub async fn publish_sop(berkas: String, command_id: CommandId) -> Result<Accepted, Problem> {
    let read = serde_json::from_str(&berkas);
    let sop = read.map_err(|error| Problem::invalid(format!("Berkas SOP tidak dapat dibaca: {error}")))?;
    let command = domain::office::Command::PublishSop { sop: Box::new(sop) };
    let accepted = crate::run::server::submit(command_id, command).await?;
    leptos_axum::redirect("/sop");
    Ok(accepted)
}

/// Puts a form together; a ticked box is a field with any value.
#[cfg(feature = "ssr")]
fn draft(
    id: String,
    name: String,
    title: String,
    lanes: BTreeMap<String, String>,
    admin: &str,
    agency: Option<AgencyCode>,
    password: String,
) -> Result<crate::account::AccountDraft, Problem> {
    let office = crate::shell::request::ports().desk.office();
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
    Ok(crate::account::AccountDraft { id, name, title, lanes, admin: !admin.is_empty(), agency, password })
}
