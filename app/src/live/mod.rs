//! Live updates: the page folds the same events as the server, as they commit.

#[cfg(any(feature = "office", feature = "sheet"))]
pub mod chip;
mod client;
mod follow;
mod line;

pub use line::{Line, LineState, LiveOffice, Scope, page_line};
