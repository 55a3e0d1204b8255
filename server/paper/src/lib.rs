//! Papers and tables: what the office hands out (receipts, workbooks, bundles of files) and
//! what it takes in (tables and files, whose content is never trusted).
//!
//! Everything here is a plain function over bytes: no clock, no store, no network. Reading is
//! bounded in time and memory whatever the sender claims about the size.

pub mod bundle;
pub mod content;
mod pdf;
pub mod qr;
pub mod receipt;
pub mod sheet_in;
pub mod sheet_out;
#[cfg(test)]
mod testing;
mod zipped;
