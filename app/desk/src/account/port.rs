//! What the pages need to know about people.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use async_trait::async_trait;
use domain::id::AccountId;

use super::{AccountDraft, AccountView, PasswordLink, PasswordSlip, PasswordState, Person};
use crate::problem::Problem;

/// Somebody who is signed in now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Who.
    pub account: AccountId,
    /// The value of the session cookie.
    pub session: String,
    /// By what the browser is known from now on; `None` if that could not be kept.
    pub browser: Option<String>,
}

/// What a right password leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// In.
    In(SignedIn),
    /// The password was given by somebody else and has to be changed first: the secret of the
    /// one-time link for that.
    ChangeFirst(String),
}

/// Somebody at a door: from where, and by what the browser is known.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The address.
    pub from: IpAddr,
    /// The value of the cookie of a browser that has signed in before.
    pub browser: Option<String>,
}

/// Accounts and sessions, as the pages see them.
#[async_trait]
pub trait People: Send + Sync {
    /// Checks a password and begins a session. Wrong tries slow down by address and name
    /// together, so that they hold up nobody else; a browser that the account has signed in with
    /// before is counted by itself.
    async fn sign_in(&self, account: String, password: String, visit: Visit) -> Result<Entry, Problem>;

    /// Ends the session with this cookie value.
    async fn sign_out(&self, session: String);

    /// Changes one's own password; every other session of the account ends, and every other
    /// browser is a stranger again. `session` is the cookie value of the one that stays. With `ends_feed`
    /// the account's calendar address is void as well.
    async fn change_password(
        &self,
        account: AccountId,
        session: String,
        passwords: (String, String),
        visit: Visit,
        ends_feed: bool,
    ) -> Result<(), Problem>;

    /// Whether this one-time link for the first administrator is still good.
    async fn first_link_is_good(&self, link: String) -> bool;

    /// Makes the first administrator with the one-time link, and begins a session.
    async fn first_admin(&self, link: String, draft: AccountDraft, visit: Visit)
    -> Result<SignedIn, Problem>;

    /// Every account, by id.
    async fn list(&self) -> Result<Vec<AccountView>, Problem>;

    /// How each account stands with its password.
    async fn passwords(&self) -> Result<BTreeMap<AccountId, PasswordState>, Problem>;

    /// Adds an account; without a password nobody signs in with it before a link was used. Only
    /// for an administrator (checked by the caller).
    async fn add(&self, draft: AccountDraft) -> Result<(), Problem>;

    /// Changes name, title, roles, and whether the account may sign in. The last active
    /// administrator cannot be lost. Answers what changed, in words.
    async fn change(&self, draft: AccountDraft, active: bool) -> Result<String, Problem>;

    /// The accounts that a new or changed one would be taken for, by id or by name.
    fn alike(&self, id: &str, name: &str) -> Vec<AccountView>;

    /// Makes a one-time link with which an account is given a password; an earlier one is void.
    /// With `at_once` the old password holds no longer and the account's sessions end. The answer is the
    /// name of the slip on which the link is shown once.
    async fn make_password_link(
        &self,
        account: AccountId,
        by: AccountId,
        at_once: bool,
    ) -> Result<String, Problem>;

    /// The slip of this name; it is gone afterwards. Only for who made it.
    fn password_slip(&self, name: &str, by: &AccountId, site: &str) -> Option<PasswordSlip>;

    /// How a one-time link stands. Changes nothing.
    async fn password_link(&self, link: String) -> Result<PasswordLink, Problem>;

    /// Sets the password of the link's account, once; its sessions end and one begins. With
    /// `ends_feed` the account's calendar address is void as well.
    async fn use_password_link(
        &self,
        link: String,
        password: String,
        visit: Visit,
        ends_feed: bool,
    ) -> Result<SignedIn, Problem>;

    /// Names of people by account, for the history that staff read.
    fn names(&self) -> Arc<BTreeMap<AccountId, Person>>;

    /// In practice: accounts and passwords to show on the sign-in page. Else empty.
    fn practice_accounts(&self) -> Vec<(AccountView, String)>;

    /// Of names of agencies, those that this one would be taken for.
    fn names_alike(&self, name: &str, others: &[String]) -> Vec<usize>;
}
