//! Displays on the wall, and who looks at one.

use std::net::IpAddr;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::id::AccountId;
use serde::{Deserialize, Serialize};

use crate::problem::Problem;

/// Who looks at the wall, as the server's middleware found out. Not a
/// [`Caller`](crate::account::Caller): a display may see the wall, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// A display that was paired.
    Display {
        /// What the office calls it.
        name: String,
    },
    /// A display that was revoked.
    Revoked,
    /// Anybody, in a practice office.
    Practice,
}

/// The secret of a display that waits to be paired, as the server's middleware found it.
#[derive(Clone, Debug)]
pub struct ClaimSecret(pub String);

/// A display as the administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DisplayView {
    /// What it is called in forms.
    pub id: String,
    /// What the office calls it.
    pub name: String,
    /// When it was paired.
    pub paired: DateTime<Utc>,
    /// When it was last here; `None`: never yet.
    pub seen: Option<DateTime<Utc>>,
    /// Whether it holds a line at this moment.
    pub connected: bool,
}

/// How far the pairing of a display is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It waits for an administrator to enter its code.
    Waiting {
        /// The secret by which the display comes back for the answer.
        secret: String,
        /// The code, as shown.
        code: String,
    },
    /// It is paired: the value of its cookie, handed out once.
    Paired(String),
}

/// Displays, as the pages see them.
#[async_trait]
pub trait Displays: Send + Sync {
    /// How far the pairing with this secret is. A new one, of this address, begins where there is
    /// none, or its time is over.
    ///
    /// # Errors
    /// [`Problem`] if the system has no randomness to give.
    fn claim(&self, secret: Option<&str>, from: IpAddr) -> Result<Claim, Problem>;

    /// Every display, by name.
    fn list(&self) -> Vec<DisplayView>;

    /// Pairs the display that shows this code. Limited by account and by address.
    async fn pair(&self, by: AccountId, from: IpAddr, code: String, name: String) -> Result<(), Problem>;

    /// Calls a display by another name.
    async fn rename(&self, id: String, name: String) -> Result<(), Problem>;

    /// Lets a display show its name for some seconds.
    ///
    /// # Errors
    /// [`Problem`] if there is no such display.
    fn identify(&self, id: &str) -> Result<(), Problem>;

    /// Takes a display's right away; what it has open ends at once.
    async fn revoke(&self, id: String) -> Result<(), Problem>;
}
