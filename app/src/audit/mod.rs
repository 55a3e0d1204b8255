//! The trail: who did what around the office, whom it touched, from where, and when.
//!
//! The log of the office says what happened in its runs. What people do to accounts, links, displays and
//! settings, who signed in, who read whose files, and what was refused, stands here.

mod page;
mod server;

pub use page::TrailPage;
pub use server::GetTrail;
