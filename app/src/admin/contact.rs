//! Where mail for others goes: accounts of the office, and agencies.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use desk::problem::Problem;
use domain::id::{AccountId, AgencyCode};
use leptos::prelude::*;

/// Gives an account of the office an address for mail, or takes it away (empty).
#[server(prefix = "/api", endpoint = "set-mail-of")]
pub async fn set_mail_of(akun: AccountId, #[server(default)] surel: String) -> Result<(), Problem> {
    use crate::ui::request::{act, ports, require_admin};
    use desk::trail::Kind;
    let (by, ports) = (require_admin()?.actor.account, ports());
    let ours = ports.people.list().await?;
    if !ours.iter().any(|account| account.id == akun && account.agency.is_none()) {
        return Err(Problem::not_found("Akun ini"));
    }
    let told = |(): &()| (akun.to_string(), crate::office::words::mail_words(&surel));
    let set = ports.post.set_address(domain::reminder::To::Account(akun.clone()), surel.clone(), by);
    act(Kind::MailChanged, told, set).await?;
    leptos_axum::redirect("/kelola/akun?sudah=ya");
    Ok(())
}

/// Gives an agency an address for mail, or takes it away (empty).
#[server(prefix = "/api", endpoint = "set-contact")]
pub async fn set_contact(kode: AgencyCode, #[server(default)] surel: String) -> Result<(), Problem> {
    use crate::ui::request::{act, ports, require_admin};
    use desk::trail::Kind;
    let (caller, ports) = (require_admin()?, ports());
    if !ports.desk.office().agencies.contains_key(&kode) {
        return Err(Problem::not_found("PD ini"));
    }
    let told = |(): &()| (format!("PD {kode}"), crate::office::words::mail_words(&surel));
    let to = domain::reminder::To::Agency(kode.clone());
    act(Kind::MailChanged, told, ports.post.set_address(to, surel.clone(), caller.actor.account)).await?;
    leptos_axum::redirect("/kelola/pd?sudah=ya");
    Ok(())
}
