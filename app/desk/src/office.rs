//! The office, as everybody else sees it.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::id::{CommandId, Seq};
use domain::office::{Actor, Command, Office};
use serde::{Deserialize, Serialize};

use crate::problem::Problem;

/// A command that was carried out and is durable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// The first event it led to.
    pub first: Seq,
    /// The last event it led to.
    pub last: Seq,
}

/// The office, as the pages see it.
#[async_trait]
pub trait Desk: Send + Sync {
    /// The present time. In practice it may be set.
    fn now(&self) -> DateTime<Utc>;

    /// The state after the last durable event.
    fn office(&self) -> Arc<Office>;

    /// Decides a command and makes its events durable. The same id twice has one effect
    /// and one answer.
    async fn submit(&self, actor: Actor, id: CommandId, command: Command) -> Result<Accepted, Problem>;
}
