//! Who somebody is, and how an account stands.

mod port;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::id::{AccountId, AgencyCode, LaneId};
use domain::office::Actor;
use serde::{Deserialize, Serialize};

pub use port::{Entry, People, SignedIn, Visit};

use crate::problem::Problem;

/// A person's name and title, as staff see them in the history.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Jabatan.
    pub title: String,
}

/// An account as an administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    /// The name to sign in with.
    pub id: AccountId,
    /// Who it is.
    pub person: Person,
    /// The lanes that it works in.
    pub lanes: BTreeSet<LaneId>,
    /// Whether it administers the office.
    pub admin: bool,
    /// The agency that it sends reports for. Such an account has no part in the office: it
    /// sees its agency's pages and nothing else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<AgencyCode>,
    /// Whether it may sign in.
    pub active: bool,
}

impl AccountView {
    /// What it is in a few words: "STAF, ADMIN", "PD DINKES".
    pub fn role_words(&self) -> String {
        match &self.agency {
            Some(agency) => format!("PD {}", agency.as_str().to_uppercase()),
            None => role_words(&self.lanes, self.admin),
        }
    }
}

/// What an administrator types about an account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountDraft {
    /// The name to sign in with.
    pub id: String,
    /// Name.
    pub name: String,
    /// Jabatan.
    pub title: String,
    /// The lanes that it works in.
    pub lanes: BTreeSet<LaneId>,
    /// Whether it administers the office.
    pub admin: bool,
    /// The agency that it sends reports for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<AgencyCode>,
    /// The password; empty if a one-time link is to set it.
    pub password: String,
}

/// How an account stands with its password.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordState {
    /// Whether it has one.
    pub set: bool,
    /// Whether somebody else gave it, so that it is to be changed at the next sign-in.
    pub change_first: bool,
    /// Until when a one-time link that was not used yet holds.
    pub link: Option<DateTime<Utc>>,
}

/// A one-time link that was just made, on its way to who made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordSlip {
    /// Whose password it sets.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// The whole address.
    pub url: String,
    /// Until when it holds.
    pub expires: DateTime<Utc>,
}

/// How a one-time link to set a password stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PasswordLink {
    /// It can be used.
    Good {
        /// Whose password it sets.
        account: AccountId,
        /// Their name.
        name: String,
        /// Until when it holds.
        expires: DateTime<Utc>,
        /// Whether the account has a calendar address.
        has_feed: bool,
    },
    /// It was used.
    Used,
    /// Its time is over.
    Expired,
    /// There is no such link, or a newer one took its place.
    Unknown,
}

/// Who sent a request. The server finds it from the session cookie and puts it into the
/// request's extensions; no entry means that nobody is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// Account, lanes, administration.
    pub actor: Actor,
    /// Name and title.
    pub person: Person,
}

impl Caller {
    /// Whether there is any role of the caller's own.
    pub fn has_role(&self) -> bool {
        self.actor.admin || !self.actor.lanes.is_empty()
    }

    /// The roles in a few words, as they stand in the bar.
    pub fn role_words(&self) -> String {
        role_words(&self.actor.lanes, self.actor.admin)
    }
}

/// Roles in a few words: "STAF, ADMIN".
pub fn role_words(lanes: &BTreeSet<LaneId>, admin: bool) -> String {
    let lanes = lanes.iter().map(|lane| lane.as_str().to_uppercase());
    let words: Vec<_> = lanes.chain(admin.then(|| "ADMIN".to_owned())).collect();
    if words.is_empty() { "TANPA PERAN".to_owned() } else { words.join(", ") }
}

/// A path on this server to go to, or the home page if it leads elsewhere.
pub fn local_path(wanted: &str) -> &str {
    let local = wanted.starts_with('/')
        && !wanted.starts_with("//")
        && !wanted.contains('\\')
        && !wanted.chars().any(domain::text::is_hidden);
    if local { wanted } else { "/" }
}

/// What is said to a wrong old password.
pub fn old_is_wrong() -> Problem {
    Problem::invalid("Sandi lama tidak cocok.")
}
