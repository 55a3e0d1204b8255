//! What the pages need from the office itself.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::id::CommandId;
use domain::office::{Actor, Command, Office};

use crate::problem::Problem;
use crate::run::Accepted;
use crate::shell::port::Answer;

/// The office, as the pages see it.
pub trait Desk: Send + Sync {
    /// The present time. In practice it may be set.
    fn now(&self) -> DateTime<Utc>;

    /// The state after the last durable event.
    fn office(&self) -> Arc<Office>;

    /// Decides a command and makes its events durable. The same id twice has one effect
    /// and one answer.
    fn submit(&self, actor: Actor, id: CommandId, command: Command) -> Answer<'_, Result<Accepted, Problem>>;
}
