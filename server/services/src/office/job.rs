//! A command that waits for the writer.

use chrono::{DateTime, Utc};
use desk::office::Accepted;
use desk::problem::Problem;
use domain::id::CommandId;
use domain::office::{Actor, Command};
use tokio::sync::oneshot;

/// One command on its way to the writer.
pub(super) struct Job {
    pub(super) actor: Actor,
    pub(super) id: CommandId,
    pub(super) command: Command,
    pub(super) at: Option<DateTime<Utc>>,
    pub(super) reply: oneshot::Sender<Result<Accepted, Problem>>,
}
