//! What people ask the server about their own account.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use desk::account::{AccountView, PasswordLink};
use desk::problem::Problem;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

/// Signs in, and leads to where the person wanted to go; to a page for a new password if the one
/// that was given has to be changed first.
#[server(prefix = "/api", endpoint = "sign-in")]
pub async fn sign_in(akun: String, sandi: String, #[server(default)] ke: String) -> Result<(), Problem> {
    use crate::ui::request::{admit, note, ports};
    use desk::account::Entry;
    use desk::trail::Kind;
    let (ports, typed) = (ports(), akun.trim().to_lowercase());
    match ports.people.sign_in(akun, sandi, visit()).await {
        Ok(Entry::In(signed_in)) => {
            let done = desk::trail::Note { who: signed_in.account.clone(), ..note(Kind::SignedIn) };
            ports.trail.note(done).await;
            admit(&signed_in);
            leptos_axum::redirect(desk::account::local_path(&ke));
            Ok(())
        }
        Ok(Entry::ChangeFirst(link)) => {
            leptos_axum::redirect(&format!("/sandi?kunci={link}&dahulu=ya"));
            Ok(())
        }
        Err(problem) => {
            if matches!(problem, Problem::Invalid { .. }) {
                // People type passwords into the wrong field, so only names that there are are kept.
                let known = ports.people.names().contains_key(&domain::id::AccountId(typed.clone()));
                let whom = if known { typed } else { String::new() };
                ports.trail.note(note(Kind::SignInFailed).on(whom)).await;
            }
            Err(problem)
        }
    }
}

/// From where this request comes, and from which browser.
fn visit() -> desk::account::Visit {
    use crate::ui::request::{browser, remote};
    desk::account::Visit { from: remote(), browser: browser() }
}

/// Signs out.
#[server(prefix = "/api", endpoint = "sign-out")]
pub async fn sign_out() -> Result<(), Problem> {
    use crate::ui::request::{note, ports, session, set_session};
    use desk::trail::Kind;
    if let Some(session) = session() {
        ports().people.sign_out(session).await;
        ports().trail.note(note(Kind::SignedOut)).await;
    }
    set_session(None);
    leptos_axum::redirect("/masuk");
    Ok(())
}

/// Changes one's own password. Every other session of the account ends; with `kalender` its
/// calendar address is void as well.
#[server(prefix = "/api", endpoint = "change-password")]
pub async fn change_password(
    sandi_lama: String,
    sandi_baru: String,
    sandi_ulang: String,
    #[server(default)] kalender: String,
) -> Result<(), Problem> {
    use crate::ui::request::{note, ports, require_account, session};
    use desk::trail::Kind;
    let account = require_account()?;
    same_twice(&sandi_baru, &sandi_ulang)?;
    let session = session().ok_or(Problem::SignedOut)?;
    let (ports, ends_feed) = (ports(), !kalender.is_empty());
    let passwords = (sandi_lama, sandi_baru);
    let changed = ports.people.change_password(account, session, passwords, visit(), ends_feed).await;
    if changed == Err(desk::account::old_is_wrong()) {
        ports.trail.note(note(Kind::OldPasswordWrong)).await;
    }
    changed?;
    ports.trail.note(note(Kind::PasswordChanged).with(feed_words(ends_feed))).await;
    leptos_axum::redirect("/akun?sudah=ya");
    Ok(())
}

fn same_twice(new: &str, again: &str) -> Result<(), Problem> {
    if new == again { Ok(()) } else { Err(Problem::invalid("Sandi baru dan ulangannya tidak sama.")) }
}

fn feed_words(ends_feed: bool) -> &'static str {
    if ends_feed { "alamat kalender ikut dicabut" } else { "" }
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
    use crate::ui::request::{act, admit, ports};
    use desk::trail::Kind;
    let draft = desk::account::AccountDraft {
        id: akun,
        name: nama,
        title: jabatan,
        admin: true,
        password: sandi,
        ..desk::account::AccountDraft::default()
    };
    let make = ports().people;
    let made = make.first_admin(kunci, draft, visit());
    let told = |it: &desk::account::SignedIn| (it.account.to_string(), String::new());
    let signed_in = act(Kind::FirstAdmin, told, made).await?;
    admit(&signed_in);
    leptos_axum::redirect("/kelola");
    Ok(())
}

/// How a one-time link to set a password stands. Changes nothing.
#[server(prefix = "/api", endpoint = "password-link", input = GetUrl)]
pub async fn get_password_link(#[server(default)] kunci: String) -> Result<PasswordLink, Problem> {
    crate::ui::request::ports().people.password_link(kunci).await
}

/// Sets a password with a one-time link, and signs in.
#[server(prefix = "/api", endpoint = "use-password-link")]
pub async fn use_password_link(
    kunci: String,
    sandi_baru: String,
    sandi_ulang: String,
    #[server(default)] kalender: String,
) -> Result<(), Problem> {
    use crate::ui::request::{admit, note, ports};
    use desk::trail::Kind;
    same_twice(&sandi_baru, &sandi_ulang)?;
    let (ports, ends_feed) = (ports(), !kalender.is_empty());
    let signed_in = ports.people.use_password_link(kunci, sandi_baru, visit(), ends_feed).await?;
    let done = note(Kind::PasswordLinkUsed).with(feed_words(ends_feed));
    ports.trail.note(desk::trail::Note { who: signed_in.account.clone(), ..done }).await;
    admit(&signed_in);
    leptos_axum::redirect("/");
    Ok(())
}

/// Whether the one-time link for the first administrator is still good.
#[server(prefix = "/api", endpoint = "first-link", input = GetUrl)]
pub async fn first_link(kunci: String) -> Result<bool, Problem> {
    Ok(crate::ui::request::ports().people.first_link_is_good(kunci).await)
}

/// In practice: the accounts to sign in with, and their passwords.
#[server(prefix = "/api", endpoint = "practice-accounts", input = GetUrl)]
pub async fn practice_accounts() -> Result<Vec<(AccountView, String)>, Problem> {
    Ok(crate::ui::request::ports().people.practice_accounts())
}
