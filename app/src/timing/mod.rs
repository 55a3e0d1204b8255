//! Where time goes: a heat layer on the sheet, tables, and exports for process mining.

mod heat;
mod page;
mod server;

pub(crate) use heat::times;
pub use page::TimingPage;
pub use server::{GetTiming, TimingSheet};
