//! What may be done with the reports of a run, and what that changes.

pub(super) mod fold;
mod may;
pub(super) mod rules;

pub use may::{may_make_links, may_write};
