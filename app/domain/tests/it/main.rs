//! Tests of the rules as others see them: only what the crate makes public.
//!
//! What should come out is kept in files under `tests/golden`. Set `UPDATE_GOLDEN=1` to write
//! them anew, then read the difference as carefully as code.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "an expectation that fails is how a test reports"
)]

mod agreement;
mod broken_sops;
mod calendars;
mod corrupt_logs;
mod drafts;
mod feed;
mod golden;
mod golden_runs;
mod ledger;
mod lines;
mod matrix;
mod people;
mod picture;
mod plan;
mod planned;
mod procedures;
mod refusals;
mod reminders;
mod reports;
mod rules;
mod script;
mod substitutes;
mod times;
mod walk;
mod wall;
