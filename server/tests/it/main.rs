//! Integration tests of the server, in one program so that they link once.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "an expectation that fails is how a test reports"
)]

mod accounts;
mod acknowledged;
mod agency;
mod agency_accounts;
mod archives;
mod archives_hostile;
mod backup;
mod bad_disk;
mod bounds;
mod calendar;
mod chain;
mod config_cli;
mod connections;
mod contention;
mod displays;
mod durability;
mod exports;
mod failed_backups;
mod feed;
mod files;
mod forms;
mod full_disk;
mod golden_events;
mod guard;
mod harness;
mod hidden;
mod hostile;
mod html;
mod imports;
mod isolation;
mod killed;
mod live_stream;
mod mail;
mod mail_killed;
mod malformed;
mod mining;
mod moment;
mod own_address;
mod passwords;
mod readers;
mod report_killed;
mod review;
mod send_race;
mod sessions;
mod substitutes;
mod trail;
mod unreadable;
mod whole_office;
