//! What the page of a run's reminders asks of the server.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use domain::id::{AccountId, AgencyCode, RunId};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::view::RemindersView;
use crate::problem::Problem;

/// Everything about a run's reminders.
#[server(prefix = "/api", endpoint = "reminders", input = GetUrl)]
pub async fn get_reminders(run: RunId) -> Result<RemindersView, Problem> {
    use crate::shell::request::{ports, require_caller};
    let (caller, ports) = (require_caller()?, ports());
    let may = super::view::may_see(&caller.actor, run)?;
    let letters = ports.post.letters(run).await?;
    RemindersView::of(&ports, run, may, letters)
}

/// Lets the reminders of the step that holds now go.
#[server(prefix = "/api", endpoint = "release-reminders")]
pub async fn release_reminders(run: RunId, langkah: String) -> Result<u32, Problem> {
    use crate::shell::request::{ports, require_caller};
    let caller = require_caller()?;
    super::view::may_remind(&caller.actor, run)?;
    let step = domain::reminder::Step::from_code(&langkah);
    let step =
        step.ok_or_else(|| Problem::invalid("Langkah pengingat tidak dikenal; muat ulang halaman."))?;
    let released = ports().post.release(run, step, caller.actor.account).await?;
    leptos_axum::redirect(&format!("/pelaksanaan/{run}/pengingat?dilepas={released}"));
    Ok(released)
}

/// Lets a run's reminders go by themselves, or only when somebody releases them.
#[server(prefix = "/api", endpoint = "set-automatic")]
pub async fn set_automatic(run: RunId, #[server(default)] otomatis: String) -> Result<(), Problem> {
    use crate::shell::request::{ports, require_caller};
    let caller = require_caller()?;
    super::view::may_remind(&caller.actor, run)?;
    ports().post.set_automatic(run, !otomatis.is_empty(), caller.actor.account).await?;
    leptos_axum::redirect(&format!("/pelaksanaan/{run}/pengingat?sudah=ya"));
    Ok(())
}

/// Gives an account of the office an address for mail, or takes it away (empty).
#[server(prefix = "/api", endpoint = "set-mail-of")]
pub async fn set_mail_of(akun: AccountId, #[server(default)] surel: String) -> Result<(), Problem> {
    use crate::shell::request::{ports, require_admin};
    let (by, ports) = (require_admin()?.actor.account, ports());
    let ours = ports.people.list().await?;
    if !ours.iter().any(|account| account.id == akun && account.agency.is_none()) {
        return Err(Problem::not_found("Akun ini"));
    }
    ports.post.set_address(domain::reminder::To::Account(akun), surel, by).await?;
    leptos_axum::redirect("/kelola/akun?sudah=ya");
    Ok(())
}

/// Gives an agency an address for mail, or takes it away (empty).
#[server(prefix = "/api", endpoint = "set-contact")]
pub async fn set_contact(kode: AgencyCode, #[server(default)] surel: String) -> Result<(), Problem> {
    use crate::shell::request::{ports, require_admin};
    let (caller, ports) = (require_admin()?, ports());
    if !ports.desk.office().agencies.contains_key(&kode) {
        return Err(Problem::not_found("PD ini"));
    }
    let to = domain::reminder::To::Agency(kode);
    ports.post.set_address(to, surel, caller.actor.account).await?;
    leptos_axum::redirect("/kelola/pd?sudah=ya");
    Ok(())
}
