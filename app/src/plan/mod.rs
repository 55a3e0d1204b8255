//! The plan of a run: what was planned, how it goes, and when it will be done.

mod axis;
mod bars;
mod page;
mod server;
mod start;
#[cfg(feature = "ssr")]
mod view;

pub use page::PlanPage;
pub use server::{GetPlan, PlanRow, PlanSheet, Stretch};
pub(crate) use start::latest_starts;
