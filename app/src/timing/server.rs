//! What the page about time asks the office.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use desk::problem::Problem;
use domain::sop::{Sop, SopKey};
use domain::timing::Timing;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

/// A procedure, and where the time of its runs goes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimingSheet {
    /// The version that is shown.
    pub sop: Sop,
    /// Every version of the same number, oldest first.
    pub versions: Vec<SopKey>,
    /// The times.
    pub timing: Timing,
}

/// Where the time of the runs of a procedure goes; of its newest version if none is named.
#[server(prefix = "/api", endpoint = "timing", input = GetUrl)]
pub async fn get_timing(number: String, version: Option<u16>) -> Result<TimingSheet, Problem> {
    use crate::ui::request::ports;
    let found = crate::office::server::get_sop(number, version).await?;
    let office = ports().desk.office();
    let timing = Timing::of(&found.sop, office.runs.values().map(AsRef::as_ref), &office.calendar);
    Ok(TimingSheet { sop: found.sop, versions: found.versions, timing })
}
