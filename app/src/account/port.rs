//! What the pages need to know about people.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use domain::id::AccountId;

use crate::account::{AccountDraft, AccountView, Person};
use crate::problem::Problem;
use crate::shell::port::Answer;

/// Accounts and sessions, as the pages see them.
pub trait People: Send + Sync {
    /// Checks a password and begins a session. The answer is the value of the session cookie.
    /// Limited by account and by address.
    fn sign_in(&self, account: String, password: String, from: IpAddr)
    -> Answer<'_, Result<String, Problem>>;

    /// Ends the session with this cookie value.
    fn sign_out(&self, session: String) -> Answer<'_, ()>;

    /// Changes one's own password; every other session of the account ends. `session` is the
    /// cookie value of the one that stays.
    fn change_password(
        &self,
        account: AccountId,
        session: String,
        old: String,
        new: String,
    ) -> Answer<'_, Result<(), Problem>>;

    /// Whether this one-time link for the first administrator is still good.
    fn first_link_is_good(&self, link: String) -> Answer<'_, bool>;

    /// Makes the first administrator with the one-time link; begins a session and answers
    /// with its cookie value.
    fn first_admin(&self, link: String, draft: AccountDraft) -> Answer<'_, Result<String, Problem>>;

    /// Every account, by id.
    fn list(&self) -> Answer<'_, Result<Vec<AccountView>, Problem>>;

    /// Adds an account. Only for an administrator (checked by the caller).
    fn add(&self, draft: AccountDraft) -> Answer<'_, Result<(), Problem>>;

    /// Changes name, title, roles, and whether the account may sign in; a new password if
    /// `draft.password` is not empty. The last active administrator cannot be lost.
    fn change(&self, draft: AccountDraft, active: bool) -> Answer<'_, Result<(), Problem>>;

    /// Names of people by account, for the history that staff read.
    fn names(&self) -> Arc<BTreeMap<AccountId, Person>>;

    /// In practice: accounts and passwords to show on the sign-in page. Else empty.
    fn practice_accounts(&self) -> Vec<(AccountView, String)>;
}
