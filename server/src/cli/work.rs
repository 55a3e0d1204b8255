//! What the commands on accounts do, by themselves or through the running server.

use desk::account::AccountDraft;
use desk::problem::Problem;
use desk::trail::{Kind, MACHINE, Note, OPERATOR, Trail};
use domain::id::AccountId;

use super::failure::Failure;
use services::account::{Accounts, account_id};
use services::audit::Journal;
use services::backup::Manifest;

/// Adds an account. The answer is a line or two for the person.
///
/// # Errors
/// A line that says what to change.
pub async fn add_account(
    accounts: &Accounts,
    journal: &Journal,
    draft: AccountDraft,
) -> Result<String, Failure> {
    let id = account_id(&draft.id);
    let roles = format!("peran {}", desk::account::role_words(&draft.lanes, draft.admin));
    journal.ready().await.map_err(said)?;
    let change_first = accounts.add_by_operator(draft).await.map_err(said)?;
    journal.note(by_operator(Kind::AccountAdded).on(&id).with(roles)).await;
    let next = if change_first { "\nSandinya harus diganti saat masuk pertama kali." } else { "" };
    Ok(format!("Akun {id} ditambahkan.{next}"))
}

/// Gives an account a new password. The answer is a line or two for the person.
///
/// # Errors
/// A line that says what to change.
pub async fn set_password(
    accounts: &Accounts,
    journal: &Journal,
    id: &AccountId,
    password: String,
) -> Result<String, Failure> {
    journal.ready().await.map_err(said)?;
    accounts.set_password(id, password).await.map_err(said)?;
    journal.note(by_operator(Kind::PasswordSet).on(id)).await;
    Ok(format!(
        "Sandi akun {id} diganti; semua sesinya berakhir.\nSandinya harus diganti saat masuk berikutnya."
    ))
}

/// Writes down that a backup was made.
pub async fn backed_up(journal: &Journal, manifest: &Manifest) {
    journal.note(by_operator(Kind::BackupMade).with(manifest.words())).await;
}

fn by_operator(kind: Kind) -> Note {
    Note::new(AccountId::from(OPERATOR), MACHINE, kind)
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn said(problem: Problem) -> Failure {
    Failure::Said(problem.to_string())
}
