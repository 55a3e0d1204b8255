//! Runs: the list, one run's live sheet, and what can be done with it.

mod answer;
mod asks;
mod dialog;
mod history;
mod list;
mod page;
#[cfg(feature = "ssr")]
pub mod port;
pub(crate) mod server;
mod steer;
mod tabs;
mod turn;

use domain::id::Seq;
use serde::{Deserialize, Serialize};

pub(crate) use answer::{on_behalf, row_note};
pub use list::RunsPage;
pub(crate) use list::{RunCard, RunCards};
pub use page::RunPage;
pub use server::{
    CancelRun, FinishCell, GetOverview, GetSheet, PauseRun, ResumeRun, ReturnCell, Snapshot, StartRun,
    TakeBack,
};
pub use tabs::{RunTab, RunTabs};

/// A command that was carried out and is durable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// The first event it led to.
    pub first: Seq,
    /// The last event it led to.
    pub last: Seq,
}
