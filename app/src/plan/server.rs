//! What the page about a plan asks the office.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use desk::problem::Problem;
use domain::id::RunId;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::model::PlanSheet;

/// The plan of a run, as of now.
#[server(prefix = "/api", endpoint = "plan", input = GetUrl)]
pub async fn get_plan(run: RunId) -> Result<PlanSheet, Problem> {
    use crate::ui::request::{ports, require_caller};
    require_caller()?;
    let ports = ports();
    super::make::plan_sheet(&ports.desk.office(), run, ports.desk.now())
}
