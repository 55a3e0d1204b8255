//! What pages ask about procedures.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use domain::sop::{Sop, SopKey};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

use crate::problem::Problem;

/// A procedure with all its versions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SopWithVersions {
    /// The version that is shown.
    pub sop: Sop,
    /// Every version of the same number, oldest first.
    pub versions: Vec<SopKey>,
}

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
    use crate::shell::request::{ports, require_caller};
    require_caller()?;
    let line = |sop: &Sop| SopLine {
        key: sop.key.clone(),
        name: sop.name.clone(),
        rows: u32::try_from(sop.activities.len()).unwrap_or(u32::MAX),
        lanes: sop.lanes.iter().map(|lane| lane.name.clone()).collect(),
    };
    Ok(ports().desk.office().current_sops().map(line).collect())
}

/// A procedure by its number; the newest version if none is named.
#[server(prefix = "/api", endpoint = "sop", input = GetUrl)]
pub async fn get_sop(number: String, version: Option<u16>) -> Result<SopWithVersions, Problem> {
    use crate::shell::request::{ports, require_caller};
    require_caller()?;
    let office = ports().desk.office();
    let versions: Vec<_> = office.sops.keys().filter(|key| key.number == number).cloned().collect();
    let wanted = versions.iter().rev().find(|key| version.is_none_or(|version| key.version == version));
    let sop = wanted.and_then(|key| office.sops.get(key));
    let sop = sop.ok_or_else(|| Problem::not_found(format!("SOP {number}")))?.as_ref().clone();
    Ok(SopWithVersions { sop, versions })
}
