//! Integration tests of the server, in one program so that they link once.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "an expectation that fails is how a test reports"
)]

mod accounts;
mod agency;
mod agency_accounts;
mod backup;
mod calendar;
mod chain;
mod config_cli;
mod contention;
mod displays;
mod durability;
mod exports;
mod feed;
mod files;
mod forms;
mod golden_events;
mod guard;
mod harness;
mod hostile;
mod isolation;
mod killed;
mod live_stream;
mod mail;
mod mail_killed;
mod malformed;
mod mining;
mod moment;
mod readers;
mod report_killed;
mod review;
mod sessions;
mod substitutes;
