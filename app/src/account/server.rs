//! What people ask the server about their own account.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::AccountView;
use crate::problem::Problem;

/// Signs in, and leads to where the person wanted to go.
#[server(prefix = "/api", endpoint = "sign-in")]
pub async fn sign_in(akun: String, sandi: String, #[server(default)] ke: String) -> Result<(), Problem> {
    use crate::shell::request::{ports, remote, set_session};
    let session = ports().people.sign_in(akun, sandi, remote()).await?;
    set_session(Some(&session));
    leptos_axum::redirect(super::local_path(&ke));
    Ok(())
}

/// Signs out.
#[server(prefix = "/api", endpoint = "sign-out")]
pub async fn sign_out() -> Result<(), Problem> {
    use crate::shell::request::{ports, session, set_session};
    if let Some(session) = session() {
        ports().people.sign_out(session).await;
    }
    set_session(None);
    leptos_axum::redirect("/masuk");
    Ok(())
}

/// Changes one's own password. Every other session of the account ends.
#[server(prefix = "/api", endpoint = "change-password")]
pub async fn change_password(
    sandi_lama: String,
    sandi_baru: String,
    sandi_ulang: String,
) -> Result<(), Problem> {
    use crate::shell::request::{ports, require_account, session};
    let account = require_account()?;
    if sandi_baru != sandi_ulang {
        return Err(Problem::invalid("Sandi baru dan ulangannya tidak sama."));
    }
    let session = session().ok_or(Problem::SignedOut)?;
    ports().people.change_password(account, session, sandi_lama, sandi_baru).await?;
    leptos_axum::redirect("/akun?sudah=ya");
    Ok(())
}

/// Makes the first administrator with the one-time link.
#[server(prefix = "/api", endpoint = "first-admin")]
pub async fn first_admin(
    kunci: String,
    akun: String,
    nama: String,
    #[server(default)] jabatan: String,
    sandi: String,
) -> Result<(), Problem> {
    use crate::shell::request::{ports, set_session};
    let draft = super::AccountDraft {
        id: akun,
        name: nama,
        title: jabatan,
        admin: true,
        password: sandi,
        ..super::AccountDraft::default()
    };
    let session = ports().people.first_admin(kunci, draft).await?;
    set_session(Some(&session));
    leptos_axum::redirect("/kelola");
    Ok(())
}

/// Whether the one-time link for the first administrator is still good.
#[server(prefix = "/api", endpoint = "first-link", input = GetUrl)]
pub async fn first_link(kunci: String) -> Result<bool, Problem> {
    Ok(crate::shell::request::ports().people.first_link_is_good(kunci).await)
}

/// In practice: the accounts to sign in with, and their passwords.
#[server(prefix = "/api", endpoint = "practice-accounts", input = GetUrl)]
pub async fn practice_accounts() -> Result<Vec<(AccountView, String)>, Problem> {
    Ok(crate::shell::request::ports().people.practice_accounts())
}
