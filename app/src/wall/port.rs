//! What the pages need to know about displays.

use std::net::IpAddr;

use domain::id::AccountId;

use super::DisplayView;
use crate::problem::Problem;
use crate::shell::port::Answer;

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
pub trait Displays: Send + Sync {
    /// How far the pairing with this secret is. A new one begins where there is none, or its
    /// time is over.
    ///
    /// # Errors
    /// [`Problem`] if the system has no randomness to give.
    fn claim(&self, secret: Option<&str>) -> Result<Claim, Problem>;

    /// Every display, by name.
    fn list(&self) -> Vec<DisplayView>;

    /// Pairs the display that shows this code. Limited by account and by address.
    fn pair(
        &self,
        by: AccountId,
        from: IpAddr,
        code: String,
        name: String,
    ) -> Answer<'_, Result<(), Problem>>;

    /// Calls a display by another name.
    fn rename(&self, id: String, name: String) -> Answer<'_, Result<(), Problem>>;

    /// Lets a display show its name for some seconds.
    ///
    /// # Errors
    /// [`Problem`] if there is no such display.
    fn identify(&self, id: &str) -> Result<(), Problem>;

    /// Takes a display's right away; what it has open ends at once.
    fn revoke(&self, id: String) -> Answer<'_, Result<(), Problem>>;
}
