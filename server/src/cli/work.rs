//! What the commands do, by themselves or through the running server.

use app::account::AccountDraft;
use app::account::port::People;
use app::problem::Problem;
use domain::id::AccountId;

use super::Failure;
use crate::account::{Accounts, account_id};
use crate::store::Store;
use crate::store::chain;

/// Checks the chain of the log. The answer is a line for the person.
///
/// # Errors
/// A line that says which record was changed.
pub async fn verify(store: &Store) -> Result<String, Failure> {
    let verified = chain::verify(store).await.map_err(|error| Failure::Said(error.to_string()))?;
    Ok(format!("Utuh: {} catatan, SHA-256 terakhir {}", verified.records, verified.last_hash))
}

/// Adds an account. The answer is a line for the person.
///
/// # Errors
/// A line that says what to change.
pub async fn add_account(accounts: &Accounts, draft: AccountDraft) -> Result<String, Failure> {
    let id = account_id(&draft.id);
    accounts.add(draft).await.map_err(said)?;
    Ok(format!("Akun {id} ditambahkan."))
}

/// Gives an account a new password. The answer is a line for the person.
///
/// # Errors
/// A line that says what to change.
pub async fn set_password(accounts: &Accounts, id: &AccountId, password: String) -> Result<String, Failure> {
    accounts.set_password(id, password).await.map_err(said)?;
    Ok(format!("Sandi akun {id} diganti; semua sesinya berakhir."))
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn said(problem: Problem) -> Failure {
    Failure::Said(problem.to_string())
}
