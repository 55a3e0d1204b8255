//! Live updates: the page folds the same events as the server, as they commit.

mod chip;
#[cfg(feature = "hydrate")]
mod client;
mod follow;
mod line;

pub use chip::LiveChip;
pub(crate) use line::page_line;
pub use line::{Line, LineState, LiveOffice, Scope};
