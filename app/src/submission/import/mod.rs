//! `/pd/lkj/{tahun}/impor`: what a brought table would do, before it does it.

mod choices;
#[cfg(feature = "ssr")]
mod make;
mod model;
mod page;
mod rows;
mod server;

pub use page::ImportPage;
pub use server::{GetImport, ImportRows};
