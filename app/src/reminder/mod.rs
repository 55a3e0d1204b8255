//! Reminders: who is told what and when, by mail or by hand; and due dates as a calendar.

mod feed;
mod ladder;
mod letters;
mod page;
#[cfg(feature = "ssr")]
pub mod port;
mod server;
mod view;

use chrono::{DateTime, Utc};
use domain::id::AccountId;
use domain::reminder::{Closed, Reminder};
use serde::{Deserialize, Serialize};

pub(crate) use feed::get_feed;
pub use feed::{GetFeed, MakeFeed, RevokeFeed, SetMail, Told, ToldPart};
pub use ladder::{ChangeLadder, GetLadder, LadderPage};
pub use page::RemindersPage;
pub use server::{GetReminders, ReleaseReminders, SetAutomatic, SetContact, SetMailOf};

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
