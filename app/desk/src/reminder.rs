//! Reminders: who is told what and when, by mail or by hand; and due dates as a calendar.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::id::{AccountId, RunId};
use domain::reminder::{Closed, Ladder, Reminder, Rules, Step, To};
use serde::{Deserialize, Serialize};

use crate::problem::Problem;

/// A mail that is to go, went, or did not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// What it says to whom.
    pub reminder: Reminder,
    /// How far it is.
    pub state: LetterState,
    /// Whether the mail server's answer was lost once, so that it may have gone twice.
    pub repeated: bool,
    /// How often it was tried.
    pub tries: u32,
    /// What the mail server said last, or why it does not go.
    pub note: String,
    /// Who released it; nobody if it went by itself.
    pub made_by: Option<AccountId>,
    /// When it was found due.
    pub made_at: DateTime<Utc>,
    /// When it was over with it.
    pub done_at: Option<DateTime<Utc>>,
}

/// How far a mail is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterState {
    /// It is to go.
    Waiting,
    /// It is just being handed to the mail server.
    Sending,
    /// The mail server has taken it.
    Sent,
    /// The mail server has refused it.
    Failed,
    /// Twice the mail server's answer was lost: it may have gone, once or twice.
    Uncertain,
    /// It was not needed any more.
    Dropped,
}

/// How the post office of this office stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostState {
    /// No mail server was named when Alur was started.
    Off,
    /// Mails go.
    Open,
    /// Nothing goes at this time.
    Closed(Closed),
    /// The mail server does not answer as it should.
    Unreachable {
        /// Since when.
        since: DateTime<Utc>,
        /// What went wrong.
        why: String,
    },
}

/// An account's calendar address, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedView {
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// When it was last fetched, if ever.
    pub used_at: Option<DateTime<Utc>>,
}

/// Mail, as the pages see it.
#[async_trait]
pub trait Mailing: Send + Sync {
    /// How it stands.
    fn state(&self) -> PostState;

    /// How people reach Alur, if that was told; without a slash at its end.
    fn site(&self) -> Option<String>;

    /// Everybody's address.
    fn addresses(&self) -> Arc<BTreeMap<To, String>>;

    /// Gives somebody an address, or takes it away (empty).
    async fn set_address(&self, of: To, typed: String, by: AccountId) -> Result<(), Problem>;

    /// What is decided about reminders, if that can be read.
    fn rules(&self) -> Result<Arc<Rules>, Problem>;

    /// Lets a run's reminders go by themselves, or only when somebody releases them.
    async fn set_automatic(&self, run: RunId, on: bool, by: AccountId) -> Result<(), Problem>;

    /// Changes the ladder.
    async fn set_ladder(&self, ladder: Ladder, by: AccountId) -> Result<(), Problem>;

    /// Every mail about a run, the newest first.
    async fn letters(&self, run: RunId) -> Result<Vec<Letter>, Problem>;

    /// Releases a step's reminders to those agencies that were not told in this step yet and
    /// have an address. How many.
    async fn release(&self, run: RunId, step: Step, by: AccountId) -> Result<u32, Problem>;
}

/// Calendars that other programs subscribe to, as the pages see them.
#[async_trait]
pub trait Feeds: Send + Sync {
    /// An account's address, if it has one.
    async fn feed(&self, account: AccountId) -> Result<Option<FeedView>, Problem>;

    /// Makes an address; an earlier one is void. Answers with the name of a slip on which it
    /// stands, which can be looked at once.
    async fn make(&self, account: AccountId) -> Result<String, Problem>;

    /// The address on the slip of this name, for the one who made it, and only once. `site` is
    /// how this server is reached.
    fn slip(&self, name: &str, account: &AccountId, site: &str) -> Option<String>;

    /// Makes an account's address void.
    async fn revoke(&self, account: AccountId) -> Result<(), Problem>;
}
