//! What pages ask about procedures.

use desk::problem::Problem;
use domain::sop::{Sop, SopKey};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

/// A procedure in a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SopLine {
    /// Number and version.
    pub key: SopKey,
    /// Name.
    pub name: String,
    /// How many rows it has.
    pub rows: u32,
    /// The lanes as printed.
    pub lanes: Vec<String>,
}

/// The procedures in force.
#[server(prefix = "/api", endpoint = "sops", input = GetUrl)]
pub async fn get_sops() -> Result<Vec<SopLine>, Problem> {
    use crate::ui::request::{ports, require_caller};
    require_caller()?;
    let line = |sop: &Sop| SopLine {
        key: sop.key.clone(),
        name: sop.name.clone(),
        rows: u32::try_from(sop.activities.len()).unwrap_or(u32::MAX),
        lanes: sop.lanes.iter().map(|lane| lane.name.clone()).collect(),
    };
    Ok(ports().desk.office().current_sops().map(line).collect())
}
