//! Where time goes: a heat layer on the sheet, tables, and exports for process mining.

mod heat;
mod page;
mod server;

pub use page::TimingPage;
pub use server::{GetTiming, TimingSheet};
