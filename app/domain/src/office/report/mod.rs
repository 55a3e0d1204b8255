//! What may be done with the reports of a run, and what that changes.

pub(super) mod fold;
pub(super) mod rules;
