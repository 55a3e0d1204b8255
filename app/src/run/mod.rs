//! Runs: the list, one run's live sheet, and what can be done with it.

#[cfg(feature = "sheet")]
mod asks;
#[cfg(feature = "sheet")]
mod dialog;
#[cfg(feature = "sheet")]
mod history;
#[cfg(feature = "office")]
pub mod list;
#[cfg(feature = "sheet")]
pub mod page;
mod server;
#[cfg(feature = "office")]
mod start;
#[cfg(feature = "sheet")]
mod steer;
#[cfg(feature = "sheet")]
mod turn;

pub use server::{CancelRun, FinishCell, PauseRun, ResumeRun, ReturnCell, StartRun, TakeBack};
