//! The plan of a run: what was planned, how it goes, and when it will be done.

mod axis;
mod bars;
mod make;
mod model;
mod page;
mod server;

pub use page::PlanPage;
pub use server::GetPlan;
