//! What an agency's pages ask, and what an agency does.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::achievement::Row;
use domain::agency::Agency;
use domain::id::{CommandId, RunId};
use domain::report::{Report, ReportState};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use super::Seen;
use super::{Draft, Saved, Sizes};
use crate::problem::Problem;
use crate::run::Accepted;

/// A report that an agency has to hand in, in brief.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// The year that it is about.
    pub data_year: i32,
    /// How far it is.
    pub state: Option<ReportState>,
    /// Until when it is in time.
    pub deadline: Option<DateTime<Utc>>,
}

/// An agency's home page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgencyHomeView {
    /// The agency.
    pub agency: Agency,
    /// What it has to hand in, the newest first.
    pub duties: Vec<Duty>,
}

/// An agency's report page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportView {
    /// The run that collects it.
    pub run: RunId,
    /// The agency.
    pub agency: Agency,
    /// The year that it is about.
    pub data_year: i32,
    /// Until when it is in time.
    pub deadline: Option<DateTime<Utc>>,
    /// The present time.
    pub now: DateTime<Utc>,
    /// How many working days are left, in words; empty if that cannot be told.
    pub left: String,
    /// What is written so far.
    pub draft: Draft,
    /// What was sent so far.
    pub report: Report,
    /// Whether the run still goes on.
    pub going: bool,
    /// How large files may be.
    pub sizes: Sizes,
}

impl ReportView {
    /// Whether the agency may write: nothing was sent, or it came back.
    pub fn is_writable(&self) -> bool {
        self.going && matches!(self.report.state(), None | Some(ReportState::Returned))
    }
}

/// What an agency has to hand in.
#[server(prefix = "/api", endpoint = "agency-home", input = GetUrl)]
pub async fn get_agency_home() -> Result<AgencyHomeView, Problem> {
    use crate::shell::request::{ports, require_agency};
    let (caller, office) = (require_agency()?, ports().desk.office());
    super::view::home(&office, &caller)
}

/// An agency's own report about a year.
#[server(prefix = "/api", endpoint = "agency-report", input = GetUrl)]
pub async fn get_report(data_year: i32) -> Result<ReportView, Problem> {
    use crate::shell::request::{ports, require_agency};
    let (caller, ports) = (require_agency()?, ports());
    let office = ports.desk.office();
    let run = super::view::run_about(&office, &caller, data_year)?;
    let draft = ports.submissions.draft(run, caller.agency.clone()).await?;
    super::view::report(&office, &caller, run, draft, ports.desk.now())
}

/// Keeps the capaian table. `halaman` says that a page asks that can show what another
/// device has changed; without it such a change is a refusal. `perangkat` is the page's name.
#[server(prefix = "/api", endpoint = "save-rows")]
pub async fn save_rows(
    run: RunId,
    base: u32,
    #[server(default)] baris: Vec<Row>,
    #[server(default)] halaman: bool,
    #[server(default)] perangkat: String,
) -> Result<Saved, Problem> {
    let rows: Vec<_> = baris.into_iter().filter(|row| *row != Row::default()).collect();
    let caller = super::view::admitted(run)?;
    let seen = Seen { version: base, page: perangkat };
    let saved = crate::shell::request::ports().submissions.save_rows(run, caller.agency, seen, rows).await?;
    super::view::unless_changed(saved, halaman)
}

/// Appends rows that were pasted from a spreadsheet.
#[server(prefix = "/api", endpoint = "paste-rows")]
pub async fn paste_rows(run: RunId, #[server(default)] tempelan: String) -> Result<Saved, Problem> {
    let pasted = domain::achievement::paste::parse(&tempelan);
    let pasted = pasted.map_err(|fault| Problem::invalid(fault.to_string()))?;
    super::view::append(run, pasted).await
}

/// Keeps which parts are in the report.
#[server(prefix = "/api", endpoint = "save-parts")]
pub async fn save_parts(
    run: RunId,
    base: u32,
    #[server(default)] ada: BTreeSet<String>,
    #[server(default)] halaman: bool,
    #[server(default)] perangkat: String,
) -> Result<Saved, Problem> {
    let caller = super::view::admitted(run)?;
    let seen = Seen { version: base, page: perangkat };
    let saved = crate::shell::request::ports().submissions.save_parts(run, caller.agency, seen, ada).await?;
    super::view::unless_changed(saved, halaman)
}

/// Takes a file out of the draft.
#[server(prefix = "/api", endpoint = "remove-file")]
pub async fn remove_file(run: RunId, sha256: String) -> Result<(), Problem> {
    let caller = super::view::admitted(run)?;
    crate::shell::request::ports().submissions.remove_file(run, caller.agency, sha256).await
}

/// Sends the report, and leads to its receipt.
#[server(prefix = "/api", endpoint = "send-report")]
pub async fn send_report(
    run: RunId,
    command_id: CommandId,
    #[server(default)] alasan: String,
) -> Result<Accepted, Problem> {
    let caller = super::view::admitted(run)?;
    let ports = crate::shell::request::ports();
    let accepted = ports.submissions.send(caller.clone(), command_id, run, alasan).await?;
    super::view::lead_to_receipt(&ports.desk.office(), run, &caller.agency);
    Ok(accepted)
}
