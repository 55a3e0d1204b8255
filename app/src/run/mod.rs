//! Runs: the list, one run's live sheet, and what can be done with it.

mod asks;
mod dialog;
mod history;
mod list;
mod page;
mod server;
mod start;
mod steer;
mod turn;

pub use list::RunsPage;
pub(crate) use list::{RunCard, RunCards};
pub use page::RunPage;
pub use server::{CancelRun, FinishCell, PauseRun, ResumeRun, ReturnCell, StartRun, TakeBack};
