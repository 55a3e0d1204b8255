//! What the pages need to know and to do about reminders and calendars.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::id::{AccountId, RunId};
use domain::reminder::{Ladder, Rules, Step, To};

use super::{FeedView, Letter, PostState};
use crate::problem::Problem;
use crate::shell::port::Answer;

/// Mail, as the pages see it.
pub trait Mailing: Send + Sync {
    /// How it stands.
    fn state(&self) -> PostState;

    /// How people reach Alur, if that was told; without a slash at its end.
    fn site(&self) -> Option<String>;

    /// Everybody's address.
    fn addresses(&self) -> Arc<BTreeMap<To, String>>;

    /// Gives somebody an address, or takes it away (empty).
    fn set_address(&self, of: To, typed: String, by: AccountId) -> Answer<'_, Result<(), Problem>>;

    /// What is decided about reminders.
    fn rules(&self) -> Arc<Rules>;

    /// Lets a run's reminders go by themselves, or only when somebody releases them.
    fn set_automatic(&self, run: RunId, on: bool, by: AccountId) -> Answer<'_, Result<(), Problem>>;

    /// Changes the ladder.
    fn set_ladder(&self, ladder: Ladder, by: AccountId) -> Answer<'_, Result<(), Problem>>;

    /// Every mail about a run, the newest first.
    fn letters(&self, run: RunId) -> Answer<'_, Result<Vec<Letter>, Problem>>;

    /// Releases a step's reminders to those agencies that were not told in this step yet and
    /// have an address. How many.
    fn release(&self, run: RunId, step: Step, by: AccountId) -> Answer<'_, Result<u32, Problem>>;
}

/// Calendars that other programs subscribe to, as the pages see them.
pub trait Feeds: Send + Sync {
    /// An account's address, if it has one.
    fn feed(&self, account: AccountId) -> Answer<'_, Result<Option<FeedView>, Problem>>;

    /// Makes an address; an earlier one is void. Answers with the name of a slip on which it
    /// stands, which can be looked at once.
    fn make(&self, account: AccountId) -> Answer<'_, Result<String, Problem>>;

    /// The address on the slip of this name, for the one who made it, and only once. `site` is
    /// how this server is reached.
    fn slip(&self, name: &str, account: &AccountId, site: &str) -> Option<String>;

    /// Makes an account's address void.
    fn revoke(&self, account: AccountId) -> Answer<'_, Result<(), Problem>>;
}
