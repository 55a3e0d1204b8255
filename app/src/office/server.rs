//! What several pages ask the office.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use desk::account::{Caller, Person};
use desk::problem::Problem;
use domain::id::{AccountId, RunId};
use domain::office::{Command, Office};
use domain::sop::{Sop, SopKey};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

/// A part of the office for a page, as of one moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The part.
    pub office: Office,
    /// When.
    pub now: DateTime<Utc>,
    /// Who looks.
    pub caller: Caller,
    /// Names of people, for the history.
    pub names: BTreeMap<AccountId, Person>,
}

impl Snapshot {
    /// How many cells of this part wait for the viewer.
    pub fn waiting(&self) -> usize {
        cells_waiting(&domain::office::possible(&self.office, &self.caller.actor, self.now))
    }
}

/// How many cells wait for whoever may give these commands.
pub fn cells_waiting(commands: &[Command]) -> usize {
    commands.iter().filter(|command| matches!(command, Command::FinishCell { .. })).count()
}

/// One run: its sheet and history.
#[server(prefix = "/api", endpoint = "sheet", input = GetUrl)]
pub async fn get_sheet(run: RunId) -> Result<Snapshot, Problem> {
    use crate::ui::request::{ports, require_caller};
    let (caller, ports) = (require_caller()?, ports());
    let office = ports.desk.office().only_run(run);
    if office.runs.is_empty() {
        return Err(Problem::not_found(format!("Pelaksanaan nomor {run}")));
    }
    Ok(Snapshot { office, now: ports.desk.now(), caller, names: ports.people.names().as_ref().clone() })
}

/// All runs and procedures, without histories.
#[server(prefix = "/api", endpoint = "overview", input = GetUrl)]
pub async fn get_overview() -> Result<Snapshot, Problem> {
    use crate::ui::request::{ports, require_caller};
    let (caller, ports) = (require_caller()?, ports());
    let office = ports.desk.office().overview();
    Ok(Snapshot { office, now: ports.desk.now(), caller, names: BTreeMap::new() })
}

/// A procedure with all its versions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SopWithVersions {
    /// The version that is shown.
    pub sop: Sop,
    /// Every version of the same number, oldest first.
    pub versions: Vec<SopKey>,
}

/// A procedure by its number; the newest version if none is named.
#[server(prefix = "/api", endpoint = "sop", input = GetUrl)]
pub async fn get_sop(number: String, version: Option<u16>) -> Result<SopWithVersions, Problem> {
    use crate::ui::request::{ports, require_caller};
    require_caller()?;
    let office = ports().desk.office();
    let versions: Vec<_> = office.sops.keys().filter(|key| key.number == number).cloned().collect();
    let wanted = versions.iter().rev().find(|key| version.is_none_or(|version| key.version == version));
    let sop = wanted.and_then(|key| office.sops.get(key));
    let sop = sop.ok_or_else(|| Problem::not_found(format!("SOP {number}")))?.as_ref().clone();
    Ok(SopWithVersions { sop, versions })
}
