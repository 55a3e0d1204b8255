//! What an agency's pages ask, and what an agency does.
#![expect(missing_docs, reason = "the server macro makes a field of each argument, and says so itself")]

use std::collections::BTreeSet;

use desk::office::Accepted;
use desk::problem::Problem;
use desk::report::Saved;
use domain::achievement::Row;
use domain::id::{CommandId, RunId};
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use desk::report::Seen;

use super::model::{AgencyHomeView, ReportView};

/// What an agency has to hand in.
#[server(prefix = "/api", endpoint = "agency-home", input = GetUrl)]
pub async fn get_agency_home() -> Result<AgencyHomeView, Problem> {
    use crate::ui::request::{ports, require_agency};
    let (caller, office) = (require_agency()?, ports().desk.office());
    super::make::home(&office, &caller)
}

/// An agency's own report about a year.
#[server(prefix = "/api", endpoint = "agency-report", input = GetUrl)]
pub async fn get_report(data_year: i32) -> Result<ReportView, Problem> {
    use crate::ui::request::{ports, require_agency};
    let (caller, ports) = (require_agency()?, ports());
    let office = ports.desk.office();
    let run = super::make::run_about(&office, &caller, data_year)?;
    let draft = ports.submissions.draft(run, caller.agency.clone()).await?;
    super::make::report(&office, &caller, run, draft, ports.desk.now())
}

/// Keeps the table of achievement. `halaman` says that a page asks that can show what another
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
    let caller = super::make::admitted(run)?;
    let seen = Seen::by(base, perangkat);
    let saved = crate::ui::request::ports().submissions.save_rows(run, caller.agency, seen, rows).await?;
    super::make::unless_changed(saved, halaman)
}

/// Appends rows that were pasted from a spreadsheet.
#[server(prefix = "/api", endpoint = "paste-rows")]
pub async fn paste_rows(run: RunId, #[server(default)] tempelan: String) -> Result<Saved, Problem> {
    super::make::admitted(run)?;
    let pasted = super::make::pasted(run, &tempelan)?;
    super::make::append(run, pasted).await
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
    let caller = super::make::admitted(run)?;
    let seen = Seen::by(base, perangkat);
    let saved = crate::ui::request::ports().submissions.save_parts(run, caller.agency, seen, ada).await?;
    super::make::unless_changed(saved, halaman)
}

/// Takes a file out of the draft.
#[server(prefix = "/api", endpoint = "remove-file")]
pub async fn remove_file(run: RunId, sha256: String) -> Result<(), Problem> {
    let caller = super::make::admitted(run)?;
    crate::ui::request::ports().submissions.remove_file(run, caller.agency, sha256).await
}

/// Sends the report, and leads to its receipt.
#[server(prefix = "/api", endpoint = "send-report")]
pub async fn send_report(
    run: RunId,
    command_id: CommandId,
    #[server(default)] alasan: String,
) -> Result<Accepted, Problem> {
    let caller = super::make::admitted(run)?;
    let ports = crate::ui::request::ports();
    let accepted = ports.submissions.send(caller.clone(), command_id, run, alasan).await?;
    super::make::lead_to_receipt(&ports.desk.office(), run, &caller.agency);
    Ok(accepted)
}
