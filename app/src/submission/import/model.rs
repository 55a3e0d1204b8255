//! What the page of an import shows.

use desk::report::import::Brought;
use domain::agency::Agency;
use domain::id::RunId;
use serde::{Deserialize, Serialize};

/// A table that waits to be imported, on its page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportView {
    /// The run that collects the report.
    pub run: RunId,
    /// The agency.
    pub agency: Agency,
    /// The year that the report is about.
    pub data_year: i32,
    /// The table; `None` if none was brought, or not kept any more.
    pub brought: Option<Brought>,
}
